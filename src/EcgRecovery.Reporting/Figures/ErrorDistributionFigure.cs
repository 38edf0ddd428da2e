using System.Text;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Distribution of each method's errors over the rows: one strip with its shape, quantiles and mean.</summary>
/// <remarks>
/// The error is the gap RMSE over real samples, so that rows whose gap is padding do not pile up at zero. A strip is drawn from 120 bins,
/// so the size of the drawing does not depend on the number of rows.
/// </remarks>
internal static class ErrorDistributionFigure
{
    private const double Width = 480;
    private const double Left = 12;
    private const double Right = 448;
    private const double Header = 52;
    private const double StripHeight = 58;
    private const double Footer = 70;
    private const int BinCount = 120;

    /// <summary>Maximum error on the axis: the range of the amplitude.</summary>
    private const double MaximumError = 1;

    /// <summary>Draws the figure, one strip per method, in their order.</summary>
    public static Figure Draw(string name, BeatEvaluation evaluation)
    {
        var strips = evaluation.Methods.Select(Strip.Of).ToList();
        var height = Header + (Math.Max(1, strips.Count) * StripHeight) + Footer;
        var scale = ErrorScale(strips);
        const string title = "Error in the gap, row by row";
        var canvas = new SvgCanvas(name, Width, height, title, Description(strips));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        canvas.Text(Palette.MutedText, 10, 38, "RMSE over the gap's real samples; rows without any are left out", 12);
        Axis(canvas, scale, height - Footer);
        const string none = "No row has real signal in the gap.";
        if (strips.All(strip => strip.Sorted.Length == 0))
            canvas.Text(Palette.MutedText, Width / 2, Header + (StripHeight / 2), none, 13, TextAnchor.Middle);
        else
            strips.ForEach(strip => DrawStrip(canvas, scale, strip, Header + (strips.IndexOf(strip) * StripHeight)));
        Key(canvas, height - 10);
        return canvas.Finish();
    }

    /// <summary>Sorted errors of one method.</summary>
    internal sealed record Strip(MethodScore Method, float[] Sorted)
    {
        /// <summary>Sorts the errors of the rows that have one.</summary>
        public static Strip Of(MethodScore method)
        {
            float[] errors = [.. method.Rows.GapRmseRealSamples.Where(float.IsFinite)];
            Array.Sort(errors);
            return new(method, errors);
        }

        /// <summary>Returns the error that the given share of rows does not exceed; linear between neighbours.</summary>
        public double Quantile(double share)
        {
            var position = share * (Sorted.Length - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, Sorted.Length - 1);
            return Sorted[below] + ((position - below) * (Sorted[above] - Sorted[below]));
        }

        /// <summary>Returns the share of rows with a larger error.</summary>
        public double ShareAbove(double error) => Sorted.Count(value => value > error) / (double)Sorted.Length;
    }

    /// <summary>Returns the scale from error to x, up to the largest 95 % quantile of the methods, or <see cref="MaximumError"/>.</summary>
    public static Scale ErrorScale(IReadOnlyList<Strip> strips)
    {
        var longest = strips.Where(strip => strip.Sorted.Length > 0).Select(strip => strip.Quantile(0.95)).DefaultIfEmpty(0).Max();
        return new(0, longest <= 0 ? MaximumError : Math.Min(longest * 1.04, MaximumError), Left, Right);
    }

    private static void Axis(SvgCanvas canvas, Scale scale, double bottom)
    {
        foreach (var tick in scale.Ticks(8))
        {
            var x = scale.Map(tick.Value);
            canvas.Line(Palette.Grid, x, Header - 2, x, bottom);
            canvas.Text(Palette.MutedText, x, bottom + 16, tick.Label, 12, TextAnchor.Middle);
        }

        canvas.Line(Palette.Axis, Left, bottom, Right, bottom);
        const string label = "RMSE in the gap (amplitude 0…1; +: rows beyond the axis)";
        canvas.Text(Palette.MutedText, (Left + Right) / 2, bottom + 34, label, 12, TextAnchor.Middle);
    }

