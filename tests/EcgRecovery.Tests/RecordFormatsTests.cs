using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Mat;
using EcgRecovery.Formats.Wfdb;

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
            new MatReadOptions { SamplingFrequencyHz = 250 });
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
        Assert.Equal(["WFDB", "EDF", "BDF", "CSV", "MATLAB"], RecordFormats.All.Select(format => format.Name));
        Assert.Equal([".hea", ".edf", ".bdf", ".csv", ".tsv", ".txt", ".mat"], RecordFormats.ReadExtensions);
        Assert.Equal([".hea", ".edf", ".bdf", ".csv", ".tsv", ".txt"], RecordFormats.WrittenExtensions);
    }
}
