using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Where in a drawing a beat is plotted, and how large.</summary>
/// <param name="Left">Left edge of the axes, pixels.</param>
/// <param name="Top">Top edge of the axes, pixels.</param>
/// <param name="Right">Right edge of the axes, pixels.</param>
/// <param name="Bottom">Bottom edge of the axes, pixels.</param>
/// <param name="TextSize">Size of the ticks' labels, pixels.</param>
/// <param name="LineScale">What the widths of the traces are multiplied by.</param>
internal sealed record BeatPanelLayout(double Left, double Top, double Right, double Bottom, double TextSize = 12, double LineScale = 1)
{
    /// <summary>Whether the amplitude's ticks are labelled; where panels share an axis only the first needs it.</summary>
    public bool LabelsAmplitude { get; init; } = true;

    /// <summary>Whether the seconds above are labelled.</summary>
    public bool LabelsSeconds { get; init; } = true;

    /// <summary>Whether the samples below are labelled.</summary>
    public bool LabelsSamples { get; init; } = true;
}

/// <summary>The original notebook's plot of one beat: original, masked input and recovered signal, the gap shaded.</summary>
internal static class BeatPanel
{
    /// <summary>The true rate of the beats: every third sample of 360 Hz (the data set's page states 125 Hz).</summary>
    private const double SamplingFrequencyHz = 120;

    /// <summary>How far an estimate may leave 0…1 before it is cut off: beyond, the beat itself would be too small to see.</summary>
    private const double FarthestBeyond = 0.5;

    /// <summary>Samples in 0.1 s.</summary>
    private const int Tenth = 12;

    /// <summary>Samples between the upright lines: 0.2 s, as the large boxes of ECG paper.</summary>
    private const int Box = 24;

    /// <summary>How many samples are drawn: the beat and its gap, up to the next 0.1 s. What is padding beyond shows nothing.</summary>
    public static int Shown(BeatTrace beat) =>
        Math.Min(beat.Original.Length, (Math.Max(beat.RealLength, (int)beat.Gap.End) + Tenth - 1) / Tenth * Tenth);

    /// <summary>Sample index to x; a sample stands in the middle of its place, so a shaded gap covers what it removes.</summary>
    public static Scale Horizontal(BeatPanelLayout layout, int sampleCount) => new(-0.5, sampleCount - 0.5, layout.Left, layout.Right);

