using System.Text.RegularExpressions;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats;

/// <summary>A format that people bring and that is not read: it is refused by name, with a way to convert it.</summary>
/// <param name="Name">The usual name.</param>
/// <param name="Advice">What makes a file that is read of it, as in <c>convert it with …</c>.</param>
/// <param name="Matches">Whether the first bytes of a file are those of the format.</param>
internal sealed partial record ForeignFormat(string Name, string Advice, Func<FileHead, bool> Matches)
{
    private const string ByBiosig = "convert it with biosig's 'save2gdf -f=EDF'";
    private const string Unpack = "unpack it first";
    private const string Picture = "a picture has no samples; export them from the recorder's program";

    /// <summary>All of them; the first that matches counts. docs/formats.md has the same table.</summary>
    public static IReadOnlyList<ForeignFormat> All { get; } =
    [
        new("DICOM", "read it with pydicom's waveform_array and write CSV", Has("DICM"u8, 128)),
        new("SCP-ECG", "export EDF or text from the recorder's program, or try biosig's 'save2gdf -f=EDF'", Has("SCPECG"u8, 16)),
        new("GDF", ByBiosig, Has("GDF "u8)),
        new("LabChart binary (CFWB)", ByBiosig, Has("CFWB"u8)),
        new("ISHNE", "read it with ishneholterlib (Python) and write CSV", Has("ISHNE1.0"u8)),
        new("XDF", "read it with pyxdf's load_xdf and write CSV", Has("XDF:"u8)),
        new("BrainVision", "convert it with MNE-Python: read_raw_brainvision, then export to EDF", Says(BrainVision())),
        new("aECG (HL7 XML)", ByBiosig, XmlWith("AnnotatedECG")),
        new("Philips SierraECG (XML)", "read it with sierraecg (Python) and write CSV", XmlWith("restingecgdata")),
        new("GE MUSE (XML)", "convert it with muse2wfdb (Python)", XmlWith("RestingECG")),
        new("an HTML page", "the download was perhaps refused: open it in a browser", Says(Html())),
        new("XML", "export text, EDF or WFDB from the program that wrote it", Says(Xml())),
        new("JSON", "write its samples as text, one row for each", Says(Json())),
        new("a pointer of Git LFS", "get the file itself with 'git lfs pull'", Says(Lfs())),
        new("PDF", Picture, Has("%PDF"u8)),
        new("PNG", Picture, Has("PNG\r\n"u8, 1)),
        new("JPEG", Picture, head => head.Bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF])),
        new("TIFF", Picture, head => head.Bytes.StartsWith("II*\0"u8) || head.Bytes.StartsWith("MM\0*"u8)),
        new("GIF", Picture, Has("GIF8"u8)),
        new("WAV", "convert it with WFDB's wav2mit", head => head.Bytes.StartsWith("RIFF"u8) && Has("WAVE"u8, 8)(head)),
        new("FLAC", "open its WFDB header, or decode it with 'flac -d'", Has("fLaC"u8)),
        new("Excel (xlsx)", "save it as CSV", head => IsZip(head) && Contains(head, "[Content_Types].xml"u8)),
        new("OpenDocument", "save it as CSV", head => IsZip(head) && Contains(head, "mimetypeapplication/vnd.oasis"u8)),
        new("Excel (xls)", "save it as CSV", head => head.Bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])),
        new("Parquet", "convert it with pandas: read_parquet, then to_csv", Has("PAR1"u8)),
        new("a ZIP archive", Unpack, IsZip),
        new("packed with gzip", Unpack, head => head.IsGzip),
        new("packed with bzip2", Unpack, Has("BZh"u8)),
        new("packed with xz", Unpack, head => head.Bytes.StartsWith<byte>([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0])),
        new("packed with Zstandard", Unpack, head => head.Bytes.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD])),
        new("a 7-Zip archive", Unpack, head => head.Bytes.StartsWith<byte>([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C])),
        new("a RAR archive", Unpack, Has("Rar!\u001A\u0007"u8)),
        new("AcqKnowledge (.acq)", "convert it with bioread's acq2txt", head => head.Text is null && HasExtension(head, ".acq")),
        new("LabChart (.adicht)", "export text or EDF from LabChart", head => head.Text is null && HasExtension(head, ".adicht")),
    ];

    /// <summary>Returns the format of a file; null if it is none of these.</summary>
    public static ForeignFormat? Find(FileHead head) => All.FirstOrDefault(format => format.Matches(head));

    /// <summary>The error of a file of this format.</summary>
    public InvalidDataException Error(string path) => new($"{path} is {Name}, which is not read; {Advice}.");

    private static Func<FileHead, bool> Has(ReadOnlySpan<byte> mark, int offset = 0)
    {
        var bytes = mark.ToArray();
        return head => head.Bytes.Length >= offset + bytes.Length && head.Bytes[offset..].StartsWith(bytes);
    }

    private static Func<FileHead, bool> Says(Regex regex) => head => head.Text is { } text && regex.IsMatch(text);

    private static Func<FileHead, bool> XmlWith(string name) =>
        head => head.Text is { } text && text.AsSpan().TrimStart().StartsWith("<") && text.Contains(name, StringComparison.Ordinal);

    private static bool IsZip(FileHead head) => head.Bytes.StartsWith("PK\u0003\u0004"u8);

    private static bool Contains(FileHead head, ReadOnlySpan<byte> mark) => head.Bytes.IndexOf(mark) >= 0;

    private static bool HasExtension(FileHead head, string extension) =>
        Path.GetExtension(head.Path).Equals(extension, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^\\s*Brain ?Vision Data Exchange (Header|Marker) File", RegexOptions.ExplicitCapture)]
    private static partial Regex BrainVision();

    [GeneratedRegex(@"^\s*<(!doctype html|html)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Html();

    [GeneratedRegex(@"^\s*<(\?xml|!DOCTYPE|[A-Za-z][\w:.-]*[\s>])", RegexOptions.ExplicitCapture)]
    private static partial Regex Xml();

    [GeneratedRegex(@"^\s*(\{\s*[""}]|\[\s*[\[{""\d-][^\]\n]*[,\n])", RegexOptions.ExplicitCapture)]
    private static partial Regex Json();

    [GeneratedRegex("^version https://git-lfs")]
    private static partial Regex Lfs();
}
