using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class AmplitudeScoreTests
{
    // Squares about the mean: truth 0 1 0 1 0.5 → 1, half as tall → 1/4; truth 0 0.2 0.2 0.2 0.2 → 0.032, flat → 0.
    [Fact]
    public void The_variance_ratio_pools_the_gaps()
    {
        var sum = Sum();
        sum.Add([0, 1, 0, 1, 0.5f], [0.25f, 0.75f, 0.25f, 0.75f, 0.5f]);
        Assert.Equal(0.25, sum.Score()!.VarianceRatio, 1e-7);
        sum.Add([0, 0.2f, 0.2f, 0.2f, 0.2f], [0.3f, 0.3f, 0.3f, 0.3f, 0.3f]);
        Assert.Equal(0.25 / 1.032, sum.Score()!.VarianceRatio, 1e-7);
    }

    [Fact]
    public void Without_a_peak_inside_there_is_no_peak_ratio_and_without_lost_samples_no_score()
    {
        var sum = Sum();
        sum.Add([0, 1], [0, 0.5f]);
        Assert.Equal(0.25, sum.Score()!.VarianceRatio, 1e-7);
        // The highest sample is the last one: no peak inside.
        Assert.Equal(0, sum.Score()!.TallPeaks);
        Assert.True(double.IsNaN(sum.Score()!.PeakRatio));

        var nothing = Sum();
        nothing.Add([], []);
        Assert.Null(nothing.Score());
    }

    [Theory]
    [InlineData(0.8f, 1)]
    [InlineData(1f, 1)]
    [InlineData(0.79f, 0)]
    public void A_peak_counts_from_the_minimum_height_on(float height, int peaks)
    {
        var sum = Sum();
        sum.Add([0.1f, 0.3f, height, 0.2f, 0.1f], [0.1f, 0.2f, 0.5f, 0.6f, 0.1f]);
        Assert.Equal(peaks, sum.Score()!.TallPeaks);
    }

    [Fact]
    public void The_highest_sample_is_no_peak_at_the_gaps_edge()
    {
        var sum = Sum();
        sum.Add([1, 0.9f, 0.8f, 0.7f, 0.6f], [1, 1, 1, 1, 1]);
        sum.Add([0.6f, 0.7f, 0.8f, 0.9f, 0.9f], [1, 1, 1, 1, 1]);
        Assert.Equal(0, sum.Score()!.TallPeaks);
    }

    // Peaks of 1 and 0.8 recovered as 0.5 (a sample late) and as 1.2: ratios 0.5 and 1.5, differences −0.5 and 0.4.
    [Fact]
    public void Ratio_and_bias_are_means_over_the_peaks()
    {
        var sum = Sum();
        sum.Add([0, 0, 1, 0, 0], [0, 0, 0.25f, 0.5f, 0]);
        sum.Add([0, 0.8f, 0, 0, 0], [0, 1.2f, 0, 0, 0]);
        var score = sum.Score()!;
        Assert.Equal(2, score.TallPeaks);
        Assert.Equal(1, score.PeakRatio, 1e-7);
        Assert.Equal(-0.05, score.PeakBias, 1e-7);
    }

    [Fact]
    public void A_recovered_peak_counts_within_five_samples_and_no_farther()
    {
        var original = new float[30];
        original[10] = 1;
        foreach (var (at, height) in new[] { (15, 0.5), (16, 0.0), (5, 0.5), (4, 0.0) })
        {
            var recovered = new float[30];
            recovered[at] = 0.5f;
            var sum = Sum();
            sum.Add(original, recovered);
            Assert.Equal(height, sum.Score()!.PeakRatio);
        }
    }

    private static AmplitudeSum Sum() => new(minimumHeight: 0.8, samplesAround: 5);
}
