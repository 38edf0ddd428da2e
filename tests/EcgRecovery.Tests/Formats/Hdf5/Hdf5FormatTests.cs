using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Hdf5;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Hdf5;

/// <summary>Files that h5py and Octave wrote: Files/make.py has the commands.</summary>
public sealed class Hdf5FormatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // As make.py computes them.
    private static double[] Ecg(int lead) => [.. Enumerable.Range(0, 60).Select(t => ((((7 * t) + (31 * lead)) % 50) - 25) / 8d)];

    [Theory]
    [InlineData("earliest_contiguous.h5")]
    [InlineData("earliest_gzip.h5")]
    [InlineData("earliest_lzf.h5")]
    [InlineData("earliest_single.h5")]
    [InlineData("latest_contiguous.h5")]
    [InlineData("latest_gzip.h5")]
    [InlineData("latest_lzf.h5")]
    [InlineData("latest_single.h5")]
    public void Datasets_are_read_however_they_are_stored(string file)
    {
        using var record = Open(file);

        Assert.Equal(
            [("lead 1", "uV", 500), ("lead 2", "uV", 500)],
            record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
        Assert.Equal(Ecg(0), Values(record.Leads[0]));
        Assert.Equal(Ecg(1), Values(record.Leads[1]));
        var window = new double[20];
        record.Leads[1].ReadPhysicalValues(30, window);
        Assert.Equal(Ecg(1)[30..50], window);
        Assert.Contains("500 Hz was taken from /g/fs; the option 'sampling-frequency' overrules.", record.Remarks);
    }

    [Theory]
    [InlineData("compact.h5")]
    [InlineData("implicit.h5")]
    [InlineData("dense.h5")]
    [InlineData("links_old.h5")]
    [InlineData("links_new.h5")]
    public void Groups_and_layouts_of_old_and_new_files_are_read(string file)
    {
        using var record = Open(file);

        Assert.Equal(500, record.SamplingFrequencyHz);
        Assert.Equal(Ecg(0), Values(record.Leads[0]));
        Assert.Equal(Ecg(1), Values(record.Leads[1]));
    }

    [Fact]
    public void An_index_of_several_pages_is_read()
    {
        using var record = Open("paged.h5");
        Assert.Equal(Enumerable.Range(0, 1100).Select(t => t % 100), Assert.Single(record.Leads).ToAdcUnits());
    }

    [Fact]
    public void Chunks_that_were_never_written_have_the_fill_value()
    {
        using var record = Open("unwritten.h5");
        double[] expected = [.. Enumerable.Repeat(double.NaN, 20), .. Ecg(0)[20..40], .. Enumerable.Repeat(double.NaN, 20)];
        Assert.Equal(expected, Values(Assert.Single(record.Leads)));
        Assert.Equal("V5", record.Leads[0].Name);
    }

    [Fact]
    public void Raw_channels_of_OpenSignals_are_the_leads()
    {
        using var record = Open("opensignals.h5");

        Assert.Equal([("channel_1", 1000), ("channel_2", 1000)], record.Leads.Select(lead => (lead.Name, lead.SamplingFrequencyHz)));
        Assert.Equal(Ecg(1).Select(value => (int)((8 * value) + 25)), record.Leads[1].ToAdcUnits());
        Assert.Contains(record.Remarks, remark => remark.Contains("were taken for leads, by their names", StringComparison.Ordinal));

        using var named = Open("opensignals.h5", new() { Variable = "/00:07:80:58:9B:3F/raw/nSeq" });
        Assert.Equal(Enumerable.Range(0, 60).Select(t => t % 16), Assert.Single(named.Leads).ToAdcUnits());
    }

    [Fact]
    public void A_struct_of_MATLAB_7_3_is_a_group()
    {
        using var record = Open("matlab73.mat");

        Assert.Equal([("II", "uV", 250), ("V5", "uV", 250)], record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
        Assert.Equal(Ecg(0), Values(record.Leads[0]));
        Assert.Equal(Ecg(1), Values(record.Leads[1]));
        Assert.Contains("ECG.data (2 x 60)", record.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_Octave_is_a_group_of_type_and_value()
    {
        using var record = Open("octave.mat", new() { Variable = "s.ecg" });

        Assert.Equal(360, record.SamplingFrequencyHz);
        Assert.Equal(Ecg(1), Values(record.Leads[1]));
    }

    [Theory]
    [InlineData("/complex", "is complex")]
    [InlineData("table", "is a table of fields")]
    [InlineData("/logical", "is logical")]
    [InlineData("/scaled", "is packed with scale-offset")]
    public void What_holds_no_samples_is_named(string name, string expected)
    {
        Assert.Contains(
            expected, Assert.Throws<InvalidDataException>(() => Open("kinds.h5", new() { Variable = name })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            name.Trim('/') + " (", Assert.Throws<InvalidDataException>(() => Open("kinds.h5")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_of_a_dataset_that_can_grow_is_refused_in_the_latest_format() => Assert.Contains(
        "h5repack writes the earliest one", Assert.Throws<InvalidDataException>(() => Open("grow.h5")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_without_a_superblock_is_refused() => Assert.EndsWith(
        "x.h5 is no HDF5 file.",
        Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write("x.h5", "hello"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_recognized_by_its_first_bytes()
    {
        Assert.True(Recognized(File.ReadAllBytes(PathOf("compact.h5"))));
        Assert.True(Recognized([.. new byte[1024], .. File.ReadAllBytes(PathOf("compact.h5"))]));
        Assert.False(Recognized([0x89, .. "PNG\r\n\x1a\n"u8]));

        static bool Recognized(ReadOnlySpan<byte> bytes) => new Hdf5Format().Recognizes(new FileHead("x", bytes));
    }

    [Fact]
    public void Windows_may_be_read_by_several_threads()
    {
        using var record = Open("earliest_gzip.h5");
        Parallel.For(0, 400, i =>
        {
            var (lead, start) = (i % 2, i % 50);
            var window = new double[10];
            record.Leads[lead].ReadPhysicalValues(start, window);
            Assert.Equal(Ecg(lead)[start..(start + 10)], window);
        });
    }

    internal static string PathOf(string file) =>
        Checkout.PathOf("tests", "EcgRecovery.Tests", "Formats", "Hdf5", "Files", file);

    private static EcgRecord Open(string file, ArrayReadOptions? options = null) =>
        RecordFormats.Open(PathOf(file), options ?? new ArrayReadOptions());

    private static double[] Values(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return values;
    }
}
