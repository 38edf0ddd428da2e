using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

public class LeadSpikesTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(128, 1)]
    [InlineData(250, 2)]
    [InlineData(360, 1)]
    [InlineData(360, 3)]
    [InlineData(500, 4)]
    [InlineData(1000, 8)]
    public void Spikes_every_second_do_not_hide_a_beat(double hz, int width)
    {
        var lead = new SyntheticLead(hz, 60, SyntheticLead.IrregularBeats(60));
        var spikes = AddSpikes(lead, width, height: 50, everySeconds: 1);
        Assert.Equal(spikes, LeadSpikes.Find(new SpanValues(lead.MilliVolts), hz));
        var found = RPeakDetector.Detect(lead.MilliVolts, hz);
        Assert.Equal(lead.Peaks.Length, found.Length);
        var tolerance = (int)Math.Ceiling(0.01 * hz) + 1;
        Assert.All(lead.Peaks.Zip(found), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(250)]
    [InlineData(1000)]
    public void No_part_of_a_beat_is_a_spike(double hz)
    {
        var lead = new SyntheticLead(hz, 60, SyntheticLead.IrregularBeats(60), gain: beat => 0.2 + (beat % 3));
        Assert.Empty(LeadSpikes.Find(new SpanValues(lead.MilliVolts), hz));
    }

    [Fact]
    public void Steps_missing_samples_and_wide_pulses_are_no_spikes()
    {
        var samples = new float[3600];
        samples.AsSpan(1000).Fill(5);
        samples.AsSpan(2000, 10).Fill(20);
        samples[3000] = float.NaN;
        samples[3001] = 90;
        samples[3002] = float.NaN;
        Assert.Empty(LeadSpikes.Find(new SpanValues(samples), 360));
    }

    [Fact]
    public void Spikes_of_a_pacemaker_are_kept_where_beats_are_looked_for()
    {
        var lead = new SyntheticLead(500, 60, SyntheticLead.IrregularBeats(60));
        foreach (var peak in lead.Peaks)
            lead.MilliVolts[peak - 60] += 5;
        var values = new SpanValues(lead.MilliVolts);
        var spikes = LeadSpikes.Find(values, 500);
        Assert.Equal(lead.Peaks.Length, spikes.Count);
        Assert.Empty(LeadSpikes.Disturbing(values, spikes, 500, new RPeakDetectorOptions()));
        var found = RPeakDetector.Detect(lead.MilliVolts, 500);
        Assert.Equal(lead.Peaks.Length, found.Length);
        Assert.All(lead.Peaks.Zip(found), pair => Assert.InRange(pair.Second, pair.First - 6, pair.First + 6));
    }

    private static List<SampleSpan> AddSpikes(SyntheticLead lead, int width, float height, double everySeconds)
    {
        var spikes = new List<SampleSpan>();
        for (var seconds = 0.3; seconds < 59; seconds += everySeconds)
        {
            var start = (int)(seconds * lead.SamplingFrequencyHz);
            // Beside the QRS complexes, so that it is known what is a spike.
            if (lead.Peaks.Any(peak => Math.Abs(peak - start) < 0.15 * lead.SamplingFrequencyHz))
                continue;
            foreach (ref var sample in lead.MilliVolts.AsSpan(start, width))
                sample += height;
            spikes.Add(new SampleSpan(start, start + width));
        }

        return spikes;
    }
}
