using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbProvenanceTests
{
    [Fact]
    public void It_comes_back_in_each_leads_own_samples_and_never_in_the_atr()
    {
        using var folder = new TemporaryFolder();
        ProvenanceSpan[] spans =
        [
            new(0, new SampleSpan(3, 9), SampleOrigin.Recovered, "locally-linear", "0.1.0", 0.95),
            new(1, new SampleSpan(7, 21), SampleOrigin.Recovered, "my method, 100 %", "2"),
            new(0, new SampleSpan(9, 10), SampleOrigin.Derived, "resample", "0.1.0"),
        ];
        using var record = Record(
            [
                .. spans,
                new ProvenanceSpan(0, new SampleSpan(0, 1), SampleOrigin.Measured),
                new ProvenanceSpan(0, new SampleSpan(1, 2), SampleOrigin.Missing),
                new ProvenanceSpan(0, new SampleSpan(5, 5), SampleOrigin.Derived),
            ]);
        Assert.Empty(RecordFormats.Write(record, folder.File("x")));
        Assert.False(File.Exists(folder.File("x.atr")));
        using var read = RecordFormats.Open(folder.File("x"));
        Assert.Equal(spans.OrderBy(span => span.Span.Start / (span.Lead == 0 ? 1 : 4)).ThenBy(span => span.Lead), read.Provenance);
        Assert.Empty(read.Annotations);
        // A note stands at the frame in which its span begins, on its signal.
        Assert.Equal(
            [
                (1L, 22, 1, "recovered method=my%20method%2C%20100%20%25 version=2 start=7 end=21"),
                (3, 22, 0, "recovered method=locally-linear version=0.1.0 interval=0.95 start=3 end=9"),
                (9, 22, 0, "derived method=resample version=0.1.0 start=9 end=10"),
            ],
            WfdbAnnotationFile.Read(folder.File("x.provenance")).Annotations
                .Select(note => (note.Sample, note.Code, note.Channel, note.Aux)));
    }

    [Fact]
    public void More_leads_than_a_channel_can_number_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var leads = Enumerable.Range(0, 300)
            .Select(i => new EcgLead { Name = $"L{i}", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>([1]) });
        ProvenanceSpan[] spans =
        [
            new(254, new SampleSpan(0, 1), SampleOrigin.Derived),
            new(255, new SampleSpan(0, 1), SampleOrigin.Derived),
            new(299, new SampleSpan(0, 1), SampleOrigin.Derived),
        ];
        using var record = new EcgRecord { Name = "x", SamplingFrequencyHz = 100, Leads = [.. leads], Provenance = spans };
        Assert.Empty(RecordFormats.Write(record, folder.File("x")));
        using var read = RecordFormats.Open(folder.File("x"));
        Assert.Equal(spans, read.Provenance);
    }

    [Fact]
    public void A_name_that_is_too_long_is_left_out_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        using var record = Record([new ProvenanceSpan(0, new SampleSpan(3, 9), SampleOrigin.Recovered, new string('m', 300), "1", 0.9)]);
        Assert.Equal(
            ["The method and version of 1 provenance spans are too long for an annotation and are left out."],
            RecordFormats.Write(record, folder.File("x")));
        using var read = RecordFormats.Open(folder.File("x"));
        Assert.Equal([new ProvenanceSpan(0, new SampleSpan(3, 9), SampleOrigin.Recovered, IntervalLevel: 0.9)], read.Provenance);
    }

    [Theory]
    [InlineData("recovered start=3", 0, "'recovered start=3' has no end=NUMBER; expected the samples that it is about.")]
    [InlineData("recovered start=a end=9", 0, "'recovered start=a end=9' has no start=NUMBER; expected the samples that it is about.")]
    [InlineData(
        "recovered start=3 end=11", 0, "'recovered start=3 end=11' is about samples 3..11 of signal 0, which the record does not have.")]
    [InlineData(
        "recovered start=3 end=3", 0, "'recovered start=3 end=3' is about samples 3..3 of signal 0, which the record does not have.")]
    [InlineData(
        "recovered start=3 end=9", 2, "'recovered start=3 end=9' is about samples 3..9 of signal 2, which the record does not have.")]
    public void Notes_that_speak_of_nothing_are_refused(string text, int channel, string message)
    {
        using var folder = new TemporaryFolder();
        using var record = Record([]);
        RecordFormats.Write(record, folder.File("x"));
        using (var stream = File.Create(folder.File("x.provenance")))
            new WfdbAnnotationFile { Annotations = [new Annotation(0, 22, Channel: channel, Aux: text)] }.WriteTo(stream);
        Assert.Equal(
            $"{folder.File("x.provenance")}: {message}",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x"))).Message);
    }

    [Fact]
    public void Other_notes_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        using var record = Record([]);
        RecordFormats.Write(record, folder.File("x"));
        using (var stream = File.Create(folder.File("x.provenance")))
            new WfdbAnnotationFile { Annotations = [new Annotation(0, 22, Aux: "checked by hand"), new Annotation(1, 1)] }.WriteTo(stream);
        using var read = RecordFormats.Open(folder.File("x"));
        Assert.Empty(read.Provenance);
    }

    private static EcgRecord Record(ProvenanceSpan[] spans) => new()
    {
        Name = "x",
        SamplingFrequencyHz = 100,
        Leads =
        [
            new EcgLead { Name = "a", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>(new int[10]) },
            new EcgLead { Name = "b", SamplingFrequencyHz = 400, AdcUnits = new MemorySamples<int>(new int[40]) },
        ],
        Provenance = spans,
    };
}