    /// <summary>Amplitude to y: 0…1 with a margin, more where an estimate or its interval leaves both.</summary>
    /// <param name="layout">Where.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="methods">The recoveries that shall be seen whole; none where the beat alone gives the scale.</param>
    public static Scale Vertical(BeatPanelLayout layout, BeatTrace beat, IReadOnlyList<MethodTrace> methods)
    {
        const double below = 0.04;
        const double above = 0.1; // room for the labels of gap and padding
        var (low, high) = (-below, 1 + above);
        var traces = methods.SelectMany(method => new[] { method.Recovered, method.Lower ?? [], method.Upper ?? [] }).Prepend(beat.Original);
        var shown = Shown(beat);
        foreach (var value in traces.SelectMany(trace => trace.Take(shown)).Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return new(Math.Max(low, -FarthestBeyond - below), Math.Min(high, 1 + FarthestBeyond + above), layout.Bottom, layout.Top);
    }

    /// <summary>
    /// Draws the panel: each trace thinner than the one below it, so that all three show where they coincide, and the interval under them.
    /// </summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="layout">Where.</param>
    /// <param name="vertical">Amplitude to y, from <see cref="Vertical"/>.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="method">Whose recovery.</param>
    public static void Draw(SvgCanvas canvas, BeatPanelLayout layout, Scale vertical, BeatTrace beat, MethodTrace method)
    {
        var shown = Shown(beat);
        var horizontal = Horizontal(layout, shown);
        Shade(canvas, layout, horizontal, beat, shown);
        if (method is { Lower: { } lower, Upper: { } upper })
            canvas.Area(Palette.Interval, Band(lower, upper));
        Axes(canvas, layout, horizontal, vertical);
        NameShades(canvas, layout, horizontal, beat, shown);
        Trace(Palette.Original, beat.Original);
        Trace(Palette.Masked, Masked(beat.Original, beat.Gap));
        Trace(Palette.Recovered, method.Recovered);
        NoteWhatIsCutOff(canvas, layout, vertical, method);

        void Trace(Pen pen, float[] values) =>
            canvas.Path(pen.Scaled(layout.LineScale), Polyline.Path(values.AsSpan(0, shown), horizontal, vertical));

        // From the last observed sample to the next one: each is its own bound, so the band begins and ends on the trace.
        string Band(float[] lower, float[] upper)
        {
            var (from, to) = (Math.Max(0, (int)beat.Gap.Start - 1), Math.Min(shown, (int)beat.Gap.End + 1));
            return Polyline.Band(from, lower.AsSpan(from..to), upper.AsSpan(from..to), horizontal, vertical);
        }
    }

    /// <summary>The input as the original drew it: zero in the gap, and zero where a sample was missing from the start.</summary>
    private static float[] Masked(float[] original, SampleSpan gap) =>
        [.. original.Select((value, sample) => gap.Contains(sample) || float.IsNaN(value) ? 0f : value)];

    private static void Shade(SvgCanvas canvas, BeatPanelLayout layout, Scale horizontal, BeatTrace beat, int count)
    {
        var height = layout.Bottom - layout.Top;
        var (gapStart, gapEnd, paddingStart) = Edges(horizontal, beat, count);
        if (beat.RealLength < count)
            canvas.Rectangle(Palette.Padding, paddingStart, layout.Top, layout.Right - paddingStart, height);
        canvas.Rectangle(Palette.Gap, gapStart, layout.Top, gapEnd - gapStart, height);
        if (beat.RealLength < count)
            canvas.Line(Palette.PaddingEdge, paddingStart, layout.Top, paddingStart, layout.Bottom);
    }

    /// <summary>Names gap and padding where there is room for the words.</summary>
    private static void NameShades(SvgCanvas canvas, BeatPanelLayout layout, Scale horizontal, BeatTrace beat, int count)
    {
        var size = layout.TextSize * 0.88;
        var (gapStart, gapEnd, paddingStart) = Edges(horizontal, beat, count);
        Name("gap", gapStart, paddingStart > gapStart ? Math.Min(gapEnd, paddingStart) : gapEnd);
        Name("padding", paddingStart, paddingStart < gapStart ? gapStart : layout.Right);

        void Name(string text, double from, double to)
        {
            if (to - from > FigureText.Width(text, size) + 4)
                canvas.Text(Palette.MutedText, (from + to) / 2, layout.Top + (1.35 * size), text, size, TextAnchor.Middle);
        }
    }

    private static (double GapStart, double GapEnd, double PaddingStart) Edges(Scale horizontal, BeatTrace beat, int count)
    {
        return (Edge(beat.Gap.Start), Edge(beat.Gap.End), Edge(beat.RealLength));

        double Edge(long sample) => horizontal.Map(Math.Clamp(sample, 0, count) - 0.5);
    }

    private static void Axes(SvgCanvas canvas, BeatPanelLayout layout, Scale horizontal, Scale vertical)
    {
        var size = layout.TextSize;
        foreach (var tick in vertical.Ticks(7))
        {
            var y = vertical.Map(tick.Value);
            canvas.Line(Palette.Grid, layout.Left, y, layout.Right, y);
            if (layout.LabelsAmplitude)
                canvas.Text(Palette.MutedText, layout.Left - (0.5 * size), y + (0.35 * size), tick.Label, size, TextAnchor.End);
        }

        for (var sample = Box; sample <= horizontal.To; sample += Box)
            canvas.Line(Palette.Grid, horizontal.Map(sample), layout.Top, horizontal.Map(sample), layout.Bottom);
        foreach (var tick in horizontal.Ticks(10))
            Below(tick);
        var seconds = new Scale(0, (horizontal.To + 0.5) / SamplingFrequencyHz, horizontal.Map(0), horizontal.Map(horizontal.To + 0.5));
        foreach (var tick in seconds.Ticks(4).Where(tick => seconds.Map(tick.Value) <= layout.Right))
            Above(tick);
        canvas.Line(Palette.Axis, layout.Left, layout.Top, layout.Right, layout.Top);
        canvas.Line(Palette.Axis, layout.Left, layout.Bottom, layout.Right, layout.Bottom);

        void Below(Tick tick)
        {
            var x = horizontal.Map(tick.Value);
            canvas.Line(Palette.Axis, x, layout.Bottom, x, layout.Bottom + (0.35 * size));
            if (layout.LabelsSamples)
                canvas.Text(Palette.MutedText, x, layout.Bottom + (1.35 * size), tick.Label, size, TextAnchor.Middle);
        }

        void Above(Tick tick)
        {
            var x = seconds.Map(tick.Value);
            canvas.Line(Palette.Axis, x, layout.Top, x, layout.Top - (0.35 * size));
            if (layout.LabelsSeconds)
                canvas.Text(Palette.MutedText, x, layout.Top - (0.6 * size), tick.Value == 0 ? "0 s" : $"{tick.Label} s", size, TextAnchor.Middle);
        }
    }

    /// <summary>Says how far an estimate goes where the picture does not follow.</summary>
    private static void NoteWhatIsCutOff(SvgCanvas canvas, BeatPanelLayout layout, Scale vertical, MethodTrace method)
    {
        var finite = method.Recovered.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
        var size = layout.TextSize * 0.88;
        if (finite.Max() > vertical.To)
            canvas.Text(Palette.MutedText, layout.Left + 6, layout.Top + (1.35 * size), $"rises to {NumberText.Tick(finite.Max(), 2)}", size);
        if (finite.Min() < vertical.From)
            canvas.Text(Palette.MutedText, layout.Left + 6, layout.Bottom - (0.6 * size), $"falls to {NumberText.Tick(finite.Min(), 2)}", size);
    }
}
