using System.Globalization;
using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>One lead in one row of ECG paper; its height in large boxes depends on its values.</summary>
internal sealed class EcgPaperStrip
{
    private const double SmallText = 2.3 * EcgPaper.Millimetre;

    /// <param name="lead">The lead.</param>
    /// <param name="trace">Its samples in this row.</param>
    /// <param name="bands">Intervals of its recovered samples.</param>
    /// <param name="seconds">Duration of the row.</param>
    public EcgPaperStrip(EcgPaperLead lead, EcgPaperTrace trace, IReadOnlyList<EcgPaperBand> bands, double seconds)
        : this(lead, trace, bands, seconds, EcgPaperStripLayout.Whole(lead, trace))
    {
    }

    private EcgPaperStrip(
        EcgPaperLead lead, EcgPaperTrace trace, IReadOnlyList<EcgPaperBand> bands, double seconds, EcgPaperStripLayout layout) =>
        (Lead, Trace, Bands, Seconds, Layout) = (lead, trace, bands, seconds, layout);

    /// <summary>The lead.</summary>
    public EcgPaperLead Lead { get; }

    /// <summary>Its samples in this row.</summary>
    public EcgPaperTrace Trace { get; }

    /// <summary>Intervals of its recovered samples.</summary>
    public IReadOnlyList<EcgPaperBand> Bands { get; }

    /// <summary>Saturated spans, in seconds since the row's start.</summary>
    public IReadOnlyList<(double Start, double End)> Clipped { get; init; } = [];

    /// <summary>Gaps that are left as they were, in seconds since the row's start.</summary>
    public IReadOnlyList<(double Start, double End)> Left { get; init; } = [];

    /// <summary>Gaps that the drawing is about, in seconds since the row's start.</summary>
    public IReadOnlyList<(double Start, double End)> Shown { get; init; } = [];

    /// <summary>R peaks in recovered samples, in seconds since the row's start, and the bound of their error.</summary>
    public IReadOnlyList<(double Seconds, double? Within)> RPeaks { get; init; } = [];

    /// <summary>What the recovered samples really were; null where it is not known.</summary>
    public EcgPaperTrace? Truth { get; init; }

    /// <summary>Duration of the row in seconds.</summary>
    public double Seconds { get; }

    /// <summary>Place of the values.</summary>
    public EcgPaperStripLayout Layout { get; }

    /// <summary>Height in units of the drawing.</summary>
    public double Height => Layout.Boxes * EcgPaper.LargeBox;

    private double Low => (Layout.LowBox - Layout.BoxesBelow) * Lead.UnitsPerBox;

    private double High => (Layout.LowBox + Layout.Boxes + Layout.BoxesAbove) * Lead.UnitsPerBox;

    /// <summary>Returns the strip at another place.</summary>
    public EcgPaperStrip With(EcgPaperStripLayout layout) =>
        new(Lead, Trace, Bands, Seconds, layout) { Clipped = Clipped, Left = Left, Shown = Shown, RPeaks = RPeaks, Truth = Truth };

    /// <summary>Draws what lies under the grid: the background of recovered samples, and their interval.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="area">Area of the strip.</param>
    public void DrawBelowGrid(SvgCanvas canvas, EcgPaperArea area)
    {
        foreach (var span in Trace.Spans.Where(span => span.Origin == SampleOrigin.Recovered))
            Rectangle(canvas, area, Palette.EcgRecoveredGround, span);
        foreach (var band in Bands)
            canvas.Area(Palette.EcgInterval, BandPath(band, area));
        Ground(Palette.EcgClipped, Clipped);
        Ground(Palette.EcgLeft, Left);

        void Ground(Ink ink, IReadOnlyList<(double Start, double End)> spans)
        {
            foreach (var span in spans)
            {
                var (from, to) = Extent(area, span.Start, span.End);
                canvas.Rectangle(ink, from, area.Top, to - from, Height);
            }
        }
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
            var (from, to) = Extent(area, span.StartSeconds, span.EndSeconds);
            canvas.Line(Palette.EcgDerived, from, area.Top + Height - 4, to, area.Top + Height - 4);
        }

        NameSpans(
            canvas,
            area,
            "recovered",
            Palette.EcgRecoveredText,
            Trace.Spans.Where(span => span.Origin == SampleOrigin.Recovered).Select(span => (span.StartSeconds, span.EndSeconds)));
        NameSpans(canvas, area, "clipped", Palette.EcgClippedText, Clipped);
        // Measured samples cover it where it is no news.
        if (Truth is not null)
            canvas.Path(Palette.EcgTruth, Paths(Truth).Measured);
        var paths = Paths(Trace);
        canvas.Path(Palette.EcgMeasured, paths.Measured);
        canvas.Path(Palette.EcgDerivedTrace, paths.Derived);
        canvas.Path(Palette.EcgRecovered, paths.Recovered);
        foreach (var span in Shown)
            Bracket(canvas, area, span);
        MarkRPeaks(canvas, area);
        NoteCutOff(canvas, area);

