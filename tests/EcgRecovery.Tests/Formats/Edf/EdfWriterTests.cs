using System.Text;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

public class EdfWriterTests
{
    private const int M = EcgLead.MissingAdcUnits;

    [Fact]
    public void A_record_comes_back_with_its_length_though_data_records_are_whole()
    {
        var record = new EcgRecord(EdfFiles.Record(100, ("a", [.. Enumerable.Range(0, 250)])))
        {
            StartDate = new DateOnly(2024, 2, 29),
            StartTime = new TimeOnly(8, 9, 10, 500),
            Comments = ["69 M", "Aldomet, Inderal"],
        };
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
        Assert.Equal(("X X X X", "Startdate 29-FEB-2024 X X X"), (again.Patient, again.Recording));
        // 3 data records of 1 s from 0.5 s on; the padding from 2.5 s on, for 0.5 s
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("x.edf")));
        Assert.Equal("EDF+C", text[192..197]);
        Assert.Contains("+3\u00150.5\u0014missing samples=250@@a\u0014\0", text, StringComparison.Ordinal);
        Assert.Contains(
            "+0.5\u0014\u0014\0+0.5\u0014comment: 69 M\u0014\0+0.5\u0014comment: Aldomet, Inderal\u0014\0", text, StringComparison.Ordinal);
    }

    // Found by breaking files: the search for a data record did not end, for a frequency to which 1 cannot be added.
    [Fact]
    public void A_frequency_beyond_every_recorder_is_refused()
    {
        using var folder = new TemporaryFolder();
        var record = EdfFiles.Record(long.MaxValue, ("a", [1, 2, 3]));
        Assert.Equal(
            "EDF cannot hold a lead of 9.223372036854776E+18 Hz; expected at most 10000000. Resample it.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Write(record, folder.File("x.edf"))).Message);
    }

    [Fact]
    public void Every_gap_comes_back_to_the_sample()
    {
        // 10 Hz: lead a misses 3..7 and 12..60, lead b 15..43 and 50..58: both miss 15..43 and 50..58.
        int[] a = [.. Enumerable.Range(1, 75)], b = [.. Enumerable.Range(101, 75)];
        Array.Fill(a, M, 3, 4);
        Array.Fill(a, M, 12, 48);
        Array.Fill(b, M, 15, 28);
        Array.Fill(b, M, 50, 8);
        var record = EdfFiles.Record(10, ("a", a), ("b", b));
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("gaps.edf"), options: new EdfWriteOptions { TimeGaps = true }));
        Assert.Empty(RecordFormats.Write(record, folder.File("whole.edf")));
        using var gaps = RecordFormats.Open(folder.File("gaps.edf"));
        using var whole = RecordFormats.Open(folder.File("whole.edf"));
        EdfFiles.AssertSame(record, gaps);
        EdfFiles.AssertSame(record, whole);
        // The data record of sample 15 ends at 20; the next begins where a lead has a sample again. 50..58 is shorter than a data record.
        Assert.All(gaps.Leads, lead => Assert.Equal([new MissingSpan(new SampleSpan(20, 43), MissingCause.TimeGap)], lead.UnrecordedSpans));
        Assert.All(whole.Leads, lead => Assert.Empty(lead.UnrecordedSpans));
        Assert.Empty(gaps.Remarks);
        Assert.Equal("EDF+D", Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("gaps.edf")), 192, 5));
        Assert.Equal("EDF+C", Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("whole.edf")), 192, 5));
    }

    [Theory]
    [InlineData(0, 35)]
    [InlineData(60, 95)]
    [InlineData(0, 95)]
    public void A_gap_at_an_end_comes_back(int from, int to)
    {
        int[] samples = [.. Enumerable.Range(1, 95)];
        Array.Fill(samples, M, from, to - from);
        var record = EdfFiles.Record(10, ("a", samples));
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf"), options: new EdfWriteOptions { TimeGaps = true }));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
        Assert.NotEmpty(again.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void Leads_of_unlike_frequencies_and_lengths_come_back()
    {
        EcgLead Lead(string name, double frequency, int count) =>
            new()
            {
                Name = name,
                SamplingFrequencyHz = frequency,
                AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, count).Select(t => t % 17 == 3 ? M : t)]),
            };
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 1000.0 / 3,
            Leads = [Lead("a", 1000.0 / 3, 5000), Lead("b", 257.5, 3000), Lead("c", 0.5, 9), Lead("d", 128, 0)],
        };
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
        // 1000/3 Hz needs 3 s, 257.5 and 0.5 Hz 2 s.
        Assert.Equal("6       ", Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("x.edf")), 244, 8));
    }

    [Fact]
    public void What_was_recovered_comes_back_with_its_bounds()
    {
        int[] samples = [.. Enumerable.Range(0, 200)];
        var record = new EcgRecord(EdfFiles.Record(100, ("II", samples), ("II lower", samples), ("II upper", samples)))
        {
            Provenance =
            [
                new ProvenanceSpan(0, new SampleSpan(10, 47), SampleOrigin.Recovered, "locally-linear", "0.1.0", 0.95),
                new ProvenanceSpan(0, new SampleSpan(100, 101), SampleOrigin.Derived, "III = II - I"),
            ],
        };
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
        Assert.NotNull(again.FindBounds(again.Leads[0]));
        Assert.Contains(
            "+0.1\u00150.37\u0014recovered method=locally-linear version=0.1.0 interval=0.95@@II\u0014",
            Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("x.edf"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_come_back_though_far_more_than_their_data_records_hold()
    {
        // All at the end: none fits where it belongs, most stand in earlier data records.
        var record = new EcgRecord(EdfFiles.Record(360, ("a", new int[3600])))
        {
            Annotations =
            [
                .. Enumerable.Range(0, 2000)
                    .Select(i => new Annotation(3590 + (i % 10 == 0 ? 1 : 0), 1 + (i % 13), Aux: i % 50 == 0 ? "text " + i : ""))
                    .OrderBy(a => a.Sample)
            ],
        };
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        Assert.Equal(
            record.Annotations.Select(a => (a.Sample, a.Code, a.Aux)).Order(),
            again.Annotations.Select(a => (a.Sample, a.Code, a.Aux)).Order());
    }

    [Fact]
    public void Annotations_without_leads_come_back()
    {
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 1000,
            Leads = [],
            Annotations =
            [
                .. Enumerable.Range(0, 5000).Select(i => new Annotation(i * 1000L, 22, Aux: "Sleep stage 2", DurationSeconds: 1))
            ],
        };
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
    }

    [Fact]
    public void Twenty_four_bits_are_BDFs()
    {
        var record = EdfFiles.Record(4, ("a", [-8388608, 8388607, 0, -1, 1, 70000, M]));
        record = new EcgRecord(record) { Leads = [record.Leads[0] with { Gain = 1, Unit = "uV" }] };
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidDataException>(() => RecordFormats.Write(record, folder.File("x.edf")));
        Assert.Equal(
            "Lead a has ADC units -8388608..8388607; EDF holds -32768..32767. Write a .bdf file, which holds 24 bits.", error.Message);
        Assert.Empty(RecordFormats.Write(record, folder.File("x.bdf")));
        using var again = RecordFormats.Open(folder.File("x.bdf"));
        EdfFiles.AssertSame(record, again);
        record = EdfFiles.Record(4, ("a", [-8388609, 8388607]));
        error = Assert.Throws<InvalidDataException>(() => RecordFormats.Write(record, folder.File("y.bdf")));
        Assert.Equal("Lead a has ADC units -8388609..8388607; BDF holds -8388608..8388607.", error.Message);
    }

    [Fact]
    public void Values_without_ADC_units_are_rounded_and_that_is_said()
    {
        double[] values = [0.12345, -1.5, double.NaN, 4.9];
        var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 2,
            Leads = [new EcgLead { Name = "a", SamplingFrequencyHz = 2, PhysicalValues = new MemorySamples<double>(values) }],
        };
        using var folder = new TemporaryFolder();
        Assert.Equal(
            ["Lead a has no ADC units: its values are rounded to steps of 0.0002 mV, by at most 0.0001."],
            RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        Assert.Equal([617, -7500, M, 24500], again.Leads[0].ToAdcUnits());
        Assert.Equal((5000.0, 0.0), (again.Leads[0].Gain, again.Leads[0].AdcBaseline));
    }

    [Fact]
    public void What_EDF_cannot_hold_is_said()
    {
        var record = new EcgRecord(
            EdfFiles.Record(
                257.1234567, ("a lead with a very long name", [1, 2]), ("a lead with a very long name too", [3, 4]), ("é", [5, 6])))
        {
            StartDate = new DateOnly(2024, 1, 2),
            Annotations = [new Annotation(1, 1, Subtype: 2), new Annotation(1, 22, Aux: "a\u0014b")],
            Patient = "Müller, born long ago",
            Recording = "ward 7",
        };
        record = new EcgRecord(record)
        {
            Leads =
            [
                record.Leads[0] with { Gain = 5743.13, Prefiltering = new string('x', 81), IsCalibrated = false }, .. record.Leads.Skip(1),
            ],
        };
        using var folder = new TemporaryFolder();
        var lost = RecordFormats.Write(record, folder.File("x.edf"));
        Assert.Equal(
            [
                "The name of lead \"a lead with a very long name\": EDF holds 16 characters of ASCII, each label once; "
                + "it is \"a lead with a ve\".",
                "The name of lead \"a lead with a very long name too\": EDF holds 16 characters of ASCII, each label once; "
                + "it is \"a lead with a-2\".",
                "The name of lead \"é\": EDF holds 16 characters of ASCII, each label once; it is \"_\".",
                "That lead a lead with a ve is not calibrated: EDF says 5743.13 per mV.",
            ],
            lost.Take(4));
        Assert.StartsWith(
            "The scale of lead a lead with a ve to the last digit: EDF's 8 characters say 5743.1", lost[4], StringComparison.Ordinal);
        Assert.Equal($"The end of the prefiltering \"{new string('x', 40)}…\": EDF holds 80 characters.", lost[5]);
        Assert.StartsWith("The exact frequency of lead 0, 257.1234567 Hz: EDF says ", lost[6], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Control characters in the annotation \"a?b\": each is a blank.",
                "Subtype, channel and number of 1 annotations: EDF+ has no place for them.",
                "That the time of day is not known: EDF has no word for it, 00.00.00 is written.",
                "The patient identification \"X X X X Müller, born long ago\": its letters outside ASCII.",
            ],
            lost.Skip(9));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        Assert.Equal(("X X X X M_ller, born long ago", "Startdate 02-JAN-2024 X X X ward 7"), (again.Patient, again.Recording));
        Assert.Equal([1, 2], again.Leads[0].ToAdcUnits());
        Assert.Equal(257.1234567, again.SamplingFrequencyHz, 1e-4);
        Assert.Empty(again.Remarks);
    }

    [Fact]
    public void What_only_WFDB_says_is_said_to_be_lost()
    {
        var record = new EcgRecord(EdfFiles.Record(100, ("a", new int[100])))
        {
            AnnotationDefinitions = [new(42, "CAL", "Calibration"), new(1, "b")],
        };
        record = new EcgRecord(record) { Leads = [record.Leads[0] with { AdcMinimum = -2000, AdcMaximum = 2000, AdcZero = 100 }] };
        using var folder = new TemporaryFolder();
        Assert.Equal(
            [
                "That the converter's zero of lead a is 100: EDF has no field for it, and 0 is the middle of its range.",
                "What 2 annotation codes mean ([42] = CAL, N = b): EDF+ has no place for definitions.",
            ],
            RecordFormats.Write(record, folder.File("x.edf")));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        Assert.Equal((0, -2000, 2000), (again.Leads[0].AdcZero, again.Leads[0].AdcMinimum, again.Leads[0].AdcMaximum));
    }

    [Fact]
    public void Frequencies_with_no_data_record_in_common_are_refused()
    {
        var record = EdfFiles.Record(1, ("a", [1]));
        record = new EcgRecord(record)
        {
            Leads =
            [
                record.Leads[0] with { SamplingFrequencyHz = Math.PI }, record.Leads[0] with { Name = "b", SamplingFrequencyHz = Math.E },
            ],
        };
        using var folder = new TemporaryFolder();
        Assert.Equal(
            "EDF cannot hold leads of 3.141592653589793 and 2.718281828459045 Hz in one file: "
            + "no data record of up to 1000 s has a whole number of samples of each. Resample them.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Write(record, folder.File("x.edf"))).Message);
    }

    [Fact]
    public void A_record_of_many_leads_has_data_records_below_61440_bytes()
    {
        var record = EdfFiles.Record(1000, [.. Enumerable.Range(0, 40).Select(i => ("lead " + i, new int[2000]))]);
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File("x.edf")));
        Assert.Equal("0.25    ", Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("x.edf")), 244, 8));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        EdfFiles.AssertSame(record, again);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("207")]
    public void Beats_and_rhythms_of_WFDB_come_back(string name)
    {
        Assert.SkipWhen(TestData.Folder("mitdb") is null, "no development data");
        using var folder = new TemporaryFolder();
        using var record = RecordFormats.Open(Path.Combine(TestData.Folder("mitdb")!, name));
        RecordFormats.Write(record, folder.File("x.edf"));
        using var again = RecordFormats.Open(folder.File("x.edf"));
        // 360 Hz: most samples have no time that is a decimal fraction.
        Assert.Equal(record.Annotations.Select(a => new Annotation(a.Sample, a.Code, Aux: a.Aux)), again.Annotations);
        Assert.Equal(record.Comments, again.Comments);
        RecordFormats.Write(again, folder.File("x"));
        var file = WfdbAnnotationFile.Read(folder.File("x.atr"));
        Assert.Null(file.TicksPerSecond);
        Assert.Equal(again.Annotations, file.Annotations);
        foreach (var (one, two) in record.Leads.Zip(again.Leads))
        {
            Assert.Equal((one.Name, one.Unit, one.Gain, one.AdcBaseline), (two.Name, two.Unit, two.Gain, two.AdcBaseline));
            Assert.Equal(one.ToAdcUnits(), two.ToAdcUnits());
        }
    }
}
