using EcgRecovery.Formats.Csv;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Csv;

public sealed class CsvRecordWriterTests : IDisposable
{
    private const int Missing = EcgLead.MissingAdcUnits;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_recording_of_a_converter_is_written_as_its_shortest_decimals()
    {
        var record = Record(360, Lead("MLII", [995, 995, Missing, 1024, 1025], 200, 1024), Lead("V5", [1, 2, 3, 4, 5], 7247, -171));

        var lost = Write(record, "x.csv");

        // python3: for i in range(1, 6): print(repr((i + 171) / 7247))
        Assert.Equal(
            """
            time (s),MLII (mV),V5 (mV)
            0.000,-0.145,0.02373395887953636
            0.003,-0.145,0.023871947012556922
            0.006,,0.02400993514557748
            0.008,0,0.024147923278598042
            0.011,0.005,0.0242859114116186

            """, File.ReadAllText(folder.File("x.csv")));
        Assert.Equal(
            [
                "The converter's gain 200 and baseline 1024 of lead MLII are not kept: the values are.",
                "The converter's gain 7247 and baseline -171 of lead V5 are not kept: the values are.",
            ],
            lost);
    }

    [Theory]
    [InlineData(360, 5)]
    [InlineData(360, 2)]
    [InlineData(250, 100)]
    [InlineData(128, 1000)]
    [InlineData(257, 3000)]
    [InlineData(1000, 70_000)]
    [InlineData(62.5, 30)]
    [InlineData(249.98, 40_000)]
    [InlineData(1000 / 3.0, 40_000)]
    [InlineData(8000, 40_000)]
    public void What_is_written_is_read_as_it_was(double frequency, int samples)
    {
        var random = new Random(1);
        int[] Adc() => [.. Enumerable.Range(0, samples).Select(_ => random.Next(10) == 0 ? Missing : random.Next(-2048, 2048))];
        double[] values = [.. Enumerable.Range(0, samples).Select(_ => random.Next(10) == 0 ? double.NaN : random.NextDouble() - 0.5)];
        var record = Record(
            frequency, Lead("MLII", Adc(), 200, 1024), Lead("II (filtered)", Adc(), 1000, 0, "l/min"),
            Lead("a \"b\", c", Adc(), -7247, -171, "µV"),
            new EcgLead { Name = "real", SamplingFrequencyHz = frequency, PhysicalValues = new MemorySamples<double>(values) });

        foreach (var (name, options) in new[]
        {
            ("x.csv", new CsvWriteOptions()),
            ("x.tsv", new CsvWriteOptions()),
            ("comma.csv", new CsvWriteOptions { DecimalPoint = ',' }),
            ("blank.txt", new CsvWriteOptions { Delimiter = ' ' }),
            ("bar.txt", new CsvWriteOptions { Delimiter = '|', DecimalPoint = ',' }),
        })
        {
            Write(record, name, options);
            using var read = RecordFormats.Open(folder.File(name));
            AssertSame(record, read);
        }
    }

    [Fact]
    public void A_record_of_mitdb_comes_back_bit_for_bit()
    {
        var data = TestData.Folder("mitdb");
        Assert.SkipWhen(data is null, "shared/data/mitdb is absent.");
        using var record = RecordFormats.Open(Path.Combine(data!, "100"));

        Write(record, "100.csv");

        using var read = RecordFormats.Open(folder.File("100.csv"));
        AssertSame(record, read);
        // One ADC unit is 0.005 mV, five of the thousandths that the text has.
        Assert.Equal(record.Leads[0].ToAdcUnits(), read.Leads[0].ToAdcUnits().Select(units => (units / 5) + 1024));
    }

