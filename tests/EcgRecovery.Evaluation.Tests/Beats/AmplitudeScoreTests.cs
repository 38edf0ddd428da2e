using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class AmplitudeScoreTests
{
    private static readonly SampleSpan s_gap = new(100, 105);

    // Squares about the mean: truth 0 1 0 1 0.5 → 1, half as tall → 1/4; truth 0 0.2 0.2 0.2 0.2 → 0.032, flat → 0.
    [Fact]
    public void The_variance_ratio_pools_the_rows()
    {
        var sum = new AmplitudeSum();
        sum.Add(Beat(0, 1, 0, 1, 0.5f), Beat(0.25f, 0.75f, 0.25f, 0.75f, 0.5f), s_gap, 187);
        Assert.Equal(0.25, sum.Score()!.VarianceRatio, 1e-7);
        sum.Add(Beat(0, 0.2f, 0.2f, 0.2f, 0.2f), Beat(0.3f, 0.3f, 0.3f, 0.3f, 0.3f), s_gap, 187);
        Assert.Equal(0.25 / 1.032, sum.Score()!.VarianceRatio, 1e-7);
    }

    [Fact]
    public void Only_real_samples_count()
    {
        var sum = new AmplitudeSum();
        sum.Add(Beat(0, 1, 0, 0, 0), Beat(0, 0.5f, 9, 9, 9), s_gap, realLength: 102);
        Assert.Equal(0.25, sum.Score()!.VarianceRatio, 1e-7);
        // The highest sample is the last real one: no peak inside.
        Assert.Equal(0, sum.Score()!.TallPeaks);
        Assert.True(double.IsNaN(sum.Score()!.PeakRatio));

        var padding = new AmplitudeSum();
        padding.Add(Beat(0, 0, 0, 0, 0), Beat(1, 0, 1, 0, 1), s_gap, realLength: 100);
        Assert.Null(padding.Score());
    }

    [Theory]
    [InlineData(0.8f, 1)]
    [InlineData(1f, 1)]
    [InlineData(0.79f, 0)]
    public void A_peak_counts_from_0_8_of_the_height_on(float height, int peaks)
    {
        var sum = new AmplitudeSum();
        sum.Add(Beat(0.1f, 0.3f, height, 0.2f, 0.1f), Beat(0.1f, 0.2f, 0.5f, 0.6f, 0.1f), s_gap, 187);
        Assert.Equal(peaks, sum.Score()!.TallPeaks);
    }

    [Fact]
    public void What_is_highest_on_the_gaps_edge_is_no_peak()
    {
        var sum = new AmplitudeSum();
        sum.Add(Beat(1, 0.9f, 0.8f, 0.7f, 0.6f), Beat(1, 1, 1, 1, 1), s_gap, 187);
        sum.Add(Beat(0.6f, 0.7f, 0.8f, 0.9f, 0.9f), Beat(1, 1, 1, 1, 1), s_gap, 187);
        Assert.Equal(0, sum.Score()!.TallPeaks);
    }

    // Peaks of 1 and 0.8 recovered as 0.5 (a sample late) and as 1.2: ratios 0.5 and 1.5, differences −0.5 and 0.4.
    [Fact]
    public void Ratio_and_bias_are_means_over_the_peaks()
    {
        var sum = new AmplitudeSum();
        sum.Add(Beat(0, 0, 1, 0, 0), Beat(0, 0, 0.25f, 0.5f, 0), s_gap, 187);
        sum.Add(Beat(0, 0.8f, 0, 0, 0), Beat(0, 1.2f, 0, 0, 0), s_gap, 187);
        var score = sum.Score()!;
        Assert.Equal(2, score.TallPeaks);
        Assert.Equal(1, score.PeakRatio, 1e-7);
        Assert.Equal(-0.05, score.PeakBias, 1e-7);
    }

    [Fact]
    public void A_recovered_peak_counts_within_five_samples_and_no_farther()
    {
        var gap = new SampleSpan(50, 80);
        var original = new float[HeartbeatSet.BeatLength];
        original[60] = 1;
        foreach (var (at, height) in new[] { (65, 0.5), (66, 0.0), (55, 0.5), (54, 0.0) })
        {
            var recovered = new float[HeartbeatSet.BeatLength];
            recovered[at] = 0.5f;
            var sum = new AmplitudeSum();
            sum.Add(original, recovered, gap, 187);
            Assert.Equal(height, sum.Score()!.PeakRatio);
        }
    }

    private static float[] Beat(params float[] gap)
    {
        var beat = new float[HeartbeatSet.BeatLength];
        gap.CopyTo(beat, s_gap.Start);
        return beat;
    }
}
