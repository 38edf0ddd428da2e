using EcgRecovery.Formats;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Mat;

public sealed class MatFormatTests : IDisposable
{
    // Files of scipy 1.10.1 in base64. Each constant has the call that printed it.
    //     import io, base64, numpy as np, scipy.io, scipy.sparse
    //     val = np.array([[1, -2, 32767, -32768], [100, 200, 300, 400]])
    //     def show(data, **kw):
    //         f = io.BytesIO()
    //         scipy.io.savemat(f, {'fs': np.array([[250.0]]), 'val': data}, **kw)
    //         print(base64.b64encode(f.getvalue()).decode())

    // show(val.astype(np.int16), format='4')
    private const string Version4Int16 = "AAAAAAEAAAABAAAAAAAAAAMAAABmcwAAAAAAAEBvQB4AAAACAAAABAAAAAAAAAAEAAAAdmFsAAEAZAD+/8gA/38sAQCAkAE=";

    // show(val / 8, format='4')
    private const string Version4Double =
        "AAAAAAEAAAABAAAAAAAAAAMAAABmcwAAAAAAAEBvQAAAAAACAAAABAAAAAAAAAAEAAAAdmFsAAAAAAAAAMA/AAAAAAAAKUAAAAAAAADQvwAAAAAAADlAAAAA"
        + "AMD/r0AAAAAAAMBCQAAAAAAAALDAAAAAAAAASUA=";

    // show(val.astype(np.int16))
    private const string Version5Int16 =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQACAGZzAAAJAAAA"
        + "CAAAAAAAAAAAQG9ADgAAAEAAAAAGAAAACAAAAAoAAAAAAAAABQAAAAgAAAACAAAABAAAAAEAAwB2YWwAAwAAABAAAAABAGQA/v/IAP9/LAEAgJAB";

    // show(val.astype(np.int32), do_compression=True)
    private const string Version5PackedInt32 =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAJwAAAHic42NgYLAAYjYg5oDSIMAK5TPCMRNDWjEDAydUHAwc8h0AKqcCRg8AAABD"
        + "AAAAeJzjY2BgCABiNiDmAGIeBghghfKZgJgFiBkZmBnKEnPA4gpgPgNDChD/+////wkg/b+egUEHJNjw//8EIA0ABjYL2g==";

    // show(val / 8, do_compression=True)
    private const string Version5PackedDouble =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAJwAAAHic42NgYLAAYjYg5oDSIMAK5TPCMRNDWjEDAydUHAwc8h0AKqcCRg8AAABH"
        + "AAAAeJzjY2BgKABiNiDmgNIgwArlMwExCxAzMjAzlCXmMHAC2Q4MMHDAHkJrQoUu7IfQlmD+gf/rIeIHnKDyGw5AaE8HAMhHC48=";

    // show((val / 8).astype(np.float32))
    private const string Version5Single =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQACAGZzAAAJAAAA"
        + "CAAAAAAAAAAAQG9ADgAAAFAAAAAGAAAACAAAAAcAAAAAAAAABQAAAAgAAAACAAAABAAAAAEAAwB2YWwABwAAACAAAAAAAAA+AABIQQAAgL4AAMhBAP5/RQAA"
        + "FkIAAIDFAABIQg==";

    // show(np.array([[1, 2, 3]], dtype=np.uint8))
    private const string Version5SmallUInt8 =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQACAGZzAAAJAAAA"
        + "CAAAAAAAAAAAQG9ADgAAADAAAAAGAAAACAAAAAkAAAAAAAAABQAAAAgAAAABAAAAAwAAAAEAAwB2YWwAAgADAAECAwA=";

    // show(val * 1j)
    private const string Version5Complex =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQACAGZzAAAJAAAA"
        + "CAAAAAAAAAAAQG9ADgAAALgAAAAGAAAACAAAAAYIAAAAAAAABQAAAAgAAAACAAAABAAAAAEAAwB2YWwACQAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAACQAAAEAAAAAAAAAAAADwPwAAAAAAAFlAAAAAAAAAAMAAAAAAAABpQAAAAADA/99A"
        + "AAAAAADAckAAAAAAAADgwAAAAAAAAHlA";