    [Fact]
    public void Values_only_lose_the_frequency_and_nothing_else()
    {
        var record = Record(360, Lead("MLII", [1, Missing, Missing, 4], 100, 0));

        var lost = Write(record, "x.csv", new CsvWriteOptions { Time = false });

        Assert.Equal("MLII (mV)\n0.01\nNaN\nNaN\n0.04\n", File.ReadAllText(folder.File("x.csv")));
        Assert.Equal(["The sampling frequency, 360 Hz, is not kept: there is no time column."], lost);
        using var read = RecordFormats.Open(folder.File("x.csv"), new CsvReadOptions { SamplingFrequencyHz = 360 });
        AssertSame(record, read);
    }

    [Fact]
    public void Values_only_keep_what_is_missing_at_the_beginning()
    {
        int[] samples = [.. Enumerable.Repeat(Missing, 500), 1, 2, 3];
        var record = Record(250, Lead("A", samples, 100, 0), Lead("B", samples, 100, 0));

        Write(record, "x.csv", new CsvWriteOptions { Time = false });

        using var read = RecordFormats.Open(folder.File("x.csv"), new CsvReadOptions { SamplingFrequencyHz = 250 });
        AssertSame(record, read);
    }

    [Fact]
    public void Infinite_values_are_told_to_be_lost()
    {
        var lead = new EcgLead
        {
            Name = "A",
            SamplingFrequencyHz = 250,
            PhysicalValues = new MemorySamples<double>([0.5, double.PositiveInfinity, double.NaN, double.NegativeInfinity, 1]),
        };

        var lost = Write(Record(250, lead), "x.csv");

        Assert.Equal(["2 infinite values of lead A are not kept: they are written as missing."], lost);
        Assert.Equal("time (s),A (mV)\n0.000,0.5\n0.004,\n0.008,\n0.012,\n0.016,1\n", File.ReadAllText(folder.File("x.csv")));
    }

