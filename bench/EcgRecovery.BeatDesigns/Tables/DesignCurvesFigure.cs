using System.Globalization;
using System.Text;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.BeatDesigns.Tables;

/// <summary>Validation error while several designs were trained; what was not trained is a level line.</summary>
internal static class DesignCurvesFigure
{
    private const double Width = 960;
    private const double PlotTop = 62;
    private const double PlotBottom = 300;
    private const double PlotWidth = 390;
    private const double LegendRow = 22;
    private const double TextSize = 12;
    private const int LegendColumns = 3;
    private const int BeatsPerTick = 1000;
    private static readonly double[] s_lefts = [62, 548];

    // Apart in lightness and in dashes too, so that nobody has to tell colours apart.
    private static readonly Pen[] s_pens =
    [
        new("design-1", "#1b3fb0", 2.2), new("design-2", "#b4470f", 2.2, 8, 3), new("design-3", "#0b7a55", 2.2, 2, 3), new("design-4", "#8a2a8c", 2.2, 10, 3, 2, 3),
        new("design-5", "#c08a00", 2.2), new("design-6", "#3f4a5a", 2.2, 5, 5), new("design-7", "#2f9fd0", 2.2, 12, 4),
    ];

    private static readonly Pen[] s_levels = [new("level-1", "#8b94a1", 1.6, 2, 3), new("level-2", "#566070", 1.6, 7, 4), new("level-3", "#1a2230", 1.6, 1, 4)];

    /// <summary>Draws it.</summary>
    /// <param name="results">With a curve each; of at most seven designs and three that were not trained.</param>
    /// <exception cref="ArgumentException">There are more, or a result has no curve.</exception>
    public static Figure Draw(IReadOnlyList<DesignResult> results)
    {
        if (results.FirstOrDefault(result => result.Curve.Count == 0) is { } empty)
            throw new ArgumentException($"{empty.Name} has no curve.", nameof(results));
        var lines = Lines(results);
        var rows = (results.Count + LegendColumns - 1) / LegendColumns;
        const string title = "Designs while they learn: error on patients not learned from";
        var canvas = new SvgCanvas("beat-designs", Width, PlotBottom + 50 + (rows * LegendRow), title, Description(results));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        Panel(canvas, s_lefts[0], "100..137: RMSE over the whole beat", lines, point => point.FixedWhole);
        Panel(canvas, s_lefts[1], "random gaps of 37 samples: RMSE over the gap", lines, point => point.RandomReal);
        for (var row = 0; row < rows; row++)
        {
            var entries = lines.Skip(row * LegendColumns).Take(LegendColumns).Select(line => (line.Pen, line.Result.Name)).ToList();
            Legend.Draw(canvas, Width / 2, Width - 20, PlotBottom + 58 + (row * LegendRow), TextSize + 1, entries);
        }

        return canvas.Finish();
    }

    private static List<(Pen Pen, DesignResult Result)> Lines(IReadOnlyList<DesignResult> results)
    {
        var (designs, levels) = (new Queue<Pen>(s_pens), new Queue<Pen>(s_levels));
        return [.. results.Select(result => (result.Curve.Count > 1 ? designs : levels).TryDequeue(out var pen)
            ? (pen, result)
            : throw new ArgumentException(
                $"No line is left for {result.Name}; the figure shows at most {s_pens.Length} designs and {s_levels.Length} levels.", nameof(results)))];
    }

    private static void Panel(SvgCanvas canvas, double left, string title, List<(Pen Pen, DesignResult Result)> lines, Func<CurvePoint, double> of)
    {
        double[] errors = [.. lines.SelectMany(line => line.Result.Curve).Select(of)];
        var beats = lines.SelectMany(line => line.Result.Curve).Max(point => point.TrainedBeats);
        var vertical = new Scale(errors.Min() * 0.97, errors.Max() * 1.03, PlotBottom, PlotTop);
        var horizontal = new Scale(0, Math.Max(beats, 1) * 1.02 / BeatsPerTick, left, left + PlotWidth);
        canvas.Text(Palette.MutedText, left, PlotTop - 12, title, TextSize + 1);
        foreach (var tick in vertical.Ticks(7))
        {
            var y = vertical.Map(tick.Value);
            canvas.Line(Palette.Grid, left, y, left + PlotWidth, y);
            canvas.Text(Palette.MutedText, left - 6, y + 4, tick.Label, TextSize, TextAnchor.End);
        }

        foreach (var tick in horizontal.Ticks(6))
        {
            var x = horizontal.Map(tick.Value);
            canvas.Line(Palette.Axis, x, PlotBottom, x, PlotBottom + 4);
            canvas.Text(Palette.MutedText, x, PlotBottom + 17, tick.Label, TextSize, TextAnchor.Middle);
        }

        canvas.Line(Palette.Axis, left, PlotBottom, left + PlotWidth, PlotBottom);
        canvas.Text(Palette.MutedText, left + (PlotWidth / 2), PlotBottom + 34, "thousands of broken beats trained on", TextSize, TextAnchor.Middle);
        foreach (var (pen, result) in lines)
            Curve(canvas, pen, result, of, horizontal, vertical);
    }

    private static void Curve(SvgCanvas canvas, Pen pen, DesignResult result, Func<CurvePoint, double> of, Scale horizontal, Scale vertical)
    {
        if (result.Curve.Count == 1)
        {
            var y = vertical.Map(of(result.Curve[0]));
            canvas.Line(pen, horizontal.Start, y, horizontal.End, y);
            return;
        }

        var path = new StringBuilder();
        var marker = new Ink($"{pen.Class}-marker", pen.Colour);
        foreach (var point in result.Curve)
        {
            var (x, y) = (horizontal.Map(point.TrainedBeats / (double)BeatsPerTick), vertical.Map(of(point)));
            path.Append(path.Length == 0 ? 'M' : 'L').Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y));
            canvas.Circle(marker, x, y, 2.6);
        }

        canvas.Path(pen, path.ToString());
    }

    private static string Description(IReadOnlyList<DesignResult> results) => string.Join(' ', results.Select(result => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Name}: at the end {result.Curve[^1].FixedWhole:F4} over the whole beat with the gap 100..137, {result.Curve[^1].RandomReal:F4} in random gaps.")));
}
