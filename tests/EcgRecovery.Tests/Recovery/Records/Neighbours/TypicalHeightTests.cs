using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class TypicalHeightTests
{
    // 10 ms are five samples here: w = 1/6 at the ends and 1 from the sixth sample on.
    private const double Hz = 500;
    private static readonly double[] s_wave = [.. Enumerable.Range(0, 100).Select(t => Math.Sin(2 * Math.PI * t / 25))];

    [Fact]
    public void An_estimate_lower_than_the_places_is_raised_but_not_at_the_ends()
    {
        var raised = TypicalHeight.Of(s_wave, new float[100], 1.21 * 50, Hz);
        for (var t = 5; t < 95; t++)
            Assert.Equal(1.1 * s_wave[t], raised[t], 1e-5);
        Assert.Equal((1 + (0.1 / 6)) * s_wave[^1], raised[^1], 1e-5);
    }

    [Theory]
    [InlineData(100, 1.5)]
    [InlineData(0.1, 1)]
    public void The_factor_has_bounds(double expected, double factor)
    {
        var raised = TypicalHeight.Of(s_wave, new float[100], 50 * expected, Hz);
        Assert.Equal(factor * s_wave[6], raised[6], 1e-5);
    }

    // The mean keeps 90 % of the squares: half of 20 %.
    [Fact]
    public void A_mean_counts_by_how_little_it_is_blurred()
    {
        var mean = Array.ConvertAll(s_wave, value => (float)(-Math.Sqrt(0.9) * value));
        var mixed = TypicalHeight.Of(s_wave, mean, 50, Hz);
        // The half of each, 1.5 times as high.
        Assert.Equal(1.5 * 0.5 * (s_wave[6] + mean[6]), mixed[6], 1e-5);
    }

    [Fact]
    public void What_does_not_vary_stays() => Assert.Equal([2f, 2, 2], TypicalHeight.Of([2, 2, 2], [1, 1, 1], 0, Hz));

    [Fact]
    public void Squares_are_about_the_mean() => Assert.Equal(2, TypicalHeight.Squares([1, 2, 3]), 1e-12);
}
