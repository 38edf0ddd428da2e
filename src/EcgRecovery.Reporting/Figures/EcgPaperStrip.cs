using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>One lead in one row of ECG paper: as many large boxes high as its values need, within bounds.</summary>
internal sealed class EcgPaperStrip
{
    private const int MinimumBoxes = 4;
    private const int MaximumBoxes = 16;
    private const double SmallText = 2.3 * EcgPaper.Millimetre;

    private readonly double _lowBox;

    /// <param name="lead">Which.</param>
    /// <param name="trace">Its samples in this row.</param>
    /// <param name="bands">The intervals of its recovered samples.</param>
    public EcgPaperStrip(EcgPaperLead lead, EcgPaperTrace trace, IReadOnlyList<EcgPaperBand> bands)
    {
        (Lead, Trace, Bands) = (lead, trace, bands);
        var median = float.IsNaN(trace.Median) ? 0 : Math.Round(trace.Median / lead.UnitsPerBox);
        var low = float.IsNaN(trace.Minimum) ? 0 : Math.Floor(trace.Minimum / lead.UnitsPerBox);
        var high = float.IsNaN(trace.Maximum) ? 0 : Math.Ceiling(trace.Maximum / lead.UnitsPerBox);
        if (high - low > MaximumBoxes)
            (low, high) = (median - (MaximumBoxes / 2), median + (MaximumBoxes / 2));
        while (high - low < MinimumBoxes && double.Abs(low) < 1e15) // a double of more than that has no next whole number
            (low, high) = high - median <= median - low ? (low, high + 1) : (low - 1, high);
        (_lowBox, Boxes) = (low, (int)Math.Max(MinimumBoxes, high - low));
        // The pulse and the name of its level stand on the line that lies nearest to the middle of the signal.
        LevelBox = Math.Clamp(median, low, Math.Max(low, low + Boxes - Math.Ceiling(1 / lead.UnitsPerBox)));
    }

    /// <summary>Which lead.</summary>
    public EcgPaperLead Lead { get; }

    /// <summary>Its samples in this row.</summary>
    public EcgPaperTrace Trace { get; }

    /// <summary>The intervals of its recovered samples.</summary>
    public IReadOnlyList<EcgPaperBand> Bands { get; }

    /// <summary>How many large boxes high it is.</summary>
    public int Boxes { get; }

    /// <summary>How high it is.</summary>
    public double Height => Boxes * EcgPaper.LargeBox;

    /// <summary>The line that the calibration pulse stands on, in large boxes from 0.</summary>
    private double LevelBox { get; }

    private double Low => _lowBox * Lead.UnitsPerBox;

    private double High => (_lowBox + Boxes) * Lead.UnitsPerBox;

