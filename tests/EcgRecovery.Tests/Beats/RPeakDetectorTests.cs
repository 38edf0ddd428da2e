using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

public class RPeakDetectorTests
{
    private const double Minute = 60;

    [Theory]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(250)]
    [InlineData(360)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Finds_every_peak_at_any_sampling_frequency(double frequency)
    {
        var lead = new SyntheticLead(frequency, Minute, SyntheticLead.IrregularBeats(Minute));
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, frequency), frequency);
    }

    [Theory]
    [InlineData(-1f, 0f)]
    [InlineData(1000f, 0f)]
    [InlineData(0.001f, 5f)]
    public void Unit_sign_and_offset_do_not_matter(float gain, float offset)
    {
        var lead = new SyntheticLead(360, Minute, SyntheticLead.IrregularBeats(Minute));
        var changed = Array.ConvertAll(lead.MilliVolts, value => (gain * value) + offset);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(changed, 360), 360);
    }

    [Fact]
    public void A_beat_at_either_edge_is_found()
    {
        var lead = new SyntheticLead(360, 10, [0.1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9.9]);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, 360), 360);
    }

    [Fact]
    public void A_record_of_one_second_is_enough()
    {
        var lead = new SyntheticLead(250, 1, [0.5]);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, 250), 250);
    }

    [Fact]
    public void Tall_T_waves_are_no_beats()
    {
        var lead = new SyntheticLead(360, Minute, SyntheticLead.IrregularBeats(Minute), tWave: 1.2);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, 360), 360);
    }

    [Fact]
    public void A_weak_beat_is_found_by_searching_back()
    {
        var beats = SyntheticLead.IrregularBeats(Minute);
        var lead = new SyntheticLead(360, Minute, beats, gain: beat => beat == beats[30] ? 0.35 : 1);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, 360), 360);
        var withoutSearch = RPeakDetector.Detect(lead.MilliVolts, 360, new RPeakDetectorOptions { SearchBackThreshold = 1 });
        Assert.Equal(lead.Peaks.Length - 1, withoutSearch.Length);
    }

    [Fact]
    public void When_the_amplitude_falls_to_a_fifth_no_beat_is_lost()
    {
        var lead = new SyntheticLead(360, 2 * Minute, SyntheticLead.IrregularBeats(2 * Minute), gain: beat => beat < Minute ? 5 : 1);
        AssertPeaks(lead.Peaks, RPeakDetector.Detect(lead.MilliVolts, 360), 360);
    }

    [Fact]
    public void A_lead_that_fell_off_has_no_beats_until_it_is_back()
    {
        var lead = new SyntheticLead(360, 2 * Minute, SyntheticLead.IrregularBeats(2 * Minute));
        int start = 40 * 360, end = 75 * 360;
        lead.MilliVolts.AsSpan(start, end - start).Fill(lead.MilliVolts[start]);
        var found = RPeakDetector.Detect(lead.MilliVolts, 360);
        // The edge back to the signal may look like a beat; between the edges there is nothing.
        Assert.DoesNotContain(found, peak => peak > start + 36 && peak < end - 36);
        AssertPeaks(
            [.. lead.Peaks.Where(peak => peak < start - 180 || peak > end + 180)],
            [.. found.Where(peak => peak < start - 180 || peak > end + 180)],
            360);
    }

    [Fact]
    public void Beats_beside_a_gap_are_found_and_none_inside()
    {
        var lead = new SyntheticLead(360, Minute, SyntheticLead.IrregularBeats(Minute));
        var peaks = lead.Peaks;
        var gap = new SampleSpan(peaks[20] - 100, peaks[23] + 100);
        lead.MilliVolts.AsSpan(gap.ToRange()).Fill(float.NaN);
        AssertPeaks([.. peaks.Where(peak => !gap.Contains(peak))], RPeakDetector.Detect(lead.MilliVolts, 360), 360);
    }

    [Fact]
    public void A_gap_of_half_a_minute_does_not_count_as_time_without_a_beat()
    {
        var lead = new SyntheticLead(360, 2 * Minute, SyntheticLead.IrregularBeats(2 * Minute));
        var gap = new SampleSpan(lead.Peaks[40] + 150, (lead.Peaks[40] + (30 * 360)));
        lead.MilliVolts.AsSpan(gap.ToRange()).Fill(float.NaN);
        var expected = lead.Peaks.Where(peak => peak < gap.Start || peak > gap.End + 36).ToArray();
        var found = RPeakDetector.Detect(lead.MilliVolts, 360);
        AssertPeaks(expected, [.. found.Where(peak => peak < gap.Start || peak > gap.End + 36)], 360);
        Assert.DoesNotContain(found, peak => gap.Contains(peak));
    }

    [Fact]
    public void Single_missing_samples_and_missing_ends_do_no_harm()
    {
        var lead = new SyntheticLead(360, Minute, SyntheticLead.IrregularBeats(Minute, first: 1));
        for (var t = 0; t < lead.MilliVolts.Length; t += 10)
            lead.MilliVolts[t] = t % 20 == 0 ? float.NaN : float.PositiveInfinity;
        lead.MilliVolts.AsSpan(0, 100).Fill(float.NaN);
        lead.MilliVolts.AsSpan(^100..).Fill(float.NaN);
        var found = RPeakDetector.Detect(lead.MilliVolts, 360);
        AssertPeaks(lead.Peaks, found, 360);
        Assert.All(found, peak => Assert.True(float.IsFinite(lead.MilliVolts[peak])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3600)]
    public void A_flat_or_missing_lead_has_no_peaks(int length)
    {
        var flat = new float[length];
        Assert.Empty(RPeakDetector.Detect(flat, 360));
        Array.Fill(flat, 3.7f);
        Assert.Empty(RPeakDetector.Detect(flat, 360));
        Array.Fill(flat, float.NaN);
        Assert.Empty(RPeakDetector.Detect(flat, 360));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-360)]
    [InlineData(79)]
    [InlineData(1e12)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_a_sampling_frequency_that_cannot_carry_a_QRS_complex(double frequency) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RPeakDetector.Detect(new float[1000], frequency));

    [Fact]
    public void Memory_is_that_of_the_beats_not_of_the_samples()
    {
        var lead = new SyntheticLead(1000, 10 * Minute, SyntheticLead.IrregularBeats(10 * Minute));
        RPeakDetector.Detect(lead.MilliVolts.AsSpan(0, 5000), 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = RPeakDetector.Detect(lead.MilliVolts, 1000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(lead.Peaks.Length, found.Length);
        Assert.True(allocated < lead.MilliVolts.Length / 2, $"{allocated} bytes for {lead.MilliVolts.Length} samples");
    }

    [Fact]
    public void Peaks_become_beats_that_nobody_classified()
    {
        var annotations = RPeakDetector.ToAnnotations([100, 400]);
        Assert.Equal([100, 400], annotations.Select(annotation => annotation.Sample));
        Assert.All(annotations, annotation => Assert.Equal(AamiClass.Q, BeatCode.ClassOf(annotation.Code)));
    }

    private static void AssertPeaks(int[] expected, int[] found, double frequency)
    {
        Assert.Equal(expected.Length, found.Length);
        // 10 ms, the reach of the last step, and a sample of rounding.
        var tolerance = (int)Math.Ceiling(0.010 * frequency) + 1;
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(found[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
