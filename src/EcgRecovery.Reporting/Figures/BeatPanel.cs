using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Position and size of the plot of a beat in a drawing.</summary>
/// <param name="Left">Left edge of the axes, pixels.</param>
/// <param name="Top">Top edge of the axes, pixels.</param>
/// <param name="Right">Right edge of the axes, pixels.</param>
/// <param name="Bottom">Bottom edge of the axes, pixels.</param>
/// <param name="TextSize">Size of the ticks' labels, pixels.</param>
/// <param name="LineScale">Factor of the traces' widths.</param>
internal sealed record BeatPanelLayout(double Left, double Top, double Right, double Bottom, double TextSize = 12, double LineScale = 1)
{
    /// <summary>Whether the amplitude's ticks have labels; of panels that share an axis only the first needs them.</summary>
    public bool LabelsAmplitude { get; init; } = true;

    /// <summary>Whether the seconds above have labels.</summary>
    public bool LabelsSeconds { get; init; } = true;

    /// <summary>Whether the samples below have labels.</summary>
    public bool LabelsSamples { get; init; } = true;
}

/// <summary>Plot of one beat as in the original notebook: original, masked input and recovered signal, the gap shaded.</summary>
internal static class BeatPanel
{
    /// <summary>True sampling frequency of the beats: every third sample of 360 Hz (the data set's page states 125 Hz).</summary>
    private const double SamplingFrequencyHz = 120;

    /// <summary>Maximum distance of a drawn estimate from 0…1; with a larger one the beat itself would be too small to see.</summary>
    private const double MaximumBeyond = 0.5;

    /// <summary>Samples in 0.1 s.</summary>
    private const int Tenth = 12;

    /// <summary>Samples between the vertical lines: 0.2 s, a large box of ECG paper.</summary>
    private const int Box = 24;

    /// <summary>Returns the number of samples drawn: the beat and its gap, up to the next 0.1 s, without further padding.</summary>
    public static int Shown(BeatTrace beat) =>
        Math.Min(beat.Original.Length, (Math.Max(beat.RealLength, (int)beat.Gap.End) + Tenth - 1) / Tenth * Tenth);

    /// <summary>Returns the scale from sample index to x; samples are centred in their intervals, so a shaded gap covers them.</summary>
    public static Scale Horizontal(BeatPanelLayout layout, int sampleCount) => new(-0.5, sampleCount - 0.5, layout.Left, layout.Right);

    /// <summary>Returns the scale from amplitude to y: 0…1 with a margin, widened to hold estimates and intervals outside of it.</summary>
    /// <param name="layout">Position of the plot.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="methods">Recoveries to be fully visible; empty to scale by the beat only.</param>
    public static Scale Vertical(BeatPanelLayout layout, BeatTrace beat, IReadOnlyList<MethodTrace> methods)
    {
        const double below = 0.04;
        const double above = 0.1; // room for the labels of gap and padding
        var (low, high) = (-below, 1 + above);
        var traces = methods
            .SelectMany(method => new[] { method.Recovered, method.Lower ?? [], method.Upper ?? [] })
            .Prepend(beat.Original);
        var shown = Shown(beat);
        foreach (var value in traces.SelectMany(trace => trace.Take(shown)).Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return new(Math.Max(low, -MaximumBeyond - below), Math.Min(high, 1 + MaximumBeyond + above), layout.Bottom, layout.Top);
    }

    /// <summary>
    /// Draws the panel: the interval, and above it three traces, each thinner than the one below, so that all are visible where they
    /// coincide.
    /// </summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="layout">Position of the plot.</param>
    /// <param name="vertical">Scale from <see cref="Vertical"/>.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="method">The recovery.</param>
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
        NoteCutOff(canvas, layout, vertical, method);

        void Trace(Pen pen, float[] values) =>
            canvas.Path(pen.Scaled(layout.LineScale), Polyline.Path(values.AsSpan(0, shown), horizontal, vertical));

        // The observed samples beside the gap are their own bounds, so the band begins and ends on the trace.
        string Band(float[] lower, float[] upper)
        {
            var (from, to) = (Math.Max(0, (int)beat.Gap.Start - 1), Math.Min(shown, (int)beat.Gap.End + 1));
            return Polyline.Band(from, lower.AsSpan(from..to), upper.AsSpan(from..to), horizontal, vertical);
        }
    }

    /// <summary>Returns the input as the original notebook draws it: zero in the gap and at samples missing from the start.</summary>
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

    /// <summary>Labels gap and padding where there is room for the words.</summary>
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
            var label = tick.Value == 0 ? "0 s" : $"{tick.Label} s";
            if (layout.LabelsSeconds)
                canvas.Text(Palette.MutedText, x, layout.Top - (0.6 * size), label, size, TextAnchor.Middle);
        }
    }

    /// <summary>Writes the extremes of an estimate that is cut off.</summary>
    private static void NoteCutOff(SvgCanvas canvas, BeatPanelLayout layout, Scale vertical, MethodTrace method)
    {
        var finite = method.Recovered.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
        var size = layout.TextSize * 0.88;
        if (finite.Max() > vertical.To)
            Note(layout.Top + (1.35 * size), $"rises to {NumberText.Tick(finite.Max(), 2)}");
        if (finite.Min() < vertical.From)
            Note(layout.Bottom - (0.6 * size), $"falls to {NumberText.Tick(finite.Min(), 2)}");

        void Note(double y, string text) => canvas.Text(Palette.MutedText, layout.Left + 6, y, text, size);
    }
}
