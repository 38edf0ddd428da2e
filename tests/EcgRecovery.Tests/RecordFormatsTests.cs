using System.Text;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests;

public sealed class RecordFormatsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_format_takes_its_own_options_and_ignores_others()
    {
        var path = folder.Write("x.csv", "0.5\n0.25\n");
        using var record = RecordFormats.Open(
            path,
            new WfdbReadOptions { Annotator = "none" },
            new CsvReadOptions { SamplingFrequencyHz = 125, Unit = "V" },
            new ArrayReadOptions { SamplingFrequencyHz = 250 });
        Assert.Equal((125.0, "V"), (record.SamplingFrequencyHz, record.Leads[0].Unit));

        RecordFormats.Write(
            record, folder.File("y.csv"),
            options: [new EdfWriteOptions { TimeGaps = true }, new CsvWriteOptions { Time = false, DecimalPoint = ',' }]);
        Assert.Equal("ECG (V)\n0,5\n0,25\n", File.ReadAllText(folder.File("y.csv")));
    }

    [Fact]
    public void Of_two_options_of_one_format_the_last_holds()
    {
        var path = folder.Write("two.csv", "0.5\n0.25\n");
        using var record = RecordFormats.Open(
            path, new CsvReadOptions { SamplingFrequencyHz = 125 }, new CsvReadOptions { SamplingFrequencyHz = 250 });
        Assert.Equal(250, record.SamplingFrequencyHz);
    }

    [Fact]
    public void The_formats_have_names_and_extensions()
    {
        Assert.Equal(["WFDB", "EDF", "BDF", "CSV", "MATLAB", "NumPy", "HDF5"], RecordFormats.All.Select(format => format.Name));
        Assert.Equal(
            [".hea", ".edf", ".bdf", ".csv", ".tsv", ".txt", ".mat", ".npy", ".npz", ".h5", ".hdf5"], RecordFormats.ReadExtensions);
        Assert.Equal([".hea", ".edf", ".bdf", ".csv", ".tsv", ".txt"], RecordFormats.WrittenExtensions);
    }

    private static readonly EcgRecord s_recording = new()
    {
        Name = "r",
        SamplingFrequencyHz = 250,
        Leads =
        [
            new EcgLead
            {
                Name = "II",
                SamplingFrequencyHz = 250,
                AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, 750).Select(t => (t * 37 % 400) - 200)]),
            },
        ],
    };

    [Theory]
    [InlineData(".edf", "night.txt", "EDF")]
    [InlineData(".edf", "night.bdf", "EDF")]
    [InlineData(".edf", "night.rec", null)]
    [InlineData(".edf", "night", null)]
    [InlineData(".edf", "night.mat", "EDF")]
    [InlineData(".bdf", "night.edf", "BDF")]
    [InlineData(".bdf", "night", null)]
    [InlineData(".csv", "night.edf", "CSV")]
    [InlineData(".csv", "night.bdf", "CSV")]
    [InlineData(".csv", "night.mat", "CSV")]
    [InlineData(".csv", "night.dat", null)]
    [InlineData(".csv", "night", null)]
    [InlineData(".csv", "night.asc", null)]
    public void The_content_decides_the_format_whatever_the_extension(string written, string name, string? remark)
    {
        RecordFormats.Write(s_recording, folder.File("original" + written));
        File.Move(folder.File("original" + written), folder.File(name));

        using var record = RecordFormats.Open(folder.File(name));
        var values = new double[750];
        record.Leads[0].ReadPhysicalValues(0, values);
        Assert.Equal([.. Enumerable.Range(0, 750).Select(t => ((t * 37 % 400) - 200) / 200.0)], values);
        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal([folder.File(name)], record.Files);
        if (remark is null)
            Assert.DoesNotContain(record.Remarks, text => text.Contains("content", StringComparison.Ordinal));
        else
            Assert.Contains($"{name} is {remark} by its content, whatever its extension.", record.Remarks);
    }

    [Theory]
    [InlineData("r.hea")]
    [InlineData("r")]
    [InlineData("r.dat")]
    [InlineData("r.atr")]
    [InlineData("r.txt")]
    [InlineData("header")]
    public void A_wfdb_record_is_opened_by_each_of_its_files(string name)
    {
        RecordFormats.Write(new EcgRecord(s_recording) { Annotations = [new Annotation(7, 1)] }, folder.File("r.hea"));
        foreach (var copy in new[] { "r.txt", "header" })
            File.Copy(folder.File("r.hea"), folder.File(copy));

        using var record = RecordFormats.Open(folder.File(name));
        Assert.Equal((750, "II"), (record.SampleCount, record.Leads[0].Name));
        Assert.Equal(name == "header" ? 0 : 1, record.Annotations.Count);
        Assert.Contains(folder.File("r.dat"), record.Files);
    }

    [Fact]
    public void An_annotation_file_opens_its_record_with_its_annotations()
    {
        RecordFormats.Write(new EcgRecord(s_recording) { Annotations = [new Annotation(7, 1)] }, folder.File("r.hea"));
        File.Move(folder.File("r.atr"), folder.File("r.qrs"));
        using (var record = RecordFormats.Open(folder.File("r.qrs")))
            Assert.Equal([7], record.Annotations.Select(beat => beat.Sample));
        using (var record = RecordFormats.Open(folder.File("r.dat")))
            Assert.Empty(record.Annotations);
    }

    [Fact]
    public void A_signal_file_that_the_header_does_not_name_is_refused()
    {
        RecordFormats.Write(s_recording, folder.File("r.hea"));
        File.WriteAllText(folder.File("r.hea"), "r 1 250 375\nother.dat 16 200 16 0 0 0 0 II\n");
        var refused = Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("r.dat")));
        Assert.Equal(
            $"{folder.File("r.hea")} does not name r.dat as a signal file; expected one that it names.", refused.Message);
    }

    [Theory]
    [InlineData("x.bin", new byte[] { 1, 2, 3, 0, 5 }, "x.bin is of no format that is read; expected .hea .edf")]
    [InlineData("x", new byte[] { 1, 2, 3, 0, 5 }, "x is of no format that is read; expected .hea .edf")]
    [InlineData("x", new byte[0], "x is of no format that is read; expected .hea .edf")]
    [InlineData("x.edf", new byte[] { 1, 2, 3, 0, 5 }, "x.edf has 5 bytes; expected at least 256, the first part of an EDF header.")]
    [InlineData("x.hea", new byte[] { (byte)'1', (byte)'\n' }, "x.hea, line 1: '1' is no WFDB record line")]
    public void What_no_content_and_no_extension_decides_is_refused(string name, byte[] content, string error)
    {
        var refused = Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write(name, content)));
        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100 2 250 100\n0 16 5 6\n1 16 7 8\n")] // a table of whole numbers, whose first row is a record line too
    [InlineData("ecg 2\n100 212\n101 212\n")]
    [InlineData("0        0        0        0\n0.004    0.1      0.2      0.3\n")]
    public void Tables_of_numbers_are_not_taken_for_headers(string text) =>
        Assert.DoesNotContain(
            RecordFormats.All, format => format.Recognizes(new FileHead(folder.File("x"), Encoding.ASCII.GetBytes(text))));
}
