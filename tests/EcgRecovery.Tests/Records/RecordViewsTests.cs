using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class RecordViewsTests
{
    private static readonly EcgRecord s_record = new()
    {
        Name = "r",
        SamplingFrequencyHz = 10,
        StartDate = new DateOnly(2020, 12, 31),
        StartTime = new TimeOnly(23, 59, 59),
        Leads =
        [
            new EcgLead
            {
                Name = "I",
                SamplingFrequencyHz = 10,
                AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, 40)]),
                UnrecordedSpans =
                [
                    new MissingSpan(new SampleSpan(2, 7), MissingCause.TimeGap),
                    new MissingSpan(new SampleSpan(38, 40), MissingCause.NullSegment),
                ],
            },
            new EcgLead
            {
                Name = "II",
                SamplingFrequencyHz = 20,
                PhysicalValues = new MemorySamples<double>([.. Enumerable.Range(0, 80).Select(t => t / 2d)]),
            },
        ],
        Annotations = [new Annotation(4, 1), new Annotation(5, 1), new Annotation(24, 1, OnsetSeconds: 2.41m), new Annotation(25, 1)],
        Provenance =
        [
            new ProvenanceSpan(1, new SampleSpan(0, 14), SampleOrigin.Recovered),
            new ProvenanceSpan(0, new SampleSpan(30, 35), SampleOrigin.Derived),
        ],
    };

    [Fact]
    public void Samples_and_all_that_speaks_of_them_begin_anew()
    {
        var stretch = s_record.Cut(new SampleSpan(5, 25));
        Assert.Equal(Enumerable.Range(5, 20), stretch.Leads[0].ToAdcUnits());
        Assert.Equal([5f, 5.5f, 6f], stretch.Leads[1].ToMilliVolts()[..3]);
        Assert.Equal(40, stretch.Leads[1].SampleCount);
        Assert.Equal([new MissingSpan(new SampleSpan(0, 2), MissingCause.TimeGap)], stretch.Leads[0].UnrecordedSpans);
        Assert.Equal([new Annotation(0, 1), new Annotation(19, 1, OnsetSeconds: 1.91m)], stretch.Annotations);
        Assert.Equal([new ProvenanceSpan(1, new SampleSpan(0, 4), SampleOrigin.Recovered)], stretch.Provenance);
    }

    [Fact]
    public void The_clock_goes_on_past_midnight()
    {
        var stretch = s_record.Cut(new SampleSpan(15, 20));
        Assert.Equal(new DateOnly(2021, 1, 1), stretch.StartDate);
        Assert.Equal(new TimeOnly(0, 0, 0, 500), stretch.StartTime);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, 41)]
    public void A_stretch_outside_the_record_is_refused(long start, long end) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_record.Cut(new SampleSpan(start, end)));

    [Fact]
    public void A_window_outside_the_samples_is_refused()
    {
        var stretch = s_record.Cut(new SampleSpan(5, 25)).Leads[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => stretch.ReadAdcUnits(19, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => stretch.ReadAdcUnits(-1, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_record.Leads[1].ReadPhysicalValues(80, new double[1]));
        Assert.Equal(
            "Lead II has physical values only; expected one with ADC units.",
            Assert.Throws<InvalidOperationException>(s_record.Leads[1].ToAdcUnits).Message);
    }

    // Doubles miss whole samples here: 7 · (1/300) · 300 and the like.
    [Theory]
    [InlineData(300, 1, 2100, 7)]
    [InlineData(300, 64, 525, 112)]
    [InlineData(300, 128, 525, 224)]
    [InlineData(480, 125, 3360, 875)]
    [InlineData(1000.0 / 3, 100, 70, 21)]
    [InlineData(360, 360, 13, 13)]
    public void Leads_of_other_frequencies_begin_at_the_same_time(double recordHz, double leadHz, long start, long expected)
    {
        var lead = new EcgLead
        {
            Name = "a",
            SamplingFrequencyHz = leadHz,
            AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, 5000)]),
        };
        var record = new EcgRecord { Name = "r", SamplingFrequencyHz = recordHz, Leads = [lead] };
        Assert.Equal(expected, record.Cut(new SampleSpan(start, record.SampleCount)).Leads[0].ToAdcUnits()[0]);
        Assert.Equal(expected, record.FirstSampleOf(lead, start));
        Assert.Equal(start, record.NearestSampleTo(lead, expected));
    }

    [Theory]
    [InlineData(100, 200, 436, 218)]
    [InlineData(25, 50, 57, 29)]
    [InlineData(360, 360, 100, 100)]
    public void A_record_is_as_long_as_its_longest_lead(double recordHz, double leadHz, int samples, long expected)
    {
        var lead = new EcgLead { Name = "a", SamplingFrequencyHz = leadHz, AdcUnits = new MemorySamples<int>(new int[samples]) };
        Assert.Equal(expected, new EcgRecord { Name = "r", SamplingFrequencyHz = recordHz, Leads = [lead] }.SampleCount);
    }

    [Fact]
    public void Leads_are_chosen_with_their_provenance()
    {
        var chosen = s_record.Choose([1]);
        Assert.Equal("II", Assert.Single(chosen.Leads).Name);
        Assert.Equal([new ProvenanceSpan(0, new SampleSpan(0, 14), SampleOrigin.Recovered)], chosen.Provenance);
        Assert.Equal(4, chosen.Annotations.Count);
        var swapped = new EcgRecord(s_record)
        {
            Annotations = [new Annotation(4, 1, Channel: 1), new Annotation(5, 1, Channel: 0), new Annotation(6, 1, Channel: 9)],
        }.Choose([1, 0]);
        Assert.Equal([0, 1, 0], swapped.Annotations.Select(annotation => annotation.Channel));
    }

    [Fact]
    public void Bounds_are_the_leads_of_their_names()
    {
        EcgLead Lead(string name) => new() { Name = name, SamplingFrequencyHz = 1, AdcUnits = new MemorySamples<int>([]) };
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 1,
            Leads = [Lead("II"), Lead("V1"), Lead("II upper"), Lead("II lower"), Lead("V1 lower")],
        };
        Assert.Equal((record.Leads[3], record.Leads[2]), record.FindBounds(record.Leads[0])!.Value);
        Assert.Null(record.FindBounds(record.Leads[1]));
    }

    [Fact]
    public void Without_what_was_recovered_its_samples_are_missing_and_its_bounds_gone()
    {
        EcgLead Lead(string name) => new() { Name = name, SamplingFrequencyHz = 1, AdcUnits = new MemorySamples<int>([1, 2, 3, 4]) };
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 1,
            Leads =
            [
                Lead("II lower"), Lead("II"), Lead("II upper"),
                new EcgLead { Name = "III", SamplingFrequencyHz = 1, PhysicalValues = new MemorySamples<double>([1, 2, 3, 4]) },
            ],
            Provenance =
            [
                new ProvenanceSpan(1, new SampleSpan(2, 4), SampleOrigin.Recovered),
                new ProvenanceSpan(1, new SampleSpan(1, 3), SampleOrigin.Recovered),
                new ProvenanceSpan(1, new SampleSpan(0, 1), SampleOrigin.Derived),
                new ProvenanceSpan(3, new SampleSpan(0, 1), SampleOrigin.Recovered),
            ],
        };
        var before = record.WithoutRecovered();
        Assert.Equal(["II", "III"], before.Leads.Select(lead => lead.Name));
        Assert.Equal([1, int.MinValue, int.MinValue, int.MinValue], before.Leads[0].ToAdcUnits());
        Assert.Equal([float.NaN, 2, 3, 4], before.Leads[1].ToMilliVolts());
        Assert.Equal([new ProvenanceSpan(0, new SampleSpan(0, 1), SampleOrigin.Derived)], before.Provenance);
        Assert.Equal([1, 2, 3, 4], record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void Disposing_a_view_closes_nothing()
    {
        var files = new Counting();
        var whole = new EcgRecord(s_record) { Source = files };
        var uncut = new SampleSpan(0, whole.SampleCount);
        foreach (var view in new[] { whole.Cut(uncut), whole.Cut(new SampleSpan(5, 25)), whole.Choose([1]), new EcgRecord(whole) })
            view.Dispose();
        Assert.Equal(0, files.Closed);
        whole.Dispose();
        Assert.Equal(1, files.Closed);
    }

    [Fact]
    public void A_view_keeps_all_that_is_known_of_the_whole()
    {
        var whole = new EcgRecord(s_record)
        {
            AnnotationDefinitions = [new AnnotationDefinition(42, "CAL")],
            Comments = ["a comment"],
            Patient = "patient",
            Recording = "recording",
            Remarks = ["a remark"],
            Files = ["r.hea"],
        };
        var view = new EcgRecord(whole);
        foreach (var property in typeof(EcgRecord).GetProperties())
            Assert.Equal(property.GetValue(whole), property.GetValue(view));
    }

    private sealed class Counting : IDisposable
    {
        public int Closed { get; private set; }

        public void Dispose() => Closed++;
    }

    [Theory]
    [InlineData("uv mmHg mV", "0 2")]
    [InlineData("mV nu", "0")]
    [InlineData("% adu nu bpm", "1 2")]
    [InlineData("% bpm", "")]
    public void Voltages_are_taken_for_ecg_or_without_them_counts(string units, string taken)
    {
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 250,
            Leads =
            [
                .. units.Split(' ').Select(unit => new EcgLead { Name = unit, Unit = unit, SamplingFrequencyHz = 250 }),
            ],
        };
        Assert.Equal(taken, string.Join(' ', RecordViews.TakenForEcg(record)));
    }
}
