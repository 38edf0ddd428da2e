using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Tests;

/// <summary>The front door: an array with NaN in it is filled.</summary>
public class EcgSignalTests
{
    private const float N = float.NaN;

    private static string Names => RecoveryMethods.Names(RecoveryMethods.ForRecords);

    [Fact]
    public void Fills_the_gaps_of_an_array()
    {
        float[] broken = [1, N, N, 4, N];
        Assert.Equal([1, 2, 3, 4, 4], EcgSignal.Fill(broken, 360));
        Assert.True(float.IsNaN(broken[1]));
    }

    [Fact]
    public void Fills_several_leads()
    {
        float[][] filled = EcgSignal.Fill([[1, N, 3], [N, 5, 6]], 500);
        Assert.Equal([1, 2, 3], filled[0]);
        Assert.Equal([5, 5, 6], filled[1]);
        Assert.Empty(EcgSignal.Fill(Array.Empty<float[]>(), 500));
    }

    [Fact]
    public void Reports_where_each_sample_comes_from()
    {
        var recovered = EcgSignal.Recover([1, N, N, 4], 360, new RecoveryOptions { Method = "hold" });
        Assert.Equal("hold", recovered.Method);
        Assert.Equal([1, 1, 1, 4], recovered.Samples);
        Assert.Equal([SampleOrigin.Measured, SampleOrigin.Recovered, SampleOrigin.Recovered, SampleOrigin.Measured], recovered.Origin);
        Assert.Equal([new RecoveredGap(new SampleSpan(1, 3), "hold")], recovered.Gaps);
        Assert.Equal((2L, 2), (recovered.MissingCount, recovered.RecoveredCount));
        Assert.Null(recovered.Lower);
        Assert.Null(recovered.IntervalLevel);
    }

    // 4 samples at 100 Hz are 0.04 s, 5 are 0.05 s.
    [Fact]
    public void A_gap_that_is_too_long_stays_missing_and_says_so()
    {
        var options = new RecoveryOptions { Method = "linear", MaximumGapSeconds = 0.04 };
        var recovered = EcgSignal.Recover([0, N, N, N, N, 5, N, N, N, N, N, 11], 100, options);
        Assert.Equal([new(new(1, 5), "linear"), new RecoveredGap(new SampleSpan(6, 11), null, "longer than 0.04 s")], recovered.Gaps);
        Assert.Equal([0, 1, 2, 3, 4, 5, N, N, N, N, N, 11], recovered.Samples);
        Assert.Equal((9L, 4), (recovered.MissingCount, recovered.RecoveredCount));
    }

    [Fact]
    public void A_gap_without_signal_like_that_around_it_is_filled_by_a_straight_line_and_says_so()
    {
        var recovered = EcgSignal.Recover([1, N, N, 4], 360);
        Assert.Equal("record", recovered.Method);
        Assert.Equal([new RecoveredGap(new SampleSpan(1, 3), "linear", "too little signal like that around it")], recovered.Gaps);
        Assert.Equal([1, 2, 3, 4], recovered.Samples);
    }

    [Fact]
    public void Observed_samples_keep_their_bits()
    {
        float[] broken = [-0f, float.Epsilon, N, float.MaxValue];
        var filled = EcgSignal.Fill(broken, 250);
        foreach (var t in new[] { 0, 1, 3 })
            Assert.Equal(BitConverter.SingleToInt32Bits(broken[t]), BitConverter.SingleToInt32Bits(filled[t]));
    }

    [Fact]
    public void Without_a_missing_sample_it_is_a_copy()
    {
        float[] whole = [1, 2, 3];
        var filled = EcgSignal.Fill(whole, 360);
        Assert.Equal(whole, filled);
        Assert.NotSame(whole, filled);
        Assert.Empty(EcgSignal.Recover(whole, 360).Gaps);
        Assert.Empty(EcgSignal.Fill([], 360));
        Assert.Empty(EcgSignal.Recover([], 360).Samples);
    }

    [Fact]
    public void Without_an_observed_sample_it_stays_missing()
    {
        var recovered = EcgSignal.Recover([N, N], 360);
        Assert.All(recovered.Samples, sample => Assert.True(float.IsNaN(sample)));
        Assert.Equal([SampleOrigin.Missing, SampleOrigin.Missing], recovered.Origin);
        Assert.Equal([new RecoveredGap(new SampleSpan(0, 2), null, "no sample is observed")], recovered.Gaps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_impossible_frequency_is_refused(double samplingFrequencyHz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EcgSignal.Fill([1, N, 2], samplingFrequencyHz));

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void An_impossible_longest_gap_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EcgSignal.Recover([1, N, 2], 360, new RecoveryOptions { MaximumGapSeconds = seconds }));

    [Fact]
    public void An_infinite_sample_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => EcgSignal.Fill([[1, N], [2, float.NegativeInfinity]], 360));
        Assert.StartsWith(
            "Sample 1 of lead 1 is infinite; expected a finite number, or NaN where it is missing.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Leads_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => EcgSignal.Fill([[1, N], [2]], 360));
        Assert.StartsWith("Lead 1 has 1 samples; expected 2, as lead 0.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("liner", "'liner' is neither a method nor a model file; expected NAMES or a file.")]
    [InlineData("beat", "beat recovers single heartbeats only; expected one of NAMES.")]
    public void A_method_that_cannot_do_it_is_refused(string method, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => EcgSignal.Recover([1, N, 2], 360, new RecoveryOptions { Method = method }));
        Assert.Equal(message.Replace("NAMES", Names, StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public void A_model_file_that_is_not_there_is_named() =>
        Assert.Throws<FileNotFoundException>(
            () => EcgSignal.Recover([1, N, 2], 360, new RecoveryOptions { Method = "no/such.safetensors" }));

    [Fact]
    public void Progress_ends_at_1_and_a_cancelled_call_ends()
    {
        var shares = new List<double>();
        EcgSignal.Recover([[1, N], [2, N]], 360, progress: new Listener(shares));
        Assert.Equal([0.5, 1], shares);
        Assert.Throws<OperationCanceledException>(
            () => EcgSignal.Recover([1, N], 360, cancellationToken: new CancellationToken(canceled: true)));
    }

    private sealed class Listener(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
