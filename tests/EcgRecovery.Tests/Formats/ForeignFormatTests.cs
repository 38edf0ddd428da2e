using System.IO.Compression;
using System.Text;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Tests.Formats;

public sealed class ForeignFormatTests : IDisposable
{
    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[]> Heads => new()
    {
        { "DICOM", [.. new byte[128], .. "DICM"u8, 2, 0] },
        { "SCP-ECG", [0xA6, 0xA1, 0x6C, 1, 0, 0, 0xCA, 3, 0, 0, 0x88, 0, 0, 0, 20, 20, .. "SCPECG"u8, 0] },
        { "GDF", [.. "GDF 2.51"u8, 0, 1] },
        { "LabChart binary (CFWB)", [.. "CFWB"u8, 1, 0, 0, 0] },
        { "ISHNE", [.. "ISHNE1.0"u8, 0, 0] },
        { "XDF", [.. "XDF:"u8, 1, 20, 1, 0] },
        { "BrainVision", Bytes("Brain Vision Data Exchange Header File Version 1.0\r\n[Common Infos]\r\n") },
        { "BrainVision", Bytes("BrainVision Data Exchange Header File Version 2.0\r\n") },
        { "aECG (HL7 XML)", Bytes(Xml + "<AnnotatedECG xmlns=\"urn:hl7-org:v3\">\n") },
        { "Philips SierraECG (XML)", Bytes(Xml + "<restingecgdata xmlns=\"http://www3.medical.philips.com\">\n") },
        { "Philips SierraECG (XML)", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Xml + "<restingecgdata>\n")] },
        { "GE MUSE (XML)", Bytes(Xml + "<!DOCTYPE RestingECG SYSTEM \"restecg.dtd\">\n<RestingECG>\n") },
        { "an HTML page", Bytes("\n<!DOCTYPE html>\n<html><head><title>403</title>") },
        { "XML", Bytes(Xml + "<CardiologyXML>\n") },
        { "XML", Bytes("<sapphire>\n1 2 3\n") },
        { "JSON", Bytes("{\n  \"samples\": [1, 2, 3]\n}\n") },
        { "JSON", Bytes("[[0.1, 0.2], [0.3, 0.4]]\n") },
        { "a pointer of Git LFS", Bytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n") },
        { "PDF", Bytes("%PDF-1.7\n") },
        { "PNG", [0x89, .. "PNG\r\n"u8, 0x1A, 10] },
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0] },
        { "TIFF", [.. "II*\0"u8, 8, 0] },
        { "GIF", Bytes("GIF89a\u0001") },
        { "WAV", [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVEfmt "u8] },
        { "FLAC", [.. "fLaC"u8, 0, 0] },
        { "Excel (xlsx)", Zip("[Content_Types].xml") },
        { "OpenDocument", [.. "PK\u0003\u0004"u8, 20, 0, .. "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"u8] },
        { "Excel (xls)", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0] },
        { "Parquet", [.. "PAR1"u8, 21, 4] },
        { "a ZIP archive", Zip("night.edf") },
        { "packed with gzip", Gzip([.. "0       "u8, .. new byte[500]]) },
        { "packed with gzip", Gzip([.. "0       "u8, .. Enumerable.Repeat((byte)' ', 9000)]) },
        { "packed with bzip2", [.. "BZh91AY&SY"u8, 0] },
        { "packed with xz", [0xFD, .. "7zXZ"u8, 0, 0] },
        { "packed with Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 0] },
        { "a 7-Zip archive", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0] },
        { "a RAR archive", [.. "Rar!"u8, 0x1A, 7, 1, 0] },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_format_that_is_not_read_is_refused_by_name(string name, byte[] head)
    {
        var format = ForeignFormat.All.Single(format => format.Name == name);
        foreach (var file in new[] { "x", "x.dat", "x.txt", "x.csv", "x.edf", "x.mat", "x.hea", "x.scp" })
        {
            var path = folder.Write(file, head);
            Assert.Equal(
                $"{path} is {name}, which is not read; {format.Advice}.",
                Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message);
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("x.acq", "AcqKnowledge (.acq)")]
    [InlineData("x.ADICHT", "LabChart (.adicht)")]
    public void Formats_without_a_mark_are_named_by_their_extension(string file, string name)
    {
        var refused = Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.Write(file, [0, 1, 2, 3])));
        Assert.Contains($"{file} is {name}, which is not read; ", refused.Message, StringComparison.Ordinal);
        // Text is not refused by a name.
        using var record = RecordFormats.Open(folder.Write(file, "time,II\n0.000,1\n0.004,2\n0.008,3\n"));
        Assert.Equal(250, record.SamplingFrequencyHz);
    }

    [Theory]
    [InlineData("time,II\n0,1\n")]
    [InlineData("# {\"device\": 1}\n0.5\n")]
    [InlineData("[Header]\nRate=250\n[Data]\n1\n2\n")]
    [InlineData("[1] 0.5 0.25\n")]
    [InlineData("<\n1\n")]
    [InlineData("")]
    public void Tables_of_text_are_none_of_these(string text) =>
        Assert.Null(ForeignFormat.Find(new FileHead("x.txt", Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Packed_text_is_left_to_the_text_reader()
    {
        var head = new FileHead("x.csv.gz", Gzip("0.5\n0.25\n"u8.ToArray()));
        Assert.Equal("CSV", RecordFormats.All.First(format => format.Recognizes(head)).Name);
        Assert.Equal("0.5\n0.25\n", head.Unpacked?.Text);
    }

    [Fact]
    public void The_document_has_the_same_table()
    {
        var document = File.ReadAllText(Checkout.PathOf("docs", "formats.md"));
        var table = string.Concat(ForeignFormat.All.Select(format => $"| {format.Name} | {format.Advice} |\n"));
        Assert.Contains($"| format | way |\n|---|---|\n{table}\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_a_test() =>
        Assert.Empty(
            ForeignFormat.All.Select(format => format.Name).Where(name => !name.Contains("(.", StringComparison.Ordinal))
                .Except(Heads.Select(row => row.Data.Item1)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] Zip(string entry)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var content = zip.CreateEntry(entry).Open();
            content.Write([1, 2, 3]);
        }

        return stream.ToArray();
    }
}
