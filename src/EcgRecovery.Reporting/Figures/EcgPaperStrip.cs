using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>One lead in one row of ECG paper; its height in large boxes depends on its values.</summary>
internal sealed class EcgPaperStrip
{
    private const int MinimumBoxes = 4;
    private const int MaximumBoxes = 16;
    private const double SmallText = 2.3 * EcgPaper.Millimetre;

    private readonly double _lowBox;

    /// <param name="lead">The lead.</param>
    /// <param name="trace">Its samples in this row.</param>
    /// <param name="bands">Intervals of its recovered samples.</param>
    public EcgPaperStrip(EcgPaperLead lead, EcgPaperTrace trace, IReadOnlyList<EcgPaperBand> bands)
    {
        (Lead, Trace, Bands) = (lead, trace, bands);
        var median = float.IsNaN(trace.Median) ? 0 : Math.Round(trace.Median / lead.UnitsPerBox);
        var low = float.IsNaN(trace.Minimum) ? 0 : Math.Floor(trace.Minimum / lead.UnitsPerBox);
        var high = float.IsNaN(trace.Maximum) ? 0 : Math.Ceiling(trace.Maximum / lead.UnitsPerBox);
        if (high - low > MaximumBoxes)
            (low, high) = (median - (MaximumBoxes / 2), median + (MaximumBoxes / 2));
        while (high - low < MinimumBoxes && double.Abs(low) < 1e15) // beyond, adding 1 may not change a double
            (low, high) = high - median <= median - low ? (low, high + 1) : (low - 1, high);
        (_lowBox, Boxes) = (low, (int)Math.Max(MinimumBoxes, high - low));
        // The pulse and the label of its level lie on the line nearest to the median.
        LevelBox = Math.Clamp(median, low, Math.Max(low, low + Boxes - Math.Ceiling(1 / lead.UnitsPerBox)));
    }

    /// <summary>The lead.</summary>
    public EcgPaperLead Lead { get; }

    /// <summary>Its samples in this row.</summary>
    public EcgPaperTrace Trace { get; }

    /// <summary>Intervals of its recovered samples.</summary>
    public IReadOnlyList<EcgPaperBand> Bands { get; }

    /// <summary>Height in large boxes.</summary>
    public int Boxes { get; }

    /// <summary>Height in units of the drawing.</summary>
    public double Height => Boxes * EcgPaper.LargeBox;

    /// <summary>Base line of the calibration pulse, in large boxes from 0.</summary>
    private double LevelBox { get; }

    private double Low => _lowBox * Lead.UnitsPerBox;

    private double High => (_lowBox + Boxes) * Lead.UnitsPerBox;