    [Fact]
    public void Provenance_and_bounds_come_back()
    {
        ProvenanceSpan[] provenance =
        [
            new(0, new SampleSpan(2, 5), SampleOrigin.Recovered, "locally linear", "0.2,1", 0.95),
            new(0, new SampleSpan(5, 6), SampleOrigin.Recovered, "linear"),
            new(1, new SampleSpan(0, 10), SampleOrigin.Derived, "resample"),
        ];
        var record = Record(
            [
                Lead("A", [1, 2, 3, 4, 5, 6, 7, Missing, 9, 10], 1000, 0),
                Lead("B", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1000, 0),
                Lead("A lower", [Missing, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1000, 0),
            ],
            provenance);

        Assert.Empty(Write(record, "x.csv"));

        Assert.StartsWith(
            "time (s),A (mV),A origin,B (mV),B origin,A lower (mV)\n0.000,0.001,measured,0.001,derived method=resample,\n",
            File.ReadAllText(folder.File("x.csv")),
            StringComparison.Ordinal);
        using var read = RecordFormats.Open(folder.File("x.csv"));
        AssertSame(record, read);
        Assert.Equal(provenance, read.Provenance);
    }

    [Fact]
    public void Time_gaps_of_all_leads_are_jumps_and_others_are_empty_cells()
    {
        EcgLead Gap(string name, int[] samples, params MissingSpan[] leftOut) =>
            new()
            {
                Name = name,
                Gain = 1000,
                SamplingFrequencyHz = 250,
                AdcUnits = new MemorySamples<int>(samples),
                UnrecordedSpans = leftOut,
            };
        var record = Record(
            250,
            Gap("A", [1, 2, Missing, Missing, Missing, 6, 7], new MissingSpan(new SampleSpan(2, 5), MissingCause.TimeGap)),
            Gap("B", [1, Missing, Missing, Missing, 5, 6, 7], new MissingSpan(new SampleSpan(1, 4), MissingCause.TimeGap)));

        Assert.Empty(Write(record, "x.csv"));

        Assert.Equal(
            "time (s),A (mV),B (mV)\n0.000,0.001,0.001\n0.004,0.002,\n0.016,,0.005\n0.020,0.006,0.006\n0.024,0.007,0.007\n",
            File.ReadAllText(folder.File("x.csv")));
        using var read = RecordFormats.Open(folder.File("x.csv"));
        AssertSame(record, read);
        Assert.Equal([new(new SampleSpan(2, 4), MissingCause.TimeGap)], read.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void The_start_stands_in_the_heading_of_the_times()
    {
        var lead = Lead("A", [1, 2, 3], 1000, 0, "mV", 250);
        var record = new EcgRecord
        {
            Name = "x",
            SamplingFrequencyHz = 250,
            Leads = [lead],
            StartDate = new DateOnly(2005, 6, 14),
            StartTime = new TimeOnly(10, 0, 0, 250),
            Annotations = [new Annotation(1, 1)],
            Comments = ["a"],
        };

        Assert.Equal(
            ["1 annotations are not kept.", "What the recording says in words (comments, patient, recording) is not kept."],
            Write(record, "x.csv"));

        Assert.StartsWith(
            "time (s since 2005-06-14T10:00:00.25),A (mV)\n", File.ReadAllText(folder.File("x.csv")), StringComparison.Ordinal);
        using var read = RecordFormats.Open(folder.File("x.csv"));
        Assert.Equal((250, record.StartDate, record.StartTime), (read.SamplingFrequencyHz, read.StartDate, read.StartTime));
    }

    [Fact]
    public void Leads_of_several_frequencies_are_refused()
    {
        var record = Record([Lead("A", [1], 1, 0, "mV", 250), Lead("B", [1], 1, 0, "mV", 125)], []);

        Assert.Contains(
            "Resample them", Assert.Throws<InvalidDataException>(() => Write(record, "x.csv")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("x.csv")));
    }

    [Theory]
    [InlineData('x', '.')]
    [InlineData(',', 'x')]
    public void Only_delimiters_and_points_that_are_read_are_written(char delimiter, char point) =>
        Assert.Throws<ArgumentException>(
            () => Write(
                Record(250, Lead("A", [1, 2], 1, 0)), "x.csv", new CsvWriteOptions { Delimiter = delimiter, DecimalPoint = point }));

    private static EcgLead Lead(string name, int[] samples, double gain, double baseline, string unit = "mV", double frequency = 0) => new()
    {
        Name = name,
        Unit = unit,
        Gain = gain,
        AdcBaseline = baseline,
        SamplingFrequencyHz = frequency,
        AdcUnits = new MemorySamples<int>(samples),
    };

    private static EcgRecord Record(double frequency, params EcgLead[] leads) => new()
    {
        Name = "x",
        SamplingFrequencyHz = frequency,
        Leads = [.. leads.Select(lead => lead.SamplingFrequencyHz > 0 ? lead : WithFrequency(lead, frequency))],
    };

    private static EcgRecord Record(EcgLead[] leads, ProvenanceSpan[] provenance) => new()
    {
        Name = "x",
        SamplingFrequencyHz = 250,
        Leads = [.. leads.Select(lead => lead.SamplingFrequencyHz > 0 ? lead : WithFrequency(lead, 250))],
        Provenance = provenance,
    };

    private static EcgLead WithFrequency(EcgLead lead, double frequency) =>
        Lead(lead.Name, lead.ToAdcUnits(), lead.Gain, lead.AdcBaseline, lead.Unit, frequency);

    private static void AssertSame(EcgRecord expected, EcgRecord read)
    {
        Assert.Equal(expected.SamplingFrequencyHz, read.SamplingFrequencyHz);
        Assert.Equal(expected.Leads.Select(lead => (lead.Name, lead.Unit)), read.Leads.Select(lead => (lead.Name, lead.Unit)));
        Assert.All(expected.Leads.Zip(read.Leads), pair => Assert.Equal(Values(pair.First), Values(pair.Second)));
    }

    private static double[] Values(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return values;
    }

    private IReadOnlyList<string> Write(EcgRecord record, string name, CsvWriteOptions? options = null) =>
        RecordFormats.Write(record, folder.File(name), overwrite: true, options: options ?? new CsvWriteOptions());
}
