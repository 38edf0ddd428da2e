using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class ErrorDistributionFigureTests
{
    [Fact]
    public void Quantiles_are_linear_between_rows_and_leave_out_rows_without_an_error()
    {
        var strip = ErrorDistributionFigure.Strip.Of(Method("m", [0.3f, float.NaN, 0.1f, 0.2f, 0.4f, float.NaN, 0f]));
        Assert.Equal([0f, 0.1f, 0.2f, 0.3f, 0.4f], strip.Sorted);
        Assert.Equal(0.2, strip.Quantile(0.5), 6);
        Assert.Equal(0.1, strip.Quantile(0.25), 6);
        Assert.Equal(0.38, strip.Quantile(0.95), 6);
        Assert.Equal(0.2, strip.ShareAbove(0.35), 9);
    }

    [Fact]
    public void The_quartiles_lie_at_their_values_on_the_axis()
    {
        // 0, 0.01, … 1: the axis ends at the 95th percentile × 1.04 = 0.988, which lies between x = 12 and x = 448.
        var svg = Draw(Method("m", [.. Enumerable.Range(0, 101).Select(i => i / 100f)]));
        var box = svg.Elements("rect", "quartiles").First();
        Assert.Equal(12 + (436 * 0.25 / 0.988), box.Number("x"), 0.05);
        Assert.Equal(436 * 0.5 / 0.988, box.Number("width"), 0.1);
        Assert.Contains("+2.0%", svg.Texts());
        Assert.Contains("mean 0.5000", svg.Texts());
    }

    [Fact]
    public void The_axis_ends_at_the_amplitudes_range_however_wild_a_method_is()
    {
        var strip = ErrorDistributionFigure.Strip.Of(Method("wild", [3, 4, 5]));
        Assert.Equal(1, ErrorDistributionFigure.ErrorScale([strip]).To);
        var svg = Draw(strip.Method);
        Assert.Contains("+100.0%", svg.Texts());
        Assert.Empty(svg.Elements("path", "density"));
    }

    [Fact]
    public void The_shape_is_highest_where_most_rows_are_and_as_high_as_the_strip()
    {
        var scale = new Scale(0, 1, 12, 448);
        var path = ErrorDistributionFigure.DensityPath(scale, [.. Enumerable.Repeat(0.5f, 90), .. Enumerable.Repeat(0.9f, 10)], 100, 20);
        var points = Markup.Parse($"<path d=\"{path}\" />").Points();
        var top = points.MinBy(point => point.Y);
        Assert.Equal(80, top.Y);
        Assert.Equal(scale.Map(0.504), top.X, 0.11);
        Assert.Equal(80 + (20 * 8 / 9.0), points.Where(point => point.X > scale.Map(0.8)).Min(point => point.Y), 0.1);
    }

    [Fact]
    public void A_method_without_rows_is_named()
    {
        var svg = Draw(Method("some", [0.1f]), Method("none", [float.NaN]));
        Assert.Contains("none", svg.Texts());
        Assert.Contains("no rows", svg.Texts());
    }

    [Fact]
    public void Without_any_rows_there_is_a_note()
    {
        Assert.Contains("No row has real signal in the gap.", Draw(Method("none", [float.NaN])).Texts());
        Assert.Contains("No row has real signal in the gap.", Draw().Texts());
    }

    [Fact]
    public void Errors_that_are_all_zero_make_a_drawing() => Assert.Contains("mean 0.0000", Draw(Method("perfect", new float[50])).Texts());

    [Fact]
    public void The_file_stays_small_however_many_rows_there_are()
    {
        var evaluation = SyntheticResults.Evaluation(21892);
        Assert.Equal(9, evaluation.Methods.Count);
        Assert.InRange(ErrorDistributionFigure.Draw("gap-errors", evaluation).Svg.Length, 1000, 30_000);
    }

    private static System.Xml.Linq.XElement Draw(params MethodScore[] methods) =>
        Markup.Parse(ErrorDistributionFigure.Draw("gap-errors", SyntheticResults.Evaluation(10) with { Methods = methods }));

    private static MethodScore Method(string name, float[] errors)
    {
        var finite = errors.Where(float.IsFinite).DefaultIfEmpty(float.NaN).ToArray();
        var summary = new ErrorSummary(finite.Average(), finite[0], finite.Min(), finite.Max());
        return new(name, summary, summary, summary, errors.Count(float.IsFinite), [], new(errors, errors, errors), false, false);
    }
}
