using System.Globalization;
using System.Text;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The errors of a method over the length of gaps.</summary>
/// <param name="Name">The method.</param>
/// <param name="Points">Its errors; a mean that is not finite breaks the curve.</param>
internal sealed record ErrorCurve(string Name, IReadOnlyList<ErrorCurvePoint> Points);

/// <summary>The error in gaps of one length.</summary>
/// <param name="GapSeconds">Length of the gaps.</param>
/// <param name="Mean">Mean error.</param>
/// <param name="Low">Lower bound of its interval; NaN for none.</param>
/// <param name="High">Upper bound of its interval; NaN for none.</param>
internal sealed record ErrorCurvePoint(double GapSeconds, double Mean, double Low, double High);

/// <summary>Error over the length of gaps: one line per method with whiskers, its name at the line's end.</summary>
/// <remarks>
/// The length is on a logarithmic scale, and so is the error where the means span a factor of 20 or more. Points of the same length stand
/// beside each other, so that no whisker covers another.
/// </remarks>
internal static class ErrorCurveFigure
{
    private const double Width = 760;
    private const double Left = 58;
    private const double Top = 58;
    private const double MinimumPlotHeight = 320;
    private const double Footer = 46;
    private const double LabelSize = 12.5;
    private const double LabelDistance = 15;
    private const double LabelGap = 26;
    private const double MarkWidth = 9;
    private const int MaximumName = 26;
    private const double LogarithmicFrom = 20;

    /// <summary>Draws the figure.</summary>
    /// <param name="name">Name of the figure.</param>
    /// <param name="title">Title, one line.</param>
    /// <param name="error">What the error is, with its unit, as in <c>RMSE in the gap, mV</c>.</param>
    /// <param name="curves">The curves, in the order of their styles.</param>
    public static Figure Draw(string name, string title, string error, IReadOnlyList<ErrorCurve> curves)
    {
        var plotHeight = Math.Max(MinimumPlotHeight, curves.Count * LabelDistance);
        var (bottom, right) = (Top + plotHeight, Right(curves));
        var (horizontal, vertical) = (Horizontal(curves, right), Vertical(curves, bottom));
        var canvas = new SvgCanvas(name, Width, bottom + Footer, title, Description(error, curves));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        var scale = vertical.IsLogarithmic ? ", logarithmic scale" : "";
        canvas.Text(Palette.MutedText, 10, 38, $"{error}: mean and its 95 % interval{scale}", 12);
        Axes(canvas, curves, horizontal, vertical, right, bottom);
        if (!Drawn(curves).Any())
            canvas.Text(Palette.MutedText, (Left + right) / 2, (Top + bottom) / 2, "There is no error to draw.", 13, TextAnchor.Middle);
        // The first method, drawn last, lies on top.
        for (var i = curves.Count - 1; i >= 0; i--)
            Curve(canvas, curves, i, horizontal, vertical);
        Labels(canvas, curves, horizontal, vertical, right, bottom);
        return canvas.Finish();
    }

    /// <summary>Returns the scale from the length of a gap to x.</summary>
    public static Scale Horizontal(IReadOnlyList<ErrorCurve> curves, double right)
    {
        double[] lengths = [.. Lengths(curves).DefaultIfEmpty(1)];
        var margin = Math.Max(1.15, Math.Pow(lengths[^1] / lengths[0], 0.03));
        return new Scale(lengths[0] / margin, lengths[^1] * margin, Left, right, IsLogarithmic: true);
    }

    /// <summary>Returns the scale from error to y.</summary>
    public static Scale Vertical(IReadOnlyList<ErrorCurve> curves, double bottom)
    {
        var points = Drawn(curves).ToArray();
        double[] means = [.. points.Select(point => point.Mean).DefaultIfEmpty(1)];
        var high = Math.Max(means.Max(), points.Select(point => point.High).Where(double.IsFinite).DefaultIfEmpty(0).Max());
        double[] positive = [.. means.Where(mean => mean > 0).DefaultIfEmpty(1)];
        return positive.Max() >= LogarithmicFrom * positive.Min()
            ? new Scale(positive.Min() / 1.4, high * 1.15, bottom, Top, IsLogarithmic: true)
            : new Scale(0, high > 0 ? high * 1.05 : 1, bottom, Top);
    }

    private static double Right(IReadOnlyList<ErrorCurve> curves) =>
        Width - 10 - LabelGap - MarkWidth - curves.Select(curve => FigureText.Width(Shorten(curve), LabelSize)).DefaultIfEmpty(0).Max();

    private static string Shorten(ErrorCurve curve) => FigureText.WithoutMiddle(curve.Name, MaximumName);

    private static double[] Lengths(IReadOnlyList<ErrorCurve> curves) =>
        [.. curves.SelectMany(curve => curve.Points).Select(point => point.GapSeconds).Where(length => length > 0).Distinct().Order()];

    private static IEnumerable<ErrorCurvePoint> Drawn(IReadOnlyList<ErrorCurve> curves) => curves.SelectMany(Drawn);