        EcgPaperTracePaths Paths(EcgPaperTrace trace) => new(trace, point => Place(area, point), Top(area), Bottom(area));
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
        var level = Y(area, Layout.LevelBox * Lead.UnitsPerBox);
        // On shared paper the space above a level may belong to a neighbour.
        var nameY = Layout.IsClose ? level - (0.1 * size) : area.Top + size;
        canvas.Text(Palette.EcgText, labelLeft, nameY, FigureText.WithoutMiddle(Lead.Lead.Name, maximum), size, isBold: true);
        canvas.Line(Palette.EcgTick, labelRight - 8, level, labelRight, level);
        var levelText = Lead.Text(Layout.LevelBox * Lead.UnitsPerBox);
        var levelY = Layout.IsClose ? level + (1.1 * SmallText) : Math.Max(level + (0.35 * SmallText), area.Top + (2.2 * size));
        canvas.Text(Palette.EcgNote, labelRight - 12, levelY, levelText, SmallText, TextAnchor.End);
        if (Lead.HasOwnScale)
        {
            DrawOwnScale(canvas, area, labelLeft, level, size);
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

    private void DrawOwnScale(SvgCanvas canvas, EcgPaperArea area, double labelLeft, double level, double size)
    {
        string[] words = [Lead.Lead is { IsVoltage: true } ? "not calibrated" : "own scale:", $"box {Lead.Text(Lead.UnitsPerBox)}"];
        var y = Layout.IsClose ? level + (2.2 * SmallText)
            : level < area.Top + (Height / 2) + (2 * SmallText) ? area.Top + Height - (1.5 * SmallText)
            : area.Top + (2.4 * size);
        for (var line = 0; line < words.Length; line++)
            canvas.Text(Palette.EcgNote, labelLeft, y + (line * 1.15 * SmallText), words[line], SmallText * 0.92);
    }

    private double Y(EcgPaperArea area, double value) =>
        area.Top + Height - (((value / Lead.UnitsPerBox) - Layout.LowBox) * EcgPaper.LargeBox);

    private double Top(EcgPaperArea area) => area.Top - (Layout.BoxesAbove * EcgPaper.LargeBox);

    private double Bottom(EcgPaperArea area) => area.Top + Height + (Layout.BoxesBelow * EcgPaper.LargeBox);

    private (double X, double Y) Place(EcgPaperArea area, TracePoint point) =>
        (area.Left + (point.Seconds * area.UnitsPerSecond), Y(area, point.Value));

    // A word beside the colour, which a printer may not have. Of spans close to each other only the first is labelled.
    private static void NameSpans(
        SvgCanvas canvas, EcgPaperArea area, string word, Ink ink, IEnumerable<(double Start, double End)> spans)
    {
        var width = FigureText.Width(word, SmallText);
        var end = double.NegativeInfinity;
        foreach (var (from, to) in spans.Select(span => Extent(area, span.Start, span.End)))
        {
            var middle = Math.Max(area.Left + (width / 2), (from + to) / 2);
            if (middle - (width / 2) < end)
                continue;
            canvas.Text(ink, middle, area.Top + (1.1 * SmallText), word, SmallText, TextAnchor.Middle);
            end = middle + (width / 2) + 8;
        }
    }

    private void Bracket(SvgCanvas canvas, EcgPaperArea area, (double Start, double End) span)
    {
        var (from, to) = Extent(area, span.Start, span.End);
        var (top, bottom) = (area.Top + 4, area.Top + Height - 4);
        const double tip = 1.2 * EcgPaper.Millimetre;
        string[] sides =
        [
            $"M{At(from, top + tip)}L{At(from, top)}L{At(to, top)}L{At(to, top + tip)}",
            $"M{At(from, bottom - tip)}L{At(from, bottom)}L{At(to, bottom)}L{At(to, bottom - tip)}",
        ];
        canvas.Path(Palette.EcgShownGap, string.Concat(sides));
    }

    // A triangle above the peak, and the bound of its error where that is known.
    private void MarkRPeaks(SvgCanvas canvas, EcgPaperArea area)
    {
        const double half = 0.8 * EcgPaper.Millimetre;
        foreach (var (seconds, within) in RPeaks)
        {
            var near = Trace.Points.Where(point => Math.Abs(point.Seconds - seconds) < 0.02).Select(point => point.Value).ToArray();
            if (near.Length == 0)
                continue;
            var x = area.Left + (seconds * area.UnitsPerSecond);
            var y = Math.Max(Top(area) + (2.2 * half), Y(area, near.Max()) - half);
            string[] corners = [At(x, y), At(x - half, y - (1.7 * half)), At(x + half, y - (1.7 * half))];
            canvas.Area(Palette.EcgRecoveredText, $"M{string.Join('L', corners)}Z");
            if (within is { } bound)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"R ± {1000 * bound:0} ms");
                // Below the word that names the span.
                var textY = Math.Max(y - (0.2 * half), area.Top + (2.3 * SmallText));
                canvas.Text(Palette.EcgRecoveredText, x + (1.6 * half), textY, text, 0.9 * SmallText);
            }
        }
    }

    private (double From, double To) Rectangle(SvgCanvas canvas, EcgPaperArea area, Ink ink, TraceSpan span)
    {
        var (from, to) = Extent(area, span.StartSeconds, span.EndSeconds);
        canvas.Rectangle(ink, from, area.Top, to - from, Height);
        return (from, to);
    }

    /// <summary>Returns the extent of a span, at least wide enough to be visible.</summary>
    private static (double From, double To) Extent(EcgPaperArea area, double start, double end)
    {
        const double minimumWidth = 0.4 * EcgPaper.Millimetre;
        var from = area.Left + (start * area.UnitsPerSecond);
        return (from, Math.Max(from + minimumWidth, area.Left + (end * area.UnitsPerSecond)));
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
                .Append(At(area.Left + (seconds * area.UnitsPerSecond), Math.Clamp(Y(area, value), Top(area), Bottom(area))));
    }

    private static string At(double x, double y) => $"{NumberText.Coordinate(x)} {NumberText.Coordinate(y)}";
}

/// <summary>Area of a strip's trace.</summary>
/// <param name="Left">Position of the row's start.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="UnitsPerSecond">Speed of the paper.</param>
internal readonly record struct EcgPaperArea(double Left, double Top, double UnitsPerSecond);
