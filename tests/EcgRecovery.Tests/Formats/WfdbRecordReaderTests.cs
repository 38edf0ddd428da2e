using System.Globalization;
using EcgRecovery.Formats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats;

public class WfdbRecordReaderTests
{
    // 2 leads × 3 samples in format 16: lead a is 1 2 −3, lead b 10 20 30.
    private static readonly byte[] Samples = [1, 0, 10, 0, 2, 0, 20, 0, 0xFD, 0xFF, 30, 0];

    [Fact]
    public void Reads_the_leads_of_a_file_and_of_several()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("y.dat", [99, 0, 0, 0, 8, 0, 0]);
        var path = folder.Write("x.hea", "x 3 100 3\nx.dat 16 100/mV 16 0 1 0 0 a\nx.dat 16 100 16 0 10 60 0 b\ny.dat 16+1 1 16 0 0 2048 0 c\n");
        var record = WfdbRecordReader.Read(path);
        Assert.Equal(("x", 100.0), (record.Name, record.SamplingFrequencyHz));
        Assert.Equal(["a", "b", "c"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([1, 2, -3], record.Leads[0].ToAdcUnits());
        Assert.Equal([10, 20, 30], record.Leads[1].ToAdcUnits());
        Assert.Equal([0, 2048, 0], record.Leads[2].ToAdcUnits());
    }

    [Fact]
    public void Takes_the_length_from_the_file_where_the_header_gives_none()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", "x 2\nx.dat 16\nx.dat 16\n");
        Assert.Equal([10, 20, 30], WfdbRecordReader.Read(folder.File("x")).Leads[1].ToAdcUnits());
    }

    [Theory]
    [InlineData("x 2 100 4\nx.dat 16\nx.dat 16\n", "x.dat has 12 bytes of samples; header x expects 4 samples of 2 signals in format 16. Is it truncated?")]
    [InlineData("x 2 100 9223372036854775807\nx.dat 16\nx.dat 16\n", "x.dat has 12 bytes of samples; header x expects 9223372036854775807 samples of 2 signals in format 16. Is it truncated?")]
    [InlineData("x 1 100 1\nx.dat 16+99\n", "x.dat has 0 bytes of samples; header x expects 1 samples of 1 signals in format 16. Is it truncated?")]
    [InlineData("x 2 100 3\nx.dat 16\nx.dat 212\n", "x.dat has signals of different formats or byte offsets in header x; expected one.")]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 5\nx.dat 16\n", "x.dat, signal record x, signal 0: first sample is 1; header x expects 5.")]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 1 1 0 a\nx.dat 16\n", "x.dat, signal a: checksum is 0; header x expects 1.")]
    public void Names_what_is_wrong_in_one_line(string header, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.dat", Samples);
        folder.Write("x.hea", header);
        var error = Assert.Throws<InvalidDataException>(() => WfdbRecordReader.Read(folder.File("x")));
        Assert.Equal(path[..^"x.dat".Length] + message, error.Message);
    }

    [Fact]
    public void Names_a_missing_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x");
        Assert.Equal($"Input {path}.hea does not exist.", Assert.Throws<FileNotFoundException>(() => WfdbRecordReader.Read(path)).Message);
        folder.Write("x.hea", "x 1 100 3\nx.dat 16\n");
        Assert.Equal($"Input {path}.dat does not exist.", Assert.Throws<FileNotFoundException>(() => WfdbRecordReader.Read(path)).Message);
    }

    [Fact]
    public void Verifies_all_96_signals_of_the_MIT_BIH_database()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "mitdb is absent");
        var headers = Directory.GetFiles(folder!, "*.hea");
        Assert.Equal(48, headers.Length);
        foreach (var header in headers)
        {
            // Reading verifies initial values and checksums, which every header of the database gives.
            Assert.All(WfdbHeader.Read(header).Signals, signal => Assert.True(signal is { InitialValue: not null, Checksum: not null }));
            var record = WfdbRecordReader.Read(header);
            Assert.Equal(2, record.Leads.Count);
            Assert.All(record.Leads, lead => Assert.Equal(650_000, lead.SampleCount));
        }
    }

    // Expected outputs of wfdb-python's tests, made by WFDB's rdsamp: "rdsamp -r sample-data/test01_00s | cut -f 2-" and so on.
    [Theory]
    [InlineData("test01_00s", "record-1a", 0, new[] { 0, 1, 2, 3 }, false)]
    [InlineData("a103l", "record-1b", 12_500, new[] { 2, 0 }, true)]
    [InlineData("a103l", "record-1c", 20_000, new[] { 0, 1 }, false)]
    [InlineData("100", "record-2b", 1, new[] { 1 }, false)]
    [InlineData("100_3chan", "record-2c", 0, new[] { 0, 1, 2 }, true)]
    public void Reads_the_same_values_as_rdsamp(string name, string output, int firstSample, int[] leads, bool isPhysical)
    {
        var folder = TestData.Folder("wfdb-conformance");
        Assert.SkipWhen(folder is null, "wfdb-conformance is absent");
        var record = WfdbRecordReader.Read(Path.Combine(folder!, "sample-data", name));
        var lines = File.ReadAllLines(Path.Combine(folder!, "target-output", output));
        var samples = record.Leads.Select(lead => lead.ToAdcUnits()).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var expected = lines[i].Split('\t', StringSplitOptions.TrimEntries);
            for (var j = 0; j < leads.Length; j++)
            {
                var actual = samples[leads[j]][firstSample + i];
                Assert.Equal(expected[j], isPhysical ? Physical(record.Leads[leads[j]], actual) : actual.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Physical(EcgLead lead, int adcUnits) =>
        ((adcUnits - lead.AdcBaseline) / lead.Gain).ToString("F8", CultureInfo.InvariantCulture);
}