    // show(scipy.sparse.csc_matrix(val.astype(float)))
    private const string Version5Sparse =
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMDA6NTU6MDUgMjAyNgAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQACAGZzAAAJAAAA"
        + "CAAAAAAAAAAAQG9ADgAAALgAAAAGAAAACAAAAAUAAAAIAAAABQAAAAgAAAACAAAABAAAAAEAAwB2YWwABQAAACAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAEA"
        + "AAAAAAAAAQAAAAUAAAAUAAAAAAAAAAIAAAAEAAAABgAAAAgAAAAAAAAACQAAAEAAAAAAAAAAAADwPwAAAAAAAFlAAAAAAAAAAMAAAAAAAABpQAAAAADA/99A"
        + "AAAAAADAckAAAAAAAADgwAAAAAAAAHlA";

    // struct.pack('>5i', 1030, 2, 3, 0, 4) + b'val\0' + struct.pack('>6h', 1, 100, -2, 200, -32768, 300)
    private const string Version4BigEndian = "AAAEBgAAAAIAAAADAAAAAAAAAAR2YWwAAAEAZP/+AMiAAAEs";

    private static readonly ArrayReadOptions s_options = new() { SamplingFrequencyHz = 250 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Version4Int16, EcgLead.MissingAdcUnits)]
    [InlineData(Version5Int16, EcgLead.MissingAdcUnits)]
    [InlineData(Version5PackedInt32, -32768)]
    public void Whole_numbers_are_ADC_units(string file, int last)
    {
        using var record = Open(file);

        Assert.Equal((250, 2, false), (record.SamplingFrequencyHz, record.Leads.Count, record.Leads[0].IsCalibrated));
        Assert.Equal([1, -2, 32767, last], record.Leads[0].ToAdcUnits());
        Assert.Equal([100, 200, 300, 400], record.Leads[1].ToAdcUnits());
        var window = new int[2];
        record.Leads[1].ReadAdcUnits(1, window);
        Assert.Equal([200, 300], window);
        Assert.Contains(record.Remarks, remark => remark.Contains("default gain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Version4Double)]
    [InlineData(Version5PackedDouble)]
    [InlineData(Version5Single)]
    public void Real_numbers_are_values(string file)
    {
        using var record = Open(file);

        var values = new double[4];
        record.Leads[0].ReadPhysicalValues(0, values);
        Assert.Equal([0.125, -0.25, 4095.875, -4096], values);
        record.Leads[1].ReadPhysicalValues(0, values);
        Assert.Equal([12.5, 25, 37.5, 50], values);
    }

    [Fact]
    public void Big_endian_and_small_elements_are_read()
    {
        using var small = Open(Version5SmallUInt8);
        Assert.Equal([1, 2, 3], Assert.Single(small.Leads).ToAdcUnits());

        using var big = Open(Version4BigEndian);
        Assert.Equal([1, -2, EcgLead.MissingAdcUnits], big.Leads[0].ToAdcUnits());
        Assert.Equal([100, 200, 300], big.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void The_text_beside_it_names_leads_gain_base_unit_and_frequency()
    {
        folder.Write(
            "x.info",
            "Source: record x  Start: [10:00:00.000]\nval has 2 rows (signals) and 4 columns (samples/signal)\nDuration:     0:00\n"
            + "Sampling frequency: 250 Hz  Sampling interval: 0.004 sec\n"
            + "Row\tSignal\tGain\tBase\tUnits\n1\tII\t7247\t-171\tmV\n2\tPLETH\t1.253e+04\t6042\tNU\n\nTo convert\n");

        using var record = Open(Version4Int16, new ArrayReadOptions());

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal(
            [("II", 7247, -171, "mV"), ("PLETH", 12530, 6042, "NU")],
            record.Leads.Select(lead => (lead.Name, lead.Gain, lead.AdcBaseline, lead.Unit)));
        Assert.Empty(record.Remarks);
        Assert.Equal(["x.info", "x.mat"], record.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_header_the_frequency_must_be_given() =>
        Assert.Contains(
            "has no sampling frequency beside val, and none was given",
            Assert.Throws<SamplingFrequencyMissingException>(() => Open(Version4BigEndian, new ArrayReadOptions())).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Version5Complex, "val is complex")]
    [InlineData(Version5Sparse, "val is sparse")]
    public void Other_variables_are_named(string file, string expected) =>
        Assert.Contains(expected, Refused(file), StringComparison.Ordinal);

    [Fact]
    public void The_only_matrix_may_have_another_name()
    {
        var bytes = Convert.FromBase64String(Version4Int16);
        bytes[^20] = (byte)'w';

        using var record = Open(Convert.ToBase64String(bytes), new ArrayReadOptions());

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal([100, 200, 300, 400], record.Leads[1].ToAdcUnits());
        Assert.Contains(record.Remarks, remark => remark.StartsWith("250 Hz was taken from fs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_file_of_version_7_3_is_refused()
    {
        var bytes = new byte[600];
        "MATLAB 7.3 MAT-file"u8.CopyTo(bytes);

        Assert.Contains("is no MATLAB file of version 4, 5 or 7.3", Refused(Convert.ToBase64String(bytes)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Version4Int16)]
    [InlineData(Version4Double)]
    [InlineData(Version5Int16)]
    [InlineData(Version5PackedInt32)]
    [InlineData(Version5PackedDouble)]
    [InlineData(Version5SmallUInt8)]
    public void Broken_files_are_refused_or_read(string file)
    {
        var whole = Convert.FromBase64String(file);
        var random = new Random(1);
        for (var mutant = 0; mutant < 2000; mutant++)
        {
            var bytes = whole[..(mutant < whole.Length ? mutant : whole.Length)];
            for (var change = 0; mutant >= whole.Length && change < 1 + (mutant % 4); change++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                using var record = Open(Convert.ToBase64String(bytes));
                foreach (var lead in record.Leads)
                    lead.ReadPhysicalValues(0, new double[lead.SampleCount]);
            }
            catch (InvalidDataException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
    }

    [Fact]
    public void A_header_beside_it_is_followed()
    {
        var data = TestData.Folder("wfdb-conformance/sample-data");
        Assert.SkipWhen(data is null, "shared/data/wfdb-conformance is absent.");

        using var record = RecordFormats.Open(Path.Combine(data!, "a103l.mat"));

        Assert.Equal(["II", "V", "PLETH"], record.Leads.Select(lead => lead.Name));
        Assert.Equal((250, 82500, 7247.0), (record.SamplingFrequencyHz, record.Leads[0].SampleCount, record.Leads[0].Gain));
        // scipy.io.loadmat('a103l.mat')['val'][:, 0], [:, 82499]
        Assert.Equal([-171, 9127, 6042], record.Leads.Select(lead => lead.ToAdcUnits()[0]));
        Assert.Equal([-339, 8011, 6301], record.Leads.Select(lead => lead.ToAdcUnits()[^1]));
    }

    [Fact]
    public void The_matrix_of_wfdb2mat_is_read_without_its_header()
    {
        var data = TestData.Folder("wfdb-conformance/sample-data");
        Assert.SkipWhen(data is null, "shared/data/wfdb-conformance is absent.");
        File.Copy(Path.Combine(data!, "a103l.mat"), folder.File("alone.mat"));

        using var record = RecordFormats.Open(folder.File("alone.mat"), s_options);

        // scipy.io.loadmat('a103l.mat')['val'][:, 0], [:, 82499], .astype(int).sum(axis=1)
        Assert.Equal([-171, 9127, 6042], record.Leads.Select(lead => lead.ToAdcUnits()[0]));
        Assert.Equal([-339, 8011, 6301], record.Leads.Select(lead => lead.ToAdcUnits()[^1]));
        Assert.Equal([-13855499, 712769235, 508279825], record.Leads.Select(lead => lead.ToAdcUnits().Sum(unit => (long)unit)));
    }

    private EcgRecord Open(string file, ArrayReadOptions? options = null) =>
        RecordFormats.Open(folder.Write("x.mat", Convert.FromBase64String(file)), options ?? s_options);

    private string Refused(string file) => Assert.Throws<InvalidDataException>(() => Open(file).Dispose()).Message;
}
