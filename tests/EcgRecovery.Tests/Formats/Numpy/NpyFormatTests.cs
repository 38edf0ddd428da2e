using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Numpy;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Numpy;

public sealed class NpyFormatTests : IDisposable
{
    private static readonly ArrayReadOptions s_options = new() { SamplingFrequencyHz = 250 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The bytes of −2 (254 … for unsigned) and 3, of f2 … f8 those of −2.5 and 3: numpy.array([-2.5, 3], '<f2').tobytes().hex().
    [Theory]
    [InlineData("|i1", "FE03", -2)]
    [InlineData("|u1", "FE03", 254)]
    [InlineData("<i2", "FEFF0300", -2)]
    [InlineData(">i2", "FFFE0003", -2)]
    [InlineData("<u2", "FEFF0300", 65534)]
    [InlineData(">u2", "FFFE0003", 65534)]
    [InlineData("<i4", "FEFFFFFF03000000", -2)]
    [InlineData(">u4", "7FFFFFFE00000003", 2147483646)]
    [InlineData("<i8", "FEFFFFFFFFFFFFFF0300000000000000", -2)]
    [InlineData(">i8", "FFFFFFFFFFFFFFFE0000000000000003", -2)]
    [InlineData("<u8", "FEFFFF7F000000000300000000000000", 2147483646)]
    [InlineData("<f2", "00C10042", -2.5)]
    [InlineData(">f2", "C1004200", -2.5)]
    [InlineData("<f4", "000020C000004040", -2.5)]
    [InlineData(">f4", "C020000040400000", -2.5)]
    [InlineData("<f8", "00000000000004C00000000000000840", -2.5)]
    [InlineData(">f8", "C0040000000000004008000000000000", -2.5)]
    public void Every_type_and_byte_order_is_read(string type, string bytes, double first)
    {
        foreach (byte version in (byte[])[1, 2, 3])
        {
            var path = folder.Write("x.npy", NpyBytes.Array(type, false, "(2,)", Convert.FromHexString(bytes), version));
            var isReal = type[1] == 'f';
            using (var record = RecordFormats.Open(path, s_options))
            {
                var lead = Assert.Single(record.Leads);
                Assert.Equal(isReal, lead.AdcUnits is null);
                Assert.Equal(isReal ? [first, 3] : [first / 200, 3 / 200d], Values(lead));
                if (!isReal)
                    Assert.Equal([(int)first, 3], lead.ToAdcUnits());
            }

            using var inUnit = RecordFormats.Open(path, s_options with { Unit = "adu" });
            Assert.Equal([first, 3], Values(inUnit.Leads[0]));
            Assert.Equal("adu", inUnit.Leads[0].Unit);
        }
    }

    // Both orders of both orientations; row by row, a matrix of leads and one of samples differ as numbers in the file.
    [Theory]
    [InlineData("(2, 3)", false, "1 2 3 4 5 6")]
    [InlineData("(2, 3)", true, "1 4 2 5 3 6")]
    [InlineData("(3, 2)", false, "1 4 2 5 3 6")]
    [InlineData("(3, 2)", true, "1 2 3 4 5 6")]
    [InlineData("(1, 3, 2)", false, "1 4 2 5 3 6")]
    [InlineData("(2, 3, 1)", false, "1 2 3 4 5 6")]
    public void The_longer_side_is_time(string shape, bool isFortran, string numbers)
    {
        using var record = RecordFormats.Open(Write("x.npy", shape, isFortran, numbers), s_options);

        Assert.Equal([1, 2, 3], Values(record.Leads[0]));
        Assert.Equal([4, 5, 6], Values(record.Leads[1]));
        var window = new double[1];
        record.Leads[1].ReadPhysicalValues(1, window);
        Assert.Equal([5], window);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void An_archive_has_its_frequency_and_names_beside_the_samples(CompressionLevel level)
    {
        var path = folder.Write("x.npz", NpyBytes.Archive(
            level,
            ("ecg", NpyBytes.Array("<f8", false, "(3, 2)", Doubles(1, 4, 2, 5, 3, 6))),
            ("fs", NpyBytes.Array("<i8", false, "()", Convert.FromHexString("6801000000000000"))),
            ("channels", NpyBytes.Array("<U2", false, "(2,)", Encoding.UTF32.GetBytes("I\0II"))),
            ("units", NpyBytes.Array("|S2", false, "()", "uV"u8)),
            ("meta", NpyBytes.Array("|O", false, "()", [1, 2, 3]))));

        using var record = RecordFormats.Open(path);

        Assert.Equal([("I", "uV", 360), ("II", "uV", 360)], record.Leads.Select(lead => (lead.Name, lead.Unit, lead.SamplingFrequencyHz)));
        Assert.Equal([4, 5, 6], Values(record.Leads[1]));
        Assert.Contains("360 Hz was taken from fs; the option 'sampling-frequency' overrules.", record.Remarks);
    }

    [Fact]
    public void One_of_several_members_is_named()
    {
        var array = NpyBytes.Array("<f8", false, "(3,)", Doubles(1, 2, 3));
        var path = folder.Write("x.npz", NpyBytes.Archive(CompressionLevel.Optimal, ("raw", array), ("clean", array)));

        Assert.EndsWith(
            "2 arrays that can be the recording: raw (3), clean (3); expected the name of one.",
            Assert.Throws<ArrayNotChosenException>(() => RecordFormats.Open(path, s_options)).Message, StringComparison.Ordinal);
        using var record = RecordFormats.Open(path, s_options with { Variable = "clean" });
        Assert.Equal([1, 2, 3], Values(record.Leads[0]));
    }

    [Fact]
    public void Without_a_frequency_one_must_be_given() => Assert.EndsWith(
        "x.npy has no sampling frequency beside x, and none was given.",
        Assert.Throws<SamplingFrequencyMissingException>(() => RecordFormats.Open(Write("x.npy", "(6,)", false, "1 2 3 4 5 6"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("|O", "x is of Python objects")]
    [InlineData("<c16", "x is complex")]
    [InlineData("|b1", "x is logical")]
    [InlineData("<M8[ns]", "x is of dates")]
    [InlineData("[('a', '<f4'), ('b', '<i2')]", "x is of fields, a structured array")]
    public void Other_types_are_named(string type, string expected) => Assert.Contains(
        expected,
        Assert.Throws<InvalidDataException>(
            () => RecordFormats.Open(folder.Write("x.npy", NpyBytes.Array(type, false, "(6,)", new byte[96])), s_options)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        var whole = NpyBytes.Array("<f8", false, "(3,)", Doubles(1, 2, 3));
        Assert.Contains(
            "x has 3 numbers of 8 bytes; 23 bytes are there",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write("x.npy", whole[..^1]), s_options)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is no NumPy array of version 1 to 3",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write("x.npy", "hello"), s_options)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is no sound ZIP archive of NumPy arrays",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write("x.npz", "PK hello"), s_options)).Message,
            StringComparison.Ordinal);
    }

    // A million zeros of 64 bits in a kilobyte of ZIP are plausible; a ZIP of ten bytes that announces them is not.
    [Fact]
    public void A_packed_array_is_unpacked_within_a_bound()
    {
        var archive = NpyBytes.Archive(
            CompressionLevel.Optimal, ("x", NpyBytes.Array("<f8", false, "(2, 100000)", new byte[1_600_000])));
        using (var record = RecordFormats.Open(folder.Write("x.npz", archive), s_options))
            Assert.Equal(100_000, record.Leads[0].SampleCount);

        // The size that the central directory gives, 24 bytes behind its signature.
        var at = archive.AsSpan().LastIndexOf("PK\x01\x02"u8) + 24;
        BinaryPrimitives.WriteInt32LittleEndian(archive.AsSpan(at), int.MaxValue);
        Assert.Contains(
            "x has 2147483647 bytes; expected at most 268435456",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write("x.npz", archive), s_options)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Both_kinds_of_files_are_recognized_by_their_first_bytes()
    {
        var array = NpyBytes.Array("<f8", false, "(3,)", Doubles(1, 2, 3));
        Assert.True(Recognized(array));
        Assert.True(Recognized(NpyBytes.Archive(CompressionLevel.Optimal, ("x", array))));
        Assert.False(Recognized("PK\x03\x04 a workbook with other members"u8));
        Assert.False(Recognized([]));

        static bool Recognized(ReadOnlySpan<byte> bytes) => new NpyFormat().Recognizes(new FileHead("x", bytes));
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".npz")]
    public void Values_of_a_recording_come_back_to_the_bit(string extension)
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 10_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).ToArray();
        var array = NpyBytes.Array("<f8", false, "(10000,)", Doubles(values));
        var path = folder.Write("x" + extension, extension == ".npy" ? array : NpyBytes.Archive(CompressionLevel.Fastest, ("x", array)));

        using var record = RecordFormats.Open(path, s_options);

        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), Values(record.Leads[0]).Select(BitConverter.DoubleToInt64Bits));
    }

    private string Write(string name, string shape, bool isFortran, string numbers) =>
        folder.Write(name, NpyBytes.Array("<f8", isFortran, shape, Doubles([.. numbers.Split(' ').Select(double.Parse)])));

    private static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static double[] Values(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return values;
    }
}
