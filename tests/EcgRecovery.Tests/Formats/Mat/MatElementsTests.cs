using EcgRecovery.Formats;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Mat;

/// <summary>MATLAB files of version 5 whose matrix has any name, also within structs and cells.</summary>
public sealed class MatElementsTests : IDisposable
{
    private static readonly double[] s_first = [0.125, -0.25, 4, 8, 1e-300];
    private static readonly double[] s_second = [1, 2, 3, 4, double.NaN];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Two leads of five samples as a matrix, column by column.</summary>
    private static byte[] Ecg(string name) =>
        MatBytes.Doubles(name, 2, 5, [.. s_first.Zip(s_second).SelectMany(pair => new[] { pair.First, pair.Second })]);

    public static TheoryData<byte[]> Places { get; } =
    [
        Ecg("filtered_ecg"),
        MatBytes.Struct("ECG", ["sex", "age", "data"], MatBytes.Text("", "Male"), MatBytes.Doubles("", 1, 1, 74), Ecg("")),
        MatBytes.Struct("s", ["inner"], MatBytes.Struct("", ["deep", "empty"], Ecg(""), MatBytes.Doubles("", 0, 0))),
        MatBytes.Struct("many", ["ecg"], Ecg(""), MatBytes.Doubles("", 1, 1, 1)),
        MatBytes.Cells("c", MatBytes.Text("", "II"), Ecg("")),
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void The_only_matrix_is_found(byte[] variable)
    {
        foreach (var file in new[] { MatBytes.File(variable), MatBytes.File(MatBytes.Pack(variable)) })
        {
            using var record = Open(file, new ArrayReadOptions { SamplingFrequencyHz = 500 });

            Assert.Equal(
                [("lead 1", "mV", 500), ("lead 2", "mV", 500)],
                record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
            Assert.Equal(s_first, Values(record.Leads[0]));
            Assert.Equal(s_second, Values(record.Leads[1]));
            Assert.Contains(record.Remarks, remark => remark.Contains("the option 'unit' overrules", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Columns_are_leads_where_there_are_more_rows()
    {
        using var record = Open(MatBytes.File(MatBytes.Doubles("x", 5, 2, [.. s_first, .. s_second])), new() { SamplingFrequencyHz = 500 });

        Assert.Equal(s_first, Values(record.Leads[0]));
        Assert.Equal(s_second, Values(record.Leads[1]));
        Assert.Contains("x (5 x 2) has more rows than columns: each column was taken for a lead.", record.Remarks);
    }

    [Fact]
    public void Frequency_unit_and_names_stand_beside_the_matrix()
    {
        var eeglab = MatBytes.Struct(
            "EEG",
            ["data", "srate", "chanlocs", "unit"],
            Ecg(""),
            MatBytes.Doubles("", 1, 1, 256),
            MatBytes.Struct(
                "",
                ["labels", "X"],
                MatBytes.Text("", "II"),
                MatBytes.Doubles("", 1, 1, 1),
                MatBytes.Text("", "V5"),
                MatBytes.Doubles("", 1, 1, 2)),
            MatBytes.Text("", "uV"));

        using var record = Open(MatBytes.File(eeglab, MatBytes.Doubles("fs", 1, 1, 100)));

        Assert.Equal([("II", "uV", 256), ("V5", "uV", 256)], record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
        Assert.Contains("256 Hz was taken from EEG.srate; the option 'sampling-frequency' overrules.", record.Remarks);
        Assert.DoesNotContain(record.Remarks, remark => remark.Contains("'unit'", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_are_looked_for_around_a_struct_as_well()
    {
        using var record = Open(MatBytes.File(
            MatBytes.Struct("a", ["ecg"], Ecg("")),
            MatBytes.Text("Fs", "250 Hz"),
            MatBytes.Cells("leads", MatBytes.Text("", "I"), MatBytes.Text("", "II"))));

        Assert.Equal([("I", 250), ("II", 250)], record.Leads.Select(lead => (lead.Name, lead.SamplingFrequencyHz)));
    }

    [Fact]
    public void Options_overrule_what_the_file_has()
    {
        using var record = Open(
            MatBytes.File(Ecg("ecg"), MatBytes.Doubles("fs", 1, 1, 100), MatBytes.Text("units", "uV")),
            new ArrayReadOptions { SamplingFrequencyHz = 360, Unit = "V" });

        Assert.Equal((360, "V"), (record.SamplingFrequencyHz, record.Leads[0].Unit));
        Assert.Empty(record.Remarks);
    }

    // int8 … uint64: class, storage type, bytes of −1 (or the largest number) and 2.
    [Theory]
    [InlineData(8, 1, "FF02", -1)]
    [InlineData(9, 2, "FF02", 255)]
    [InlineData(10, 3, "FFFF0200", -1)]
    [InlineData(11, 4, "FFFF0200", 65535)]
    [InlineData(12, 5, "FFFFFFFF02000000", -1)]
    [InlineData(13, 6, "FFFFFF7F02000000", int.MaxValue)]
    [InlineData(14, 12, "FFFFFFFFFFFFFFFF0200000000000000", -1)]
    [InlineData(15, 13, "FFFFFF7F000000000200000000000000", int.MaxValue)]
    public void Whole_numbers_of_every_class_are_ADC_units(int @class, int type, string bytes, int first)
    {
        using var record = Open(
            MatBytes.File(MatBytes.Numbers("x", @class, type, 1, 2, Convert.FromHexString(bytes))), new() { SamplingFrequencyHz = 250 });

        Assert.Equal([first, 2], Assert.Single(record.Leads).ToAdcUnits());
        Assert.Equal((200, false), (record.Leads[0].Gain, record.Leads[0].IsCalibrated));
        Assert.Contains(record.Remarks, remark => remark.Contains("default gain, 200 ADC units per mV", StringComparison.Ordinal));

        using var inMicrovolts = Open(
            MatBytes.File(MatBytes.Numbers("x", @class, type, 1, 2, Convert.FromHexString(bytes))),
            new() { SamplingFrequencyHz = 250, Unit = "uV" });
        Assert.Equal([first, 2], Values(inMicrovolts.Leads[0]));
        Assert.Equal(("uV", true), (inMicrovolts.Leads[0].Unit, inMicrovolts.Leads[0].IsCalibrated));
    }

    [Fact]
    public void Whole_numbers_of_more_than_32_bits_are_values_of_the_default_gain()
    {
        using var record = Open(
            MatBytes.File(MatBytes.Numbers("x", 15, 13, 1, 2, Convert.FromHexString("FFFFFFFF000000000200000000000000"))),
            new() { SamplingFrequencyHz = 250 });

        Assert.Equal([uint.MaxValue / 200d, 0.01], Values(record.Leads[0]));
    }

    [Fact]
    public void Several_matrices_are_listed_and_one_is_named()
    {
        var file = MatBytes.File(
            MatBytes.Doubles("ecg", 2, 5, new double[10]),
            MatBytes.Doubles("resp", 4, 1, 1, 2, 3, 4),
            MatBytes.Struct("ECG", ["raw", "fs"], MatBytes.Doubles("", 1, 5, 5, 6, 7, 8, 9), MatBytes.Doubles("", 1, 1, 125)));

        var refused = Assert.Throws<ArrayNotChosenException>(() => Open(file));
        Assert.EndsWith(
            "x.mat has 3 arrays that can be the recording: ecg (2 x 5), resp (4 x 1), ECG.raw (1 x 5); expected the name of one.",
            refused.Message,
            StringComparison.Ordinal);
        foreach (var name in new[] { "ECG.raw", "ecg.RAW", "raw", "ECG" })
        {
            using var named = Open(file, new() { Variable = name });
            Assert.Equal([5, 6, 7, 8, 9], Values(named.Leads[0]));
            Assert.Equal(125, named.SamplingFrequencyHz);
        }

        Assert.Contains(
            "has no array rwa; it has ecg (2 x 5), resp (4 x 1), ECG.raw (1 x 5), ECG.fs (1 x 1)",
            Assert.Throws<InvalidDataException>(() => Open(file, new() { Variable = "rwa" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Peaks_and_times_are_no_rivals_of_the_samples()
    {
        var times = Enumerable.Range(0, 40).Select(t => t / 250d).ToArray();
        using var record = Open(MatBytes.File(
            MatBytes.Doubles("peaks", 1, 2, 3, 9),
            MatBytes.Doubles("t", 1, 40, times),
            MatBytes.Doubles("ecg", 40, 1, [.. times.Select(t => Math.Sin(99 * t))])));

        Assert.Equal((250, 40), (record.SamplingFrequencyHz, Assert.Single(record.Leads).SampleCount));
        Assert.Contains("250 Hz was taken from t, as times in seconds; the option 'sampling-frequency' overrules.", record.Remarks);
        Assert.Contains(record.Remarks, remark => remark.StartsWith("ecg (40 x 1) was taken for the recording", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_column_of_times_is_no_lead()
    {
        var samples = Enumerable.Range(0, 40).Select(t => Math.Cos(t)).ToArray();
        double[] table = [.. Enumerable.Range(0, 40).Select(t => 2.0 * t), .. samples];
        using var record = Open(MatBytes.File(MatBytes.Doubles("table", 40, 2, table)));

        Assert.Equal(samples, Values(Assert.Single(record.Leads)));
        Assert.Contains(
            "500 Hz was taken from the first lead, as times in milliseconds; the option 'sampling-frequency' overrules.", record.Remarks);
    }

    [Fact]
    public void A_first_column_of_sample_numbers_is_no_lead_and_has_no_frequency()
    {
        double[] table = [.. Enumerable.Range(0, 40).Select(t => (double)t), .. Enumerable.Range(0, 40).Select(t => Math.Cos(t))];
        var file = MatBytes.File(MatBytes.Doubles("table", 40, 2, table));

        Assert.Throws<SamplingFrequencyMissingException>(() => Open(file));
        using var record = Open(file, new() { SamplingFrequencyHz = 250 });
        Assert.Equal(table[40..], Values(Assert.Single(record.Leads)));
        Assert.Contains("The first lead of table (40 x 2) rises evenly: it was taken for times or sample numbers.", record.Remarks);
    }

    [Fact]
    public void Vectors_with_the_names_of_leads_are_one_recording()
    {
        var file = MatBytes.File(
            MatBytes.Struct(
                "x",
                ["I", "aVF", "V1"],
                MatBytes.Doubles("", 1, 3, 1, 2, 3),
                MatBytes.Doubles("", 3, 1, 4, 5, 6),
                MatBytes.Doubles("", 3, 1, 7, 8, 9)));
        using var record = Open(file, new() { SamplingFrequencyHz = 100 });

        Assert.Equal(["I", "aVF", "V1"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([7, 8, 9], Values(record.Leads[2]));
    }

    [Fact]
    public void A_named_struct_of_vectors_of_one_length_has_a_lead_each()
    {
        var file = MatBytes.File(
            MatBytes.Struct("x", ["ecg", "resp"], MatBytes.Doubles("", 1, 3, 1, 2, 3), MatBytes.Doubles("", 3, 1, 4, 5, 6)));

        Assert.Throws<ArrayNotChosenException>(() => Open(file, new() { SamplingFrequencyHz = 100 }));
        using var record = Open(file, new() { SamplingFrequencyHz = 100, Variable = "x" });
        Assert.Equal(["ecg", "resp"], record.Leads.Select(lead => lead.Name));
    }

    [Fact]
    public void AcqKnowledge_writes_an_interval_and_matrices_of_characters()
    {
        using var record = Open(MatBytes.File(
            Ecg("data"), MatBytes.Doubles("isi", 1, 1, 2), MatBytes.Text("isi_units", "ms"), MatBytes.Texts("labels", "ECG ", "Resp"),
            MatBytes.Texts("units", "mV   ", "Volts"), MatBytes.Doubles("start_sample", 1, 1, 0)));

        Assert.Equal(
            [("ECG", "mV", 500), ("Resp", "Volts", 500)],
            record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
    }

    [Fact]
    public void LabChart_writes_all_channels_into_one_vector()
    {
        double[] samples = [.. Enumerable.Range(0, 60).Select(t => Math.Sin(t))];
        byte[][] variables =
        [
            MatBytes.Doubles("data", 1, 60, samples), MatBytes.Doubles("datastart", 2, 1, 1, 31), MatBytes.Doubles("dataend", 2, 1, 30, 60),
            MatBytes.Doubles("samplerate", 1, 1, 1000), MatBytes.Texts("titles", "ECG ", "Resp"),
        ];
        using var record = Open(MatBytes.File(variables));
        Assert.Equal(["ECG", "Resp"], record.Leads.Select(lead => lead.Name));
        Assert.Equal(samples[30..], Values(record.Leads[1]));
        Assert.Equal(1000, record.SamplingFrequencyHz);

        variables[1] = MatBytes.Doubles("datastart", 1, 2, 1, 31);
        Assert.Contains(
            "expected one block",
            Assert.Throws<InvalidDataException>(() => Open(MatBytes.File(variables))).Message,
            StringComparison.Ordinal);
        variables[1] = MatBytes.Doubles("datastart", 2, 1, 1, 32);
        Assert.Contains(
            "of several lengths",
            Assert.Throws<InvalidDataException>(() => Open(MatBytes.File(variables))).Message,
            StringComparison.Ordinal);
    }

    // 0x800 complex, 0x200 logical.
    [Theory]
    [InlineData(3, "an object")]
    [InlineData(5, "sparse")]
    [InlineData(16, "a function")]
    [InlineData(17, "of class 17, which is MATLAB's own")]
    [InlineData(6 | 0x800, "complex")]
    [InlineData(9 | 0x200, "logical")]
    public void What_holds_no_samples_is_skipped_or_named(int flags, string what)
    {
        var other = MatBytes.Variable("other", flags, [1, 5], []);
        using (var record = Open(MatBytes.File(other, Ecg("x")), new() { SamplingFrequencyHz = 250 }))
            Assert.Equal(s_first, Values(record.Leads[0]));

        foreach (var options in new[] { new ArrayReadOptions(), new ArrayReadOptions { Variable = "other" } })
        {
            var refused = Assert.Throws<InvalidDataException>(() => Open(MatBytes.File(other), options));
            Assert.EndsWith(
                $"variable other is {what}; expected a full matrix of real numbers, one row per lead.",
                refused.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_without_samples_says_what_it_has() => Assert.EndsWith(
        "x.mat has no matrix of samples; it has fs (1 x 1), note (text).",
        Assert.Throws<InvalidDataException>(
            () => Open(MatBytes.File(MatBytes.Doubles("fs", 1, 1, 1), MatBytes.Text("note", "hello")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Structs_within_structs_have_a_limit()
    {
        var nested = Ecg("");
        for (var depth = 0; depth < 200; depth++)
            nested = MatBytes.Struct(depth == 199 ? "s" : "", ["f"], nested);

        Assert.Contains(
            "expected at most 16",
            Assert.Throws<InvalidDataException>(() => Open(MatBytes.File(nested))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_with_the_name_of_a_lead_has_it()
    {
        using var record = Open(MatBytes.File(MatBytes.Doubles("MLII", 3, 1, 1, 2, 3)), new() { SamplingFrequencyHz = 360 });
        Assert.Equal("MLII", Assert.Single(record.Leads).Name);
    }

    [Fact]
    public void Text_of_Octave_is_refused_by_name() => Assert.EndsWith(
        "x.mat is a file of Octave's own, not MATLAB's: save it with '-v7'.",
        Assert.Throws<InvalidDataException>(() => Open("# Created by Octave 7.3.0, Mon Nov 23 00:00:00 2026 UTC\n"u8.ToArray())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Val_comes_before_others()
    {
        using var record = Open(MatBytes.File(MatBytes.Doubles("a", 1, 9, new double[9]), Ecg("val")), new() { SamplingFrequencyHz = 250 });
        Assert.Equal(s_first, Values(record.Leads[0]));
    }

    private EcgRecord Open(byte[] file, ArrayReadOptions? options = null) =>
        RecordFormats.Open(folder.Write("x.mat", file), options ?? new ArrayReadOptions());

    private static double[] Values(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return values;
    }
}
