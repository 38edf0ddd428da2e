using System.Globalization;
using System.Text;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Training and validation loss of every epoch.</summary>
internal static class LearningCurveFigure
{
    private const double Width = 480;
    private const double Height = 310;
    private const double Left = 62;
    private const double Top = 56;
    private const double Right = 466;
    private const double Bottom = 244;

    /// <summary>Draws the figure; the scale is logarithmic where the losses span a decade.</summary>
    public static Figure Draw(string name, LearningCurve curve)
    {
        var (training, validation) = (Losses(epoch => epoch.Loss), Losses(epoch => epoch.ValidationLoss));
        var title = $"Learning curve: {FigureText.Shorten(curve.Model, 34)}";
        var canvas = new SvgCanvas(name, Width, Height, title, Description(curve, training, validation));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        var (horizontal, vertical) = (Horizontal(curve), Vertical([.. training, .. validation]));
        canvas.Text(Palette.MutedText, 10, 38, vertical.IsLogarithmic ? "loss of each epoch, logarithmic scale" : "loss of each epoch", 12);
        Axes(canvas, horizontal, vertical);
        Curve(canvas, Palette.Training, curve, training, horizontal, vertical);
        Curve(canvas, Palette.Validation, curve, validation, horizontal, vertical);
        Legend.Draw(canvas, Width / 2, Width - 16, Height - 12, 13, Entries(training, validation));
        return canvas.Finish();

        double[] Losses(Func<EpochResult, double> loss) => [.. curve.Epochs.Select(loss)];
    }

    /// <summary>Returns the scale from epoch to x.</summary>
    public static Scale Horizontal(LearningCurve curve)
    {
        var (first, last) = curve.Epochs.Count == 0 ? (1, 1) : (curve.Epochs.Min(e => e.Epoch), curve.Epochs.Max(e => e.Epoch));
        var margin = first == last ? 1 : 0.02 * (last - first);
        return new(first - margin, last + margin, Left, Right);
    }

    /// <summary>Returns the scale from loss to y.</summary>
    public static Scale Vertical(IReadOnlyCollection<double> losses)
    {
        double[] positive = [.. losses.Where(loss => double.IsFinite(loss) && loss > 0).DefaultIfEmpty(1)];
        var (low, high) = (positive.Min(), positive.Max());
        return high >= 10 * low ? new(low / 1.3, high * 1.3, Bottom, Top, IsLogarithmic: true) : new(0, high * 1.06, Bottom, Top);
    }

    private static void Axes(SvgCanvas canvas, Scale horizontal, Scale vertical)
    {
        foreach (var tick in vertical.Ticks(7))
        {
            var y = vertical.Map(tick.Value);
            canvas.Line(Palette.Grid, Left, y, Right, y);
            canvas.Text(Palette.MutedText, Left - 6, y + 4, tick.Label, 12, TextAnchor.End);
        }

        foreach (var tick in horizontal.Ticks(10).Where(tick => tick.Value % 1 == 0))
        {
            var x = horizontal.Map(tick.Value);
            canvas.Line(Palette.Axis, x, Bottom, x, Bottom + 4);
            canvas.Text(Palette.MutedText, x, Bottom + 17, tick.Value.ToString("0", CultureInfo.InvariantCulture), 12, TextAnchor.Middle);
        }

        canvas.Line(Palette.Axis, Left, Bottom, Right, Bottom);
        canvas.Text(Palette.MutedText, (Left + Right) / 2, Bottom + 34, "epoch", 12, TextAnchor.Middle);
    }

    private static void Curve(SvgCanvas canvas, Pen pen, LearningCurve curve, double[] losses, Scale horizontal, Scale vertical)
    {
        var path = new StringBuilder();
        var marker = new Ink($"{pen.Class}-marker", pen.Colour);
        var isOpen = false;
        for (var i = 0; i < losses.Length; i++)
        {
            if (!double.IsFinite(losses[i]) || (vertical.IsLogarithmic && losses[i] <= 0))
            {
                isOpen = false;
                continue;
            }

            var (x, y) = (horizontal.Map(curve.Epochs[i].Epoch), vertical.Map(losses[i]));
            path.Append(isOpen ? 'L' : 'M').Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y));
            isOpen = true;
            if (losses.Length <= 40)
                canvas.Circle(marker, x, y, 2.8);
        }

        canvas.Path(pen, path.ToString());
    }

    private static List<(Pen Pen, string Text)> Entries(double[] training, double[] validation)
    {
        var entries = new List<(Pen, string)> { (Palette.Training, $"training {Last(training)}") };
        if (validation.Any(double.IsFinite))
            entries.Add((Palette.Validation, $"validation {Last(validation)}"));
        return entries;
    }

    private static string Last(double[] losses) => losses.Length == 0 ? NumberText.None : NumberText.Loss(losses[^1]);

    private static string Description(LearningCurve curve, double[] training, double[] validation) =>
        $"{curve.Epochs.Count} epochs. "
        + $"Training loss, solid blue: {NumberText.Loss(training.FirstOrDefault(double.NaN))} to {Last(training)}. "
        + (validation.Any(double.IsFinite)
            ? $"Validation loss, dashed orange: {NumberText.Loss(validation[0])} to {Last(validation)}."
            : "No validation.");
}
