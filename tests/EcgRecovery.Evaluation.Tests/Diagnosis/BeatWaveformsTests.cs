using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class BeatWaveformsTests
{
    [Theory]
    [InlineData(120)]
    [InlineData(250)]
    [InlineData(360)]
    [InlineData(1000)]
    public void The_R_peak_is_at_the_same_sample_at_every_frequency(double frequency)
    {
        var lead = SyntheticLead.Of(frequency, 30);
        var window = Of(lead).Window(4);
        Assert.Equal(BeatWaveforms.Length, window.Length);
        Assert.Equal(BeatWaveforms.Before, Array.IndexOf(window, window.Max()));
        // R of 1.1 mV, less what Q and S take away at its place: 0.1·e^(−2.6²/2) and 0.2·e^(−(30/11)²/2).
        Assert.InRange(window.Max(), 1.05, 1.11);
    }

    [Fact]
    public void Outside_the_lead_and_in_gaps_samples_are_missing()
    {
        var lead = SyntheticLead.Of(120, 10);
        lead.MilliVolts.AsSpan(lead.RPeaks[5] + 10, 20).Fill(float.NaN);
        lead.MilliVolts[lead.RPeaks[5] + 50] = float.PositiveInfinity;
        var window = Of(lead).Window(5);
        int[] missing = [.. Enumerable.Range(0, window.Length).Where(t => float.IsNaN(window[t]))];
        Assert.Equal([.. Enumerable.Range(BeatWaveforms.Before + 10, 20), BeatWaveforms.Before + 50], missing);
        var atStart = Of(lead with { RPeaks = [5, 200] }).Window(0);
        Assert.Equal(BeatWaveforms.Before - 5, atStart.Count(float.IsNaN));
    }

    [Fact]
    public void The_typical_beat_is_the_median_of_those_around_it()
    {
        // Beats of 1, 2, 3, 4 and 90 mV.
        var milliVolts = new float[1000];
        int[] peaks = [100, 300, 500, 700, 900];
        foreach (var (peak, height) in peaks.Zip([2f, 90f, 1f, 4f, 3f]))
            milliVolts[peak] = height;
        var typical = new float[BeatWaveforms.Length];
        Of(new LabelledLead("x", milliVolts, 120, peaks, new AamiClass?[5])).Typical(1, typical);
        Assert.Equal(3, typical[BeatWaveforms.Before]);
        Assert.Equal(1, typical.Count(value => value != 0));
    }

    [Fact]
    public void A_run_of_other_beats_is_not_typical()
    {
        // 201 beats around the one in question, of which the 60 nearest are others.
        var lead = SyntheticLead.Of(120, 220);
        foreach (var peak in lead.RPeaks[80..140])
            lead.MilliVolts.AsSpan(peak - 10, 20).Fill(-5);
        var typical = new float[BeatWaveforms.Length];
        Of(lead).Typical(110, typical);
        Assert.InRange(typical[BeatWaveforms.Before], 1, 1.2);
    }

    private static BeatWaveforms Of(LabelledLead lead) => new(
        new MemorySamples<float>(lead.MilliVolts), new Resampler(lead.SamplingFrequencyHz, BeatWaveforms.FrequencyHz), lead.RPeaks);
}