    /// <summary>Draws what lies under the grid: the background of recovered samples, and their interval.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Area of the strip.</param>
    public void DrawBelowGrid(SvgCanvas canvas, EcgPaperArea area)
    {
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Recovered))
            Rectangle(canvas, area, Palette.EcgRecoveredGround, span);
        foreach (var band in Bands)
            canvas.Area(Palette.EcgInterval, BandPath(band, area));
    }

    /// <summary>Draws the layer on the grid: missing spans, the trace and its labels.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Area of the strip.</param>
    public void DrawOnGrid(SvgCanvas canvas, EcgPaperArea area)
    {
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Missing))
        {
            var (from, to) = Rectangle(canvas, area, Palette.EcgMissing, span);
            canvas.Line(Palette.EcgMissingEdge, from, area.Top, from, area.Top + Height);
            canvas.Line(Palette.EcgMissingEdge, to, area.Top, to, area.Top + Height);
            if (to - from <= FigureText.Width("missing", SmallText) + 8)
                continue;
            var y = area.Top + (Height / 2) + (SmallText / 3);
            canvas.Text(Palette.EcgNote, (from + to) / 2, y, "missing", SmallText, TextAnchor.Middle);
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
        NoteCutOff(canvas, area);
    }

    /// <summary>Draws the labels left of the trace: the lead's name, the calibration pulse or the lead's own scale, and a level.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Area of the strip.</param>
    /// <param name="labelLeft">Left edge of the labels.</param>
    /// <param name="labelRight">Right edge of the labels: the left edge of the paper.</param>
    /// <param name="unitsPerSecond">Speed of the paper.</param>
    public void DrawLabels(SvgCanvas canvas, EcgPaperArea area, double labelLeft, double labelRight, double unitsPerSecond)
    {
        var width = labelRight - labelLeft;
        var size = Math.Clamp(width / FigureText.BoldWidth(Lead.Lead.Name, 1), 2.2 * EcgPaper.Millimetre, 3.4 * EcgPaper.Millimetre);
        var maximum = (int)(width / FigureText.BoldWidth("x", size));
        canvas.Text(Palette.EcgText, labelLeft, area.Top + size, FigureText.WithoutMiddle(Lead.Lead.Name, maximum), size, isBold: true);
        var level = Y(area, LevelBox * Lead.UnitsPerBox);
        canvas.Line(Palette.EcgTick, labelRight - 8, level, labelRight, level);
        var levelText = Lead.Text(LevelBox * Lead.UnitsPerBox);
        var levelY = Math.Max(level + (0.35 * SmallText), area.Top + (2.2 * size));
        canvas.Text(Palette.EcgNote, labelRight - 12, levelY, levelText, SmallText, TextAnchor.End);
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
        string[] corners =
        [
            At(labelRight + 5, level),
            At(left, level),
            At(left, level - height),
            At(left + pulse, level - height),
            At(left + pulse, level),
            At(area.Left - 5, level),
        ];
        canvas.Path(Palette.EcgMeasured, $"M{string.Join('L', corners)}");
    }

    private double Y(EcgPaperArea area, double value) => area.Top + Height - ((value - Low) / Lead.UnitsPerBox * EcgPaper.LargeBox);

    // A word beside the colour, which a printer may not have. Of spans close to each other only the first is labelled.
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

    /// <summary>Returns the extent of a span, at least wide enough to be visible.</summary>
    private static (double From, double To) Extent(EcgPaperArea area, TraceSpan span)
    {
        const double minimumWidth = 0.4 * EcgPaper.Millimetre;
        var from = area.Left + (span.StartSeconds * area.UnitsPerSecond);
        return (from, Math.Max(from + minimumWidth, area.Left + (span.EndSeconds * area.UnitsPerSecond)));
    }

    private void NoteCutOff(SvgCanvas canvas, EcgPaperArea area)
    {
        if (Trace.Maximum > High)
            Note(area.Top + (1.2 * SmallText), $"cut off: rises to {Lead.Text(Trace.Maximum)}");
        if (Trace.Minimum < Low)
            Note(area.Top + Height - (0.5 * SmallText), $"cut off: falls to {Lead.Text(Trace.Minimum)}");

        void Note(double y, string text) => canvas.Text(Palette.EcgText, area.Left + 15, y, text, SmallText, isBold: true);
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

    /// <summary>Returns a path of measured and derived samples, and one of recovered samples with the lines that lead to them.</summary>
    private (string Measured, string Recovered) TracePaths(EcgPaperArea area)
    {
        var (measured, recovered) = (new StringBuilder(), new StringBuilder());
        var (low, high) = (area.Top, area.Top + Height);
        StringBuilder? pen = null;
        var penAt = "";
        for (var i = 0; i < Trace.Points.Count; i++)
        {
            var point = Trace.Points[i];
            var isIsolated = i + 1 == Trace.Points.Count || Trace.Points[i + 1].IsAfterBreak;
            if (i > 0 && !point.IsAfterBreak)
                Segment(Trace.Points[i - 1], point);
            else if (isIsolated && Place(point) is var (x, y) && y >= low && y <= high)
                Draw(point.Origin, At(x, y), At(x, y)); // a line of length 0, which a round line cap shows as a dot
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

/// <summary>Area of a strip's trace.</summary>
/// <param name="Left">Position of the row's start.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="UnitsPerSecond">Speed of the paper.</param>
internal readonly record struct EcgPaperArea(double Left, double Top, double UnitsPerSecond);
