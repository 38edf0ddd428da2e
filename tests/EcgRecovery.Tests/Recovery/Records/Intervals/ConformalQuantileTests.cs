using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Tests.Recovery.Records.Intervals;

public class ConformalQuantileTests
{
    // (Σ loss + 1)/(n + 1) ≤ 0.5 with 3 gaps: losses may add up to 1. Above 2 lie 1/2 of the second gap and all of the third: too much;
    // above 5, half of the third gap.
    [Fact]
    public void Gaps_count_not_samples() =>
        Assert.Equal(5, ConformalQuantile.OfGaps([[1, 1, 1, 1], [2, 5], [9, 5]], 0.5));

    [Theory]
    [InlineData(18, false)]
    [InlineData(19, true)]
    public void A_level_of_95_percent_needs_19_gaps(int count, bool isKnown)
    {
        float[][] gaps = [.. Enumerable.Range(1, count).Select(i => new[] { (float)i })];
        Assert.Equal(isKnown ? 19 : null, ConformalQuantile.OfGaps(gaps, 0.95));
        Assert.Equal(isKnown ? 19 : null, ConformalQuantile.OfValues(gaps.Select(gap => (double)gap[0]), 0.95));
    }

    [Fact]
    public void Without_gaps_there_is_no_quantile() => Assert.Null(ConformalQuantile.OfGaps([], 0.5));

    [Fact]
    public void A_value_without_bound_counts_as_the_largest()
    {
        Assert.Equal(3, ConformalQuantile.OfValues([double.PositiveInfinity, 1, 3], 0.5));
        Assert.Null(ConformalQuantile.OfValues([double.PositiveInfinity, 1, 3], 0.75));
    }

    // The errors within a gap are alike, gaps are independent; a quantile of all samples would cover too little.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void A_further_gap_is_covered_at_the_level(double level)
    {
        var random = new SeededRandom(1);
        var (covered, trials) = (0.0, 2_000);
        for (var trial = 0; trial < trials; trial++)
        {
            float[][] gaps = [.. Enumerable.Range(0, 41).Select(_ => Gap(random))];
            var quantile = ConformalQuantile.OfGaps(gaps[1..], level)!.Value;
            covered += gaps[0].Count(error => error <= quantile) / (double)gaps[0].Length;
        }

        Assert.InRange(covered / trials, level - 0.01, level + (1.0 / 41) + 0.01);
    }

    private static float[] Gap(SeededRandom random)
    {
        var size = Math.Exp(random.NextGaussian());
        return [.. Enumerable.Range(0, 10).Select(_ => (float)Math.Abs(size * random.NextGaussian()))];
    }
}