    private static void DrawStrip(SvgCanvas canvas, Scale scale, Strip strip, double top)
    {
        canvas.Text(Palette.Text, Left, top + 12, FigureText.Shorten(strip.Method.Name, 28), 12.5, isBold: true);
        if (strip.Sorted.Length == 0)
        {
            canvas.Text(Palette.MutedText, Right, top + 12, "no rows", 12, TextAnchor.End);
            return;
        }

        var error = strip.Method.GapRmseRealSamples;
        canvas.Text(Palette.MutedText, Right, top + 12, $"mean {NumberText.Error(error.Mean)}", 12, TextAnchor.End);
        var beyond = strip.ShareAbove(scale.To);
        var beyondText = $"+{NumberText.Percent(beyond).Replace(" ", "", StringComparison.Ordinal)}";
        if (beyond >= 0.0005)
            canvas.Text(Palette.MutedText, Width - 2, top + 42, beyondText, 10, TextAnchor.End);
        canvas.Area(Palette.Density, DensityPath(scale, strip.Sorted, top + 37, 21));
        Span(Palette.Quantiles, 0.05, 0.95, top + 39, 3);
        Span(Palette.Quartiles, 0.25, 0.75, top + 37, 7);
        var median = scale.Map(Math.Min(strip.Quantile(0.5), scale.To));
        canvas.Line(Palette.Median, median, top + 37, median, top + 44);
        Mean(canvas, scale, error, top + 50);

        void Span(Ink ink, double from, double to, double y, double height)
        {
            var (start, end) = (scale.Map(Math.Min(strip.Quantile(from), scale.To)), scale.Map(Math.Min(strip.Quantile(to), scale.To)));
            canvas.Rectangle(ink, start, y, end - start, height);
        }
    }

    private static void Mean(SvgCanvas canvas, Scale scale, ErrorSummary error, double y)
    {
        if (!double.IsFinite(error.Mean) || error.Mean > scale.To)
            return;
        if (double.IsFinite(error.Low) && double.IsFinite(error.High))
        {
            var (low, high) = (scale.Map(Math.Max(error.Low, scale.From)), scale.Map(Math.Min(error.High, scale.To)));
            canvas.Line(Palette.MeanInterval, low, y, high, y);
        }

        canvas.Circle(Palette.Mean, scale.Map(error.Mean), y, 3.2);
    }

    /// <summary>Returns the outline of a smoothed histogram, scaled to its highest bin: the shape, not the number of rows.</summary>
    public static string DensityPath(Scale scale, float[] sorted, double baseLine, double height)
    {
        var counts = new double[BinCount];
        foreach (var error in sorted.Where(error => error <= scale.To))
            counts[Math.Clamp((int)(error / scale.To * BinCount), 0, BinCount - 1)]++;
        var smooth = Smoothed(counts);
        var highest = smooth.Max();
        if (highest == 0)
            return "";
        var path = new StringBuilder();
        Append('M', Left, baseLine);
        for (var bin = 0; bin < BinCount; bin++)
            Append('L', Left + ((bin + 0.5) / BinCount * (Right - Left)), baseLine - (smooth[bin] / highest * height));
        Append('L', Right, baseLine);
        return path.Append('Z').ToString();

        void Append(char command, double x, double y) =>
            path.Append(command).Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y));
    }

    /// <summary>Smooths with binomial weights 1 4 6 4 1, reflected at both ends, so that no count is lost at zero.</summary>
    private static double[] Smoothed(double[] counts)
    {
        ReadOnlySpan<double> weights = [1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0];
        var smooth = new double[counts.Length];
        for (var bin = 0; bin < counts.Length; bin++)
        {
            for (var k = 0; k < weights.Length; k++)
            {
                var target = bin + k - 2;
                var reflected = target < 0 ? -1 - target : target >= counts.Length ? (2 * counts.Length) - 1 - target : target;
                smooth[reflected] += counts[bin] * weights[k];
            }
        }

        return smooth;
    }

    private static void Key(SvgCanvas canvas, double y)
    {
        const double size = 11;
        var x = Left;
        Rectangle(Palette.Density, 10, 9, "shape");
        Rectangle(Palette.Quantiles, 16, 3, "5–95 %");
        Rectangle(Palette.Quartiles, 16, 7, "quartiles");
        canvas.Rectangle(Palette.Quartiles, x, y - 7.5, 12, 7);
        canvas.Line(Palette.Median, x + 6, y - 7.5, x + 6, y - 0.5);
        Name("median", 12);
        canvas.Circle(Palette.Mean, x + 8, y - 4, 3.2);
        canvas.Line(Palette.MeanInterval, x, y - 4, x + 16, y - 4);
        Name("mean, 95 % interval", 16);

        void Rectangle(Ink ink, double width, double height, string text)
        {
            canvas.Rectangle(ink, x, y - 4 - (height / 2), width, height);
            Name(text, width);
        }

        void Name(string text, double symbolWidth)
        {
            canvas.Text(Palette.MutedText, x + symbolWidth + 5, y, text, size);
            x += symbolWidth + 5 + FigureText.Width(text, size) + 13;
        }
    }

    private static string Description(IEnumerable<Strip> strips) =>
        "One strip a method. " + string.Join(' ', strips.Select(strip => strip.Sorted.Length == 0
            ? $"{strip.Method.Name}: no rows."
            : $"{strip.Method.Name}: {NumberText.Count(strip.Sorted.Length)} rows, median {NumberText.Error(strip.Quantile(0.5))}, "
                + $"quartiles {NumberText.Error(strip.Quantile(0.25))} and {NumberText.Error(strip.Quantile(0.75))}, "
                + $"95 % of rows below {NumberText.Error(strip.Quantile(0.95))}."));
}
