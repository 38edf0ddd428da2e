using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class RecordResamplingTests
{
    private static readonly EcgRecord s_record = new()
    {
        Name = "r",
        SamplingFrequencyHz = 360,
        Leads =
        [
            new EcgLead
            {
                Name = "I",
                SamplingFrequencyHz = 360,
                AdcUnits = new MemorySamples<int>(
                    [.. Enumerable.Range(0, 3600).Select(t => t is >= 1800 and < 2160 ? EcgLead.MissingAdcUnits : 7)]),
                UnrecordedSpans = [new MissingSpan(new SampleSpan(1800, 2160), MissingCause.TimeGap)],
            },
            new EcgLead
            {
                Name = "II",
                SamplingFrequencyHz = 180,
                PhysicalValues = new MemorySamples<double>([.. Enumerable.Range(0, 1800).Select(t => Math.Sin(t / 9d))]),
            },
        ],
        Annotations = [new Annotation(0, 1), new Annotation(361, 1), new Annotation(3599, 1)],
        Provenance =
        [
            new ProvenanceSpan(0, new SampleSpan(720, 1080), SampleOrigin.Recovered, "linear", "1"),
            new ProvenanceSpan(1, new SampleSpan(0, 90), SampleOrigin.Recovered, "linear", "1"),
        ],
    };

    [Fact]
    public void Every_lead_gets_the_frequency_and_keeps_its_scale()
    {
        var half = RecordResampling.Resample(s_record, 180);
        Assert.Equal(180, half.SamplingFrequencyHz);
        Assert.All(half.Leads, lead => Assert.Equal((180, 1800), (lead.SamplingFrequencyHz, lead.SampleCount)));
        var samples = half.Leads[0].ToAdcUnits();
        Assert.All(samples[..800], value => Assert.Equal(7, value));
        Assert.All(samples[900..1080], value => Assert.Equal(EcgLead.MissingAdcUnits, value));
        Assert.Equal([new MissingSpan(new SampleSpan(900, 1080), MissingCause.TimeGap)], half.Leads[0].UnrecordedSpans);
        Assert.Same(s_record.Leads[1], half.Leads[1]);
        Assert.Equal([0, 181, 1799], half.Annotations.Select(annotation => annotation.Sample));
    }

    [Fact]
    public void What_is_computed_is_marked_and_recovered_stays_recovered()
    {
        var version = typeof(EcgRecord).Assembly.GetName().Version!.ToString(3);
        Assert.Equal(
            [
                // 360…540, and 33⅓ samples of 180 Hz on either side
                new ProvenanceSpan(0, new SampleSpan(326, 574), SampleOrigin.Recovered, "linear", "1"),
                new ProvenanceSpan(0, new SampleSpan(0, 326), SampleOrigin.Derived, "resample", version),
                new ProvenanceSpan(0, new SampleSpan(574, 1800), SampleOrigin.Derived, "resample", version),
                new ProvenanceSpan(1, new SampleSpan(0, 90), SampleOrigin.Recovered, "linear", "1"),
            ],
            RecordResampling.Resample(s_record, 180).Provenance);
    }

    [Fact]
    public void Windows_of_any_length_give_the_same_samples()
    {
        var lead = RecordResampling.Resample(s_record, 257.5).Leads[0];
        var whole = lead.ToAdcUnits();
        var part = new int[100];
        lead.ReadAdcUnits(1234, part);
        Assert.Equal(whole[1234..1334], part);
    }

    [Fact]
    public void A_frequency_that_is_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => RecordResampling.Resample(s_record, 0));
}