    /// <summary>Draws what lies below the grid: the ground of recovered samples and their interval.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Where.</param>
    public void DrawBelowGrid(SvgCanvas canvas, EcgPaperArea area)
    {
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Recovered))
            Rectangle(canvas, area, Palette.EcgRecoveredGround, span);
        foreach (var band in Bands)
            canvas.Area(Palette.EcgInterval, BandPath(band, area));
    }

    /// <summary>Draws what lies on the grid: missing spans, the trace, and what there is to say of it.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Where.</param>
    public void DrawOnGrid(SvgCanvas canvas, EcgPaperArea area)
    {
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Missing))
        {
            var (from, to) = Rectangle(canvas, area, Palette.EcgMissing, span);
            canvas.Line(Palette.EcgMissingEdge, from, area.Top, from, area.Top + Height);
            canvas.Line(Palette.EcgMissingEdge, to, area.Top, to, area.Top + Height);
            if (to - from > FigureText.Width("missing", SmallText) + 8)
                canvas.Text(Palette.EcgNote, (from + to) / 2, area.Top + (Height / 2) + (SmallText / 3), "missing", SmallText, TextAnchor.Middle);
        }

        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Derived))
        {
            var (from, to) = Extent(area, span);
            canvas.Line(Palette.EcgDerived, from, area.Top + Height - 4, to, area.Top + Height - 4);
        }

        NameRecovered(canvas, area);
        var paths = TracePaths(area);
        canvas.Path(Palette.EcgMeasured, paths.Measured);
        canvas.Path(Palette.EcgRecovered, paths.Recovered);
        SayWhatIsCutOff(canvas, area);
    }

    /// <summary>Draws what stands left of the trace: the lead's name, its scale or the calibration pulse, and the level of a line.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Where.</param>
    /// <param name="labelLeft">Where the labels begin.</param>
    /// <param name="labelRight">Where they end and the paper begins.</param>
    /// <param name="unitsPerSecond">The paper's speed.</param>
    public void DrawLabels(SvgCanvas canvas, EcgPaperArea area, double labelLeft, double labelRight, double unitsPerSecond)
    {
        var width = labelRight - labelLeft;
        var size = Math.Clamp(width / FigureText.BoldWidth(Lead.Lead.Name, 1), 2.2 * EcgPaper.Millimetre, 3.4 * EcgPaper.Millimetre);
        var maximum = (int)(width / FigureText.BoldWidth("x", size));
        canvas.Text(Palette.EcgText, labelLeft, area.Top + size, FigureText.WithoutMiddle(Lead.Lead.Name, maximum), size, isBold: true);
        var level = Y(area, LevelBox * Lead.UnitsPerBox);
        canvas.Line(Palette.EcgTick, labelRight - 8, level, labelRight, level);
        var levelText = Lead.Text(LevelBox * Lead.UnitsPerBox);
        canvas.Text(Palette.EcgNote, labelRight - 12, Math.Max(level + (0.35 * SmallText), area.Top + (2.2 * size)), levelText, SmallText, TextAnchor.End);
        if (Lead.HasOwnScale)
        {
            var words = new[] { Lead.Lead is { IsVoltage: true } ? "not calibrated" : "own scale:", $"box {Lead.Text(Lead.UnitsPerBox)}" };
            var y = level < area.Top + (Height / 2) + (2 * SmallText) ? area.Top + Height - (1.5 * SmallText) : area.Top + (2.4 * size);
            for (var line = 0; line < words.Length; line++)
                canvas.Text(Palette.EcgNote, labelLeft, y + (line * 1.15 * SmallText), words[line], SmallText * 0.92);
            return;
        }

        // 1 mV × 0.2 s.
        var (pulse, height) = (0.2 * unitsPerSecond, EcgPaper.LargeBox / Lead.UnitsPerBox);
        var left = labelRight + ((area.Left - labelRight - pulse) / 2);
        canvas.Path(
            Palette.EcgMeasured,
            $"M{At(labelRight + 5, level)}L{At(left, level)}L{At(left, level - height)}L{At(left + pulse, level - height)}L{At(left + pulse, level)}L{At(area.Left - 5, level)}");
    }

    private double Y(EcgPaperArea area, double value) => area.Top + Height - ((value - Low) / Lead.UnitsPerBox * EcgPaper.LargeBox);

    // The word and not the colour alone, which a printer may not have; of spans that stand close together the first is named.
    private void NameRecovered(SvgCanvas canvas, EcgPaperArea area)
    {
        const string word = "recovered";
        var width = FigureText.Width(word, SmallText);
        var end = double.NegativeInfinity;
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Recovered))
        {
            var (from, to) = Extent(area, span);
            var middle = Math.Max(area.Left + (width / 2), (from + to) / 2);
            if (middle - (width / 2) < end)
                continue;
            canvas.Text(Palette.EcgRecoveredText, middle, area.Top + (1.1 * SmallText), word, SmallText, TextAnchor.Middle);
            end = middle + (width / 2) + 8;
        }
    }

    private (double From, double To) Rectangle(SvgCanvas canvas, EcgPaperArea area, Ink ink, TraceSpan span)
    {
        var (from, to) = Extent(area, span);
        canvas.Rectangle(ink, from, area.Top, to - from, Height);
        return (from, to);
    }

    /// <summary>Where a span lies; wide enough to be seen.</summary>
    private static (double From, double To) Extent(EcgPaperArea area, TraceSpan span)
    {
        const double minimumWidth = 0.4 * EcgPaper.Millimetre;
        var from = area.Left + (span.StartSeconds * area.UnitsPerSecond);
        return (from, Math.Max(from + minimumWidth, area.Left + (span.EndSeconds * area.UnitsPerSecond)));
    }

    private void SayWhatIsCutOff(SvgCanvas canvas, EcgPaperArea area)
    {
        if (Trace.Maximum > High)
            canvas.Text(Palette.EcgText, area.Left + 15, area.Top + (1.2 * SmallText), $"cut off: rises to {Lead.Text(Trace.Maximum)}", SmallText, isBold: true);
        if (Trace.Minimum < Low)
            canvas.Text(Palette.EcgText, area.Left + 15, area.Top + Height - (0.5 * SmallText), $"cut off: falls to {Lead.Text(Trace.Minimum)}", SmallText, isBold: true);
    }

    private string BandPath(EcgPaperBand band, EcgPaperArea area)
    {
        var path = new StringBuilder();
        for (var i = 0; i < band.Seconds.Count; i++)
            Append(band.Seconds[i], band.Upper[i]);
        for (var i = band.Seconds.Count - 1; i >= 0; i--)
            Append(band.Seconds[i], band.Lower[i]);
        return path.Append('Z').ToString();

        void Append(float seconds, float value) =>
            path.Append(path.Length == 0 ? 'M' : 'L')
                .Append(At(area.Left + (seconds * area.UnitsPerSecond), Math.Clamp(Y(area, value), area.Top, area.Top + Height)));
    }

    /// <summary>The trace, in one path for what was measured or derived and one for what was recovered; a line to a recovered point belongs to that one.</summary>
    private (string Measured, string Recovered) TracePaths(EcgPaperArea area)
    {
        var (measured, recovered) = (new StringBuilder(), new StringBuilder());
        var (low, high) = (area.Top, area.Top + Height);
        StringBuilder? pen = null;
        var penAt = "";
        for (var i = 0; i < Trace.Points.Count; i++)
        {
            var point = Trace.Points[i];
            var isAlone = i + 1 == Trace.Points.Count || Trace.Points[i + 1].IsAfterBreak;
            if (i > 0 && !point.IsAfterBreak)
                Segment(Trace.Points[i - 1], point);
            else if (isAlone && Place(point) is var (x, y) && y >= low && y <= high)
                Draw(point.Origin, At(x, y), At(x, y)); // a line of no length, which a round line cap shows as a dot
        }

        return (measured.ToString(), recovered.ToString());

        void Segment(TracePoint before, TracePoint after)
        {
            var (from, to) = (Place(before), Place(after));
            if ((from.Y < low && to.Y < low) || (from.Y > high && to.Y > high))
                return;
            Draw((SampleOrigin)Math.Max((int)before.Origin, (int)after.Origin), Cut(from, to), Cut(to, from));
        }

        void Draw(SampleOrigin origin, string from, string to)
        {
            var path = origin == SampleOrigin.Recovered ? recovered : measured;
            if (pen != path || penAt != from)
                path.Append('M').Append(from);
            path.Append('L').Append(to);
            (pen, penAt) = (path, to);
        }

        string Cut((double X, double Y) end, (double X, double Y) other)
        {
            var y = Math.Clamp(end.Y, low, high);
            return At(y == end.Y ? end.X : end.X + ((other.X - end.X) * (y - end.Y) / (other.Y - end.Y)), y);
        }

        (double X, double Y) Place(TracePoint point) => (area.Left + (point.Seconds * area.UnitsPerSecond), Y(area, point.Value));
    }

    private static string At(double x, double y) => $"{NumberText.Coordinate(x)} {NumberText.Coordinate(y)}";
}

/// <summary>Where a strip's trace lies.</summary>
/// <param name="Left">Where the row's time begins.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="UnitsPerSecond">The paper's speed.</param>
internal readonly record struct EcgPaperArea(double Left, double Top, double UnitsPerSecond);
