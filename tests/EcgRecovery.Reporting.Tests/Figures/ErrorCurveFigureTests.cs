using System.Xml.Linq;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class ErrorCurveFigureTests
{
    [Fact]
    public void Points_lie_at_their_values_on_a_linear_scale_of_errors_and_a_logarithmic_one_of_lengths()
    {
        var curve = Curve("linear", (0.1, 0.2), (1, 0.4), (10, 0.8));
        var points = Draw(curve).Elements("path", "method-0").Single().Points();
        var (horizontal, vertical) = (ErrorCurveFigure.Horizontal([curve], Right("linear")), ErrorCurveFigure.Vertical([curve], 378));
        Assert.Equal((0, false, true), (vertical.From, vertical.IsLogarithmic, horizontal.IsLogarithmic));
        Assert.All(
            points.Zip(curve.Points),
            pair => Assert.Equal((horizontal.Map(pair.Second.GapSeconds), vertical.Map(pair.Second.Mean)), pair.First, Near));
        Assert.Equal(points[1].X - points[0].X, points[2].X - points[1].X, 0.11);
        Assert.Equal(2 * (378 - points[0].Y), 378 - points[1].Y, 0.2);
    }

    [Fact]
    public void Errors_that_span_a_factor_of_20_are_on_a_logarithmic_scale()
    {
        var svg = Draw(Curve("a", (0.1, 0.01), (1, 0.1)), Curve("b", (0.1, 0.02), (1, 0.2)));
        Assert.Contains("RMSE, mV: mean and its 95 % interval, logarithmic scale", svg.Texts());
        // The same ratio at both lengths.
        var (a, b) = (svg.Elements("path", "method-0").Single().Points(), svg.Elements("path", "method-1").First(IsLine).Points());
        Assert.Equal(a[0].Y - b[0].Y, a[1].Y - b[1].Y, 0.21);
        Assert.Contains("RMSE, mV: mean and its 95 % interval", Draw(Curve("a", (0.1, 0.1), (1, 1.9))).Texts());
    }

    [Fact]
    public void A_whisker_spans_its_interval_and_one_without_bounds_is_not_drawn()
    {
        var curve = new ErrorCurve("a", [new(0.1, 0.3, 0.2, 0.5), new(1, 0.4, double.NaN, double.NaN)]);
        var vertical = ErrorCurveFigure.Vertical([curve], 378);
        // The other line is that from the curve's end to its name.
        var whisker = Draw(curve).Elements("line", "method-0").First();
        Assert.Equal((vertical.Map(0.2), vertical.Map(0.5)), (whisker.Number("y1"), whisker.Number("y2")), Near);
        Assert.Equal(2, Draw(curve).Elements("line", "method-0").Count());
    }

    [Fact]
    public void A_length_that_a_method_cannot_work_at_breaks_its_curve()
    {
        var path = Draw(Curve("a", (0.1, 0.1), (0.3, 0.2), (1, double.NaN), (2, 0.3), (5, 0.4))).Elements("path", "method-0").Single();
        Assert.Equal(2, ((string)path.Attribute("d")!).Count(letter => letter == 'M'));
        Assert.Equal(4, path.Points().Count);
    }

    [Fact]
    public void Names_stand_at_the_ends_of_the_curves_in_their_order_and_none_overlaps_another()
    {
        var curves = Enumerable.Range(0, SyntheticBenchmark.Methods.Length).Select(SyntheticBenchmark.Curve).ToArray();
        var svg = Draw(curves);
        var names = svg.Elements("text", null).Where(text => SyntheticBenchmark.Methods.Contains(text.Value)).ToArray();
        Assert.Equal(SyntheticBenchmark.Methods.Order(), names.Select(name => name.Value).Order());
        var places = names.Select(name => name.Number("y")).ToArray();
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 14.9));
        var byError = curves.OrderByDescending(curve => curve.Points.Last(point => double.IsFinite(point.Mean)).Mean);
        Assert.Equal(byError.Select(curve => curve.Name), names.Select(name => name.Value));
        var height = double.Parse(((string)svg.Attribute("viewBox")!).Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(places, place => Assert.InRange(place, 40, height - 40));
    }

    [Fact]
    public void Many_and_long_names_stay_within_the_drawing()
    {
        ErrorCurve[] curves =
        [
            .. Enumerable.Range(0, 40).Select(i => Curve($"a method of somebody else with a very long name {i}", (0.1, 0.2), (1, 0.4))),
        ];
        var names = Draw(curves).Elements("text", null)
            .Where(text => text.Value.StartsWith("a method", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(40, names.Length);
        Assert.All(names, name => Assert.InRange(name.Number("x") + FigureText.Width(name.Value, 12.5), 0, 760));
    }

    [Fact]
    public void Neighbouring_methods_differ_in_colour_dashes_and_mark_and_32_in_at_least_one()
    {
        var styles = Enumerable.Range(0, 32).Select(MethodStyle.Of).ToArray();
        Assert.All(styles.Zip(styles.Skip(1)), pair =>
        {
            Assert.NotEqual(pair.First.Pen.Colour, pair.Second.Pen.Colour);
            Assert.NotEqual(pair.First.Pen.Dashes, pair.Second.Pen.Dashes);
            Assert.NotEqual(pair.First.Mark, pair.Second.Mark);
        });
        Assert.Equal(32, styles.Select(style => (style.Ink.Colour, style.Mark)).Distinct().Count());
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN })]
    public void Without_errors_there_is_a_note(double[] errors)
    {
        var svg = Draw(new ErrorCurve("none", [.. errors.Select(error => new ErrorCurvePoint(1, error, error, error))]));
        Assert.Contains("There is no error to draw.", svg.Texts());
        Assert.Contains("There is no error to draw.", Draw().Texts());
    }

    [Fact]
    public void One_length_and_errors_of_zero_make_a_drawing()
    {
        Assert.Equal(1, Draw(Curve("a", (1, 0.2))).Elements("circle", null).Count(mark => mark.Number("cx") < 600));
        Assert.Equal(378, Draw(Curve("a", (0.1, 0), (1, 0))).Elements("path", "method-0").Single().Points()[0].Y);
    }

    [Fact]
    public void The_drawing_is_that_of_the_snapshot() => Snapshot.Matches(
        "error-curves.svg",
        ErrorCurveFigure.Draw(
            "curves-1",
            "All leads lost, gaps at random places",
            "RMSE in the gap, mV",
            [.. Enumerable.Range(0, SyntheticBenchmark.Methods.Length).Select(SyntheticBenchmark.Curve)]).Svg);

    [Fact]
    public void The_description_lists_the_errors()
    {
        var words = Draw(Curve("a & b", (0.05, 0.2), (30, 0.4))).Elements("desc", null).Single().Value;
        Assert.Equal("RMSE, mV, over the length of the gaps. a & b: 0.2000 at 0.05 s, 0.4000 at 30 s.", words);
    }

    private static double Right(string name) => 760 - 10 - 26 - 9 - FigureText.Width(name, 12.5);

    private static bool IsLine(XElement path) => (string?)path.Attribute("fill") == "none";

    private static bool Near((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 0.06 && Math.Abs(a.Item2 - b.Item2) < 0.06;

    private static ErrorCurve Curve(string name, params (double Length, double Error)[] points) =>
        new(name, [.. points.Select(point => new ErrorCurvePoint(point.Length, point.Error, 0.9 * point.Error, 1.1 * point.Error))]);

    private static XElement Draw(params ErrorCurve[] curves) => Markup.Parse(ErrorCurveFigure.Draw("curves", "Title", "RMSE, mV", curves));
}
