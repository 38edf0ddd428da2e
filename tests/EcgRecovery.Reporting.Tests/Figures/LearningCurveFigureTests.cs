using EcgRecovery.Recovery.Training;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class LearningCurveFigureTests
{
    [Fact]
    public void Losses_that_span_decades_are_drawn_on_a_logarithmic_scale()
    {
        var curve = Curve((1e-2, 1e-2), (1e-4, 1e-4), (1e-6, 1e-6));
        var svg = Draw(curve);
        Assert.Contains("loss of each epoch, logarithmic scale", svg.Texts());
        Assert.Contains("10⁻⁴", svg.Texts());

        // Equal factors are equal steps.
        var points = Assert.Single(svg.Elements("path", "training")).Points();
        Assert.Equal(points[1].Y - points[0].Y, points[2].Y - points[1].Y, 0.11);
        Assert.Equal(LearningCurveFigure.Vertical([1e-2, 1e-6]).Map(1e-4), points[1].Y, 0.05);
    }

    [Fact]
    public void Losses_of_one_size_are_drawn_on_a_linear_scale_from_zero()
    {
        var svg = Draw(Curve((0.04, 0.05), (0.03, 0.035), (0.02, 0.025)));
        Assert.Contains("loss of each epoch", svg.Texts());
        Assert.Contains("0.00", svg.Texts());
        var points = Assert.Single(svg.Elements("path", "training")).Points();
        Assert.Equal(244 - (188 * 0.04 / (0.05 * 1.06)), points[0].Y, 0.05);
    }

    [Fact]
    public void The_legend_names_both_curves_with_their_last_loss()
    {
        var svg = Draw(Curve((1e-2, 1e-2), (1.3e-7, 1.1e-7)));
        Assert.Contains("training 1.3×10⁻⁷", svg.Texts());
        Assert.Contains("validation 1.1×10⁻⁷", svg.Texts());
        Assert.Null(svg.Elements("path", "training").Single().Attribute("stroke-dasharray"));
        Assert.NotNull(svg.Elements("path", "validation").Single().Attribute("stroke-dasharray"));
    }

    [Fact]
    public void Without_validation_there_is_one_curve()
    {
        var svg = Draw(Curve((0.4, double.NaN), (0.3, double.NaN)));
        Assert.Empty(svg.Elements("path", "validation"));
        Assert.DoesNotContain(svg.Texts(), text => text.StartsWith("validation", StringComparison.Ordinal));
    }

    [Fact]
    public void Losses_that_cannot_be_drawn_break_the_curve()
    {
        var svg = Draw(Curve((1, 1), (double.NaN, 1), (0, 1e-3), (1e-3, double.PositiveInfinity), (1e-4, 1e-4)));
        Assert.Equal(3, svg.Elements("path", "training").Single().Points().Count);
        Assert.Equal(4, svg.Elements("path", "validation").Single().Points().Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    public void Any_number_of_epochs_makes_a_drawing(int epochs)
    {
        var svg = Draw(SyntheticResults.Curve("m", 0.1, 0.01, epochs));
        Assert.True(svg.Texts().Count(text => int.TryParse(text, out _)) <= 12);
    }

    private static LearningCurve Curve(params (double Training, double Validation)[] losses) =>
        new("m", [.. losses.Select((loss, i) => new EpochResult(i + 1, loss.Training, loss.Validation, 0.001))]);

    private static System.Xml.Linq.XElement Draw(LearningCurve curve) => Markup.Parse(LearningCurveFigure.Draw("learning-curve", curve));
}
