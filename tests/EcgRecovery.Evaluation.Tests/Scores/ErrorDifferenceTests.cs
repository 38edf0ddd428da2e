using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class ErrorDifferenceTests
{
    // Two drawn means each: differences −0.1 and −0.2, ratios 0.5 and 0.6; an interval of two draws reaches 0.025 of the way in.
    [Fact]
    public void Resamples_are_compared_one_by_one()
    {
        var difference = ErrorDifference.Of(0.2, [0.1, 0.3], 0.4, [0.2, 0.5]);
        Assert.Equal(-0.2, difference.Absolute.Value, 1e-12);
        Assert.Equal(-0.1975, difference.Absolute.Low, 1e-12);
        Assert.Equal(-0.1025, difference.Absolute.High, 1e-12);
        Assert.Equal(-0.5, difference.Relative.Value, 1e-12);
        Assert.Equal(-0.4975, difference.Relative.Low, 1e-12);
        Assert.Equal(-0.4025, difference.Relative.High, 1e-12);
        Assert.True(difference.Relative.ExcludesZero);
    }

    [Theory]
    [InlineData(-0.1, 0.1, false)]
    [InlineData(0, 0.1, false)]
    [InlineData(0.01, 0.1, true)]
    [InlineData(-0.2, -0.1, true)]
    [InlineData(double.NaN, double.NaN, false)]
    public void An_interval_excludes_zero_where_both_ends_lie_on_one_side(double low, double high, bool excludes) =>
        Assert.Equal(excludes, new DifferenceSummary(0, low, high).ExcludesZero);
}
