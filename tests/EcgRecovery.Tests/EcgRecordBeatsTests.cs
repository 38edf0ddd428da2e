using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests;

public class EcgRecordBeatsTests
{
    private const double Hz = 250;
    private const double Seconds = 120;
    private static readonly double[] s_beats = SyntheticLead.IrregularBeats(Seconds);
    private static readonly SyntheticLead s_lead = new(Hz, Seconds, s_beats);

    [Fact]
    public void In_a_polysomnography_the_lead_named_as_an_ECG_is_taken()
    {
        var found = Find(("EEG C3-A2", Noise(1)), ("EOG left", Noise(2)), ("ECG II", s_lead.MilliVolts), ("EMG Chin", Noise(3)));
        Assert.Equal((2, 1), (found.Lead, found.Leads.Count));
        AssertPeaks(found.Peaks);
        Assert.Empty(found.Doubtful);
    }

    [Fact]
    public void Without_a_lead_that_may_be_an_ECG_the_leads_are_named()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Find(("EEG C3-A2", Noise(1)), ("Resp", Noise(2))));
        Assert.Contains("EEG C3-A2 (mV), Resp (mV)", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Record(("II", Noise(1))).FindRPeaks([1]));
    }

    [Fact]
    public void T_waves_of_one_weak_lead_are_no_beats_if_another_lead_shows_the_QRS_complexes()
    {
        // QRS complexes a third as high, T waves narrower and as high as them, late enough to be outside the T wave's rule.
        var weak = WithTWaves(new SyntheticLead(Hz, Seconds, s_beats, gain: _ => 0.15), s_beats);
        Assert.True(RPeakDetector.Detect(weak, Hz).Length > 1.5 * s_beats.Length);
        var found = Find(("I", weak), ("II", s_lead.MilliVolts));
        Assert.Equal((1, 2), (found.Lead, found.Leads.Count));
        AssertPeaks(found.Peaks);
    }

    [Fact]
    public void Of_twelve_leads_three_dead_ones_do_no_harm()
    {
        string[] names = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];
        var found = Find([.. names.Select((name, i) => (name, i is 1 or 4 or 7 ? new float[s_lead.MilliVolts.Length] : Scaled(i + 1)))]);
        Assert.Equal(9, found.Leads.Count);
        Assert.DoesNotContain(found.Lead, (IEnumerable<int>)[1, 4, 7]);
        AssertPeaks(found.Peaks);
        Assert.Empty(found.Doubtful);
    }

    [Fact]
    public void A_lead_that_falls_off_is_replaced_by_the_other()
    {
        var first = s_lead.MilliVolts.ToArray();
        first.AsSpan((int)(40 * Hz)).Fill(first[(int)(40 * Hz)]);
        AssertPeaks(Find(("II", first), ("V5", Scaled(2))).Peaks);
        var missing = s_lead.MilliVolts.ToArray();
        missing.AsSpan((int)(40 * Hz), (int)(50 * Hz)).Fill(float.NaN);
        AssertPeaks(Find(("II", missing), ("V5", Scaled(2))).Peaks);
    }

    [Fact]
    public void A_dead_recording_is_reported_from_end_to_end()
    {
        var flat = Enumerable.Repeat(1.5f, (int)(Seconds * Hz)).ToArray();
        foreach (var found in new[] { Find(("II", flat)), Find(("II", flat), ("V5", flat)) })
        {
            Assert.Empty(found.Peaks);
            Assert.Equal([new DoubtfulBeats(new SampleSpan(0, flat.Length), DoubtCause.Flat)], found.Doubtful);
        }
    }

    [Fact]
    public void Fibrillation_and_noise_are_reported_where_they_are()
    {
        foreach (var (stretch, cause) in new[]
        {
            (SyntheticNoise.Fibrillation(30, Hz), DoubtCause.Fibrillation), (SyntheticNoise.White(30, Hz), DoubtCause.Noise),
        })
        {
            var lead = s_lead.MilliVolts.ToArray();
            stretch.CopyTo(lead.AsSpan((int)(60 * Hz)));
            foreach (var found in new[] { Find(("II", lead)), Find(("II", lead), ("V5", lead)) })
            {
                Assert.All(found.Doubtful, doubt => Assert.Equal(cause, doubt.Cause));
                var seconds = found.Doubtful.Sum(doubt => doubt.Span.Length) / Hz;
                Assert.InRange(seconds, 20, 40);
                Assert.All(found.Doubtful, doubt => Assert.InRange(doubt.Span.Start, 50 * Hz, 90 * Hz));
            }

            // One good lead is enough against noise; the rhythm is the same in all.
            if (cause == DoubtCause.Noise)
                Assert.Empty(Find(("II", lead), ("V5", s_lead.MilliVolts)).Doubtful);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(2400)]
    [InlineData(2600)]
    public void Short_recordings_of_any_length_are_taken(int length)
    {
        var samples = s_lead.MilliVolts[..length];
        var expected = RPeakDetector.Detect(samples, Hz).Length;
        Assert.Equal(expected, Find(("II", samples)).Peaks.Count);
        Assert.InRange(Find(("II", samples), ("V5", Scaled(3)[..length])).Peaks.Count, expected - 1, expected + 1);
        Assert.Empty(Find(("II", new float[length]), ("V5", Enumerable.Repeat(float.NaN, length).ToArray())).Peaks);
    }

    [Fact]
    public void Leads_of_another_frequency_are_left_out_and_slow_ones_refused()
    {
        var slow = new EcgLead { Name = "V1", SamplingFrequencyHz = 50, PhysicalValues = new MemorySamples<double>(new double[500]) };
        var other = new SyntheticLead(500, Seconds, s_beats);
        var record = Record(("II", s_lead.MilliVolts));
        record = new EcgRecord(record) { Leads = [slow, Lead("V5", other.MilliVolts, 500), record.Leads[0]] };
        var found = record.FindRPeaks(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (found.Lead, found.Leads.Count));
        Assert.Throws<InvalidDataException>(() => record.FindRPeaks([0]));
    }

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(Seconds * Hz)).Select(_ => (float)random.NextDouble())];
    }

    private static float[] Scaled(int factor) => Array.ConvertAll(s_lead.MilliVolts, value => value * factor / 3);

    private static float[] WithTWaves(SyntheticLead lead, double[] beats) =>
    [
        .. lead.MilliVolts.Select((value, t) =>
            value + (float)beats.Sum(beat => 0.2 * Math.Exp(-0.5 * Math.Pow(((t / Hz) - beat - 0.4) / 0.02, 2))))
    ];

    private static FoundRPeaks Find(params (string Name, float[] Samples)[] leads) =>
        Record(leads).FindRPeaks(cancellationToken: TestContext.Current.CancellationToken);

    private static EcgRecord Record(params (string Name, float[] Samples)[] leads) => new()
    {
        Name = "r",
        SamplingFrequencyHz = Hz,
        Leads = [.. leads.Select(lead => Lead(lead.Name, lead.Samples, Hz))],
    };

    private static EcgLead Lead(string name, float[] samples, double hz) => new()
    {
        Name = name,
        SamplingFrequencyHz = hz,
        PhysicalValues = new MemorySamples<double>(Array.ConvertAll(samples, sample => (double)sample)),
    };

    private static void AssertPeaks(IReadOnlyList<long> found)
    {
        Assert.Equal(s_lead.Peaks.Length, found.Count);
        Assert.All(s_lead.Peaks.Zip(found), pair => Assert.InRange(pair.Second, pair.First - 4, pair.First + 4));
    }
}
