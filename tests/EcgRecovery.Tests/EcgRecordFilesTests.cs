using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Tests;

/// <summary>The front door of recordings; every format's own tests are in Formats.</summary>
public sealed class EcgRecordFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Opens_what_it_wrote_in_another_format()
    {
        using var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 100,
            Leads =
            [
                new EcgLead { Name = "II", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, 100)]) },
            ],
        };
        Assert.Empty(record.Write(_folder.File("r.hea")));
        using (var opened = EcgRecord.Open(_folder.File("r.hea")))
        {
            opened.Write(_folder.File("r.csv"), options: new CsvWriteOptions { Time = false });
            Assert.Throws<OutputExistsException>(() => opened.Write(_folder.File("r.csv")));
            opened.Write(_folder.File("r.csv"), overwrite: true, options: new CsvWriteOptions { Time = false });
        }

        using var copy = EcgRecord.Open(_folder.File("r.csv"), new CsvReadOptions { SamplingFrequencyHz = 100 });
        Assert.Equal(record.Leads[0].ToMilliVolts(), copy.Leads[0].ToMilliVolts());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Throws<FileNotFoundException>(() => EcgRecord.Open(_folder.File("none.edf")));
}
