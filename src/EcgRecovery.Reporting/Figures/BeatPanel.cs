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
}

/// <summary>The original notebook's plot of one beat: original, masked input and recovered signal, the gap shaded.</summary>
internal static class BeatPanel
{
    /// <summary>The true rate of the beats: every third sample of 360 Hz (the data set's page states 125 Hz).</summary>
    private const double SamplingFrequencyHz = 120;

    /// <summary>How far an estimate may leave 0…1 before it is cut off: beyond, the beat itself would be too small to see.</summary>
    private const double FarthestBeyond = 0.5;

    /// <summary>Sample index to x; a sample stands in the middle of its place, so a shaded gap covers what it removes.</summary>
    public static Scale Horizontal(BeatPanelLayout layout, int sampleCount) => new(-0.5, sampleCount - 0.5, layout.Left, layout.Right);

    /// <summary>Amplitude to y: 0…1 with a margin, more where an estimate leaves both.</summary>
    public static Scale Vertical(BeatPanelLayout layout, IEnumerable<float[]> traces)
    {
        const double below = 0.04;
        const double above = 0.1; // room for the labels of gap and padding
        var (low, high) = (-below, 1 + above);
        foreach (var value in traces.SelectMany(trace => trace).Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return new(Math.Max(low, -FarthestBeyond - below), Math.Min(high, 1 + FarthestBeyond + above), layout.Bottom, layout.Top);
    }

    /// <summary>Draws the panel: each trace thinner than the one below it, so that all three show where they coincide.</summary>
    /// <param name="canvas">Receives it.</param>
    /// <param name="layout">Where.</param>
    /// <param name="vertical">Amplitude to y, from <see cref="Vertical"/>.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="gap">The missing samples.</param>
    /// <param name="method">Whose recovery.</param>
    public static void Draw(SvgCanvas canvas, BeatPanelLayout layout, Scale vertical, BeatTrace beat, Gap gap, MethodTrace method)
    {
        var horizontal = Horizontal(layout, beat.Original.Length);
        Shade(canvas, layout, horizontal, beat, gap);
        Axes(canvas, layout, horizontal, vertical);
        Trace(Palette.Original, beat.Original);
        Trace(Palette.Masked, Masked(beat.Original, gap));
        Trace(Palette.Recovered, method.Recovered);
        NoteWhatIsCutOff(canvas, layout, vertical, method);

        void Trace(Pen pen, float[] values) =>
            canvas.Path(pen.Scaled(layout.LineScale), Polyline.Path(values, horizontal, vertical));
    }

    /// <summary>The input as the original drew it: zero in the gap, and zero where a sample was missing from the start.</summary>
    private static float[] Masked(float[] original, Gap gap) =>
        [.. original.Select((value, sample) => gap.Contains(sample) || float.IsNaN(value) ? 0f : value)];

    private static void Shade(SvgCanvas canvas, BeatPanelLayout layout, Scale horizontal, BeatTrace beat, Gap gap)
    {
        var (count, height, size) = (beat.Original.Length, layout.Bottom - layout.Top, layout.TextSize * 0.88);
        var paddingStart = horizontal.Map(Math.Clamp(beat.RealLength, 0, count) - 0.5);
        if (beat.RealLength < count)
            canvas.Rectangle(Palette.Padding, paddingStart, layout.Top, layout.Right - paddingStart, height);
        var (gapStart, gapEnd) = (horizontal.Map(Edge(gap.StartSample)), horizontal.Map(Edge(gap.EndSample)));
        canvas.Rectangle(Palette.Gap, gapStart, layout.Top, gapEnd - gapStart, height);
        if (beat.RealLength < count)
            canvas.Line(Palette.PaddingEdge, paddingStart, layout.Top, paddingStart, layout.Bottom);
        Label("gap", gapStart, gapEnd);
        if (paddingStart >= gapEnd || gapStart >= layout.Right)
            Label("padding", paddingStart, layout.Right);
        else
            Label("padding", Math.Max(gapEnd, paddingStart), layout.Right);

        double Edge(int sample) => Math.Clamp(sample, 0, count) - 0.5;

        void Label(string text, double from, double to)
        {
            if (to - from > FigureText.Width(text, size) + 4)
                canvas.Text(Palette.MutedText, (from + to) / 2, layout.Top + (1.35 * size), text, size, TextAnchor.Middle);
        }
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
            canvas.Text(Palette.MutedText, x, layout.Bottom + (1.35 * size), tick.Label, size, TextAnchor.Middle);
        }

        void Above(Tick tick)
        {
            var x = seconds.Map(tick.Value);
            canvas.Line(Palette.Axis, x, layout.Top, x, layout.Top - (0.35 * size));
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