    private static IEnumerable<ErrorCurvePoint> Drawn(ErrorCurve curve) =>
        curve.Points.Where(point => point.GapSeconds > 0 && double.IsFinite(point.Mean));

    private static void Axes(
        SvgCanvas canvas, IReadOnlyList<ErrorCurve> curves, Scale horizontal, Scale vertical, double right, double bottom)
    {
        foreach (var tick in vertical.Ticks(9))
        {
            var y = vertical.Map(tick.Value);
            canvas.Line(Palette.Grid, Left, y, right, y);
            canvas.Text(Palette.MutedText, Left - 6, y + 4, tick.Label, 12, TextAnchor.End);
        }

        var free = double.NegativeInfinity;
        foreach (var length in Lengths(curves))
        {
            var (x, text) = (horizontal.Map(length), length.ToString("0.###", CultureInfo.InvariantCulture));
            canvas.Line(Palette.Axis, x, bottom, x, bottom + 4);
            var half = FigureText.Width(text, 12) / 2;
            if (x - half < free)
                continue;
            canvas.Text(Palette.MutedText, x, bottom + 17, text, 12, TextAnchor.Middle);
            free = x + half + 4;
        }

        canvas.Line(Palette.Axis, Left, bottom, right, bottom);
        canvas.Text(Palette.MutedText, (Left + right) / 2, bottom + 34, "length of the gap, s", 12, TextAnchor.Middle);
    }

    private static void Curve(SvgCanvas canvas, IReadOnlyList<ErrorCurve> curves, int number, Scale horizontal, Scale vertical)
    {
        var style = MethodStyle.Of(number);
        var whisker = new Pen(style.Pen.Class, style.Pen.Colour, 1.2);
        var path = new StringBuilder();
        var isOpen = false;
        foreach (var point in curves[number].Points.OrderBy(point => point.GapSeconds))
        {
            if (!(point.GapSeconds > 0) || !double.IsFinite(point.Mean))
            {
                isOpen = false;
                continue;
            }

            var (x, y) = Place(curves.Count, number, point, horizontal, vertical);
            path.Append(isOpen ? 'L' : 'M').Append(NumberText.Coordinate(x)).Append(' ').Append(NumberText.Coordinate(y));
            isOpen = true;
            if (double.IsFinite(point.Low) && double.IsFinite(point.High))
                canvas.Line(whisker, x, Clamped(vertical, point.Low), x, Clamped(vertical, point.High));
            style.Draw(canvas, x, y);
        }

        canvas.Path(style.Pen, path.ToString());
    }

    private static (double X, double Y) Place(int count, int number, ErrorCurvePoint point, Scale horizontal, Scale vertical)
    {
        var step = Math.Min(3, 18.0 / count);
        return (horizontal.Map(point.GapSeconds) + ((number - ((count - 1) / 2.0)) * step), Clamped(vertical, point.Mean));
    }

    private static double Clamped(Scale vertical, double error) => vertical.Map(Math.Clamp(error, vertical.From, vertical.To));

    // A name stands at the height of its line's last point, or as near as the others let it, and is joined with it by a thin line.
    private static void Labels(
        SvgCanvas canvas, IReadOnlyList<ErrorCurve> curves, Scale horizontal, Scale vertical, double right, double bottom)
    {
        var ends = Enumerable.Range(0, curves.Count)
            .Select(i => (Number: i, Point: Drawn(curves[i]).MaxBy(point => point.GapSeconds)))
            .Where(end => end.Point is not null)
            .Select(end => (end.Number, Place: Place(curves.Count, end.Number, end.Point!, horizontal, vertical)))
            .OrderBy(end => end.Place.Y)
            .ToArray();
        var places = LabelColumn.Place([.. ends.Select(end => end.Place.Y)], LabelDistance, Top, bottom - (LabelDistance / 2));
        for (var i = 0; i < ends.Length; i++)
        {
            var style = MethodStyle.Of(ends[i].Number);
            var (x, y) = ends[i].Place;
            canvas.Line(new Pen(style.Pen.Class, style.Pen.Colour, 0.8, 1, 2), x + 6, y, right + LabelGap - 7, places[i]);
            var text = Shorten(curves[ends[i].Number]);
            style.Draw(canvas, right + LabelGap, places[i]);
            canvas.Text(style.Ink, right + LabelGap + MarkWidth, places[i] + (0.35 * LabelSize), text, LabelSize);
        }
    }

    private static string Description(string error, IReadOnlyList<ErrorCurve> curves)
    {
        return $"{error}, over the length of the gaps. " + string.Join(' ', curves.Select(Words));

        static string Words(ErrorCurve curve)
        {
            var list = string.Join(", ", Drawn(curve).OrderBy(point => point.GapSeconds).Select(Error));
            return $"{curve.Name}: {(list.Length > 0 ? list : "no error")}.";
        }

        static string Error(ErrorCurvePoint point) =>
            string.Create(CultureInfo.InvariantCulture, $"{NumberText.Error(point.Mean)} at {point.GapSeconds:0.###} s");
    }
}
