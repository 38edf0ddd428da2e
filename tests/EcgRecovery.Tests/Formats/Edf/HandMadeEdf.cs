using System.Globalization;
using System.Text;

namespace EcgRecovery.Tests.Formats.Edf;

/// <summary>The EDF+D file of docs/edf.md, field by field: two leads, four data records, two time gaps.</summary>
internal static class HandMadeEdf
{
    /// <summary>Every field: its bytes and what it is, in the file's order.</summary>
    public static IReadOnlyList<(byte[] Bytes, string Meaning)> Fields { get; } =
    [
        Text("0", 8, "version"),
        Text("X F X X", 80, "patient: code, sex, birthdate, name"),
        Text("Startdate 31-DEC-2023 X X X", 80, "recording: date, code, technician, equipment"),
        Text("31.12.23", 8, "start date"),
        Text("23.59.59", 8, "start time"),
        Text("1024", 8, "bytes in the header: 256 + 3 × 256"),
        Text("EDF+D", 44, "reserved: EDF+, discontinuous"),
        Text("4", 8, "data records"),
        Text("0.5", 8, "seconds a data record"),
        Text("3", 4, "signals"),
        Text("ECG II", 16, "label of signal 0"),
        Text("Resp", 16, "label of signal 1"),
        Text("EDF Annotations", 16, "label of signal 2"),
        Text("Ag-AgCl electrodes", 80, "transducer of signal 0"),
        Text("thoracic belt", 80, "transducer of signal 1"),
        Text("", 80, "transducer of signal 2"),
        Text("uV", 8, "unit of signal 0"),
        Text("ohm", 8, "unit of signal 1"),
        Text("", 8, "unit of signal 2"),
        Text("-1000", 8, "physical minimum of signal 0"),
        Text("10", 8, "physical minimum of signal 1"),
        Text("-1", 8, "physical minimum of signal 2"),
        Text("1000", 8, "physical maximum of signal 0"),
        Text("-10", 8, "physical maximum of signal 1: polarity reversed"),
        Text("1", 8, "physical maximum of signal 2"),
        Text("-2000", 8, "digital minimum of signal 0: 2 steps per uV"),
        Text("-100", 8, "digital minimum of signal 1: −10 steps per ohm, 0 ohm at 0"),
        Text("-32768", 8, "digital minimum of signal 2"),
        Text("2000", 8, "digital maximum of signal 0"),
        Text("100", 8, "digital maximum of signal 1"),
        Text("32767", 8, "digital maximum of signal 2"),
        Text("HP:0.05Hz LP:100Hz", 80, "prefiltering of signal 0"),
        Text("", 80, "prefiltering of signal 1"),
        Text("", 80, "prefiltering of signal 2"),
        Text("4", 8, "samples in a data record of signal 0: 8 Hz"),
        Text("2", 8, "samples in a data record of signal 1: 4 Hz"),
        Text("20", 8, "samples in a data record of signal 2: 40 bytes"),
        Text("", 32, "reserved of signal 0"),
        Text("", 32, "reserved of signal 1"),
        Text("", 32, "reserved of signal 2"),
        .. Record(
            0,
            [1, -1, 2000, -2000],
            [10, 20],
            "+0.25⊐⊐⊙+0.25⊐N⊐⊙",
            "begins 0.25 s after the start time; a normal beat at its first sample"),
        .. Record(
            1,
            [5, 6, 7, 8],
            [30, 40],
            "+0.75⊐⊐⊙+0.8751⊏0.25⊐Bewegung ü⊐⊙",
            "begins where record 0 ends; a note in UTF-8 that lasts 0.25 s"),
        .. Record(
            2,
            [9, 10, 11, 12],
            [50, 60],
            "+3.25⊐⊐⊙+3.375⊏0.25⊐missing@@ECG II⊐⊙",
            "a gap of 2 s before it; samples 1 and 2 of ECG II are missing"),
        .. Record(3, [13, 14, 15, 16], [-70, -80], "+5.3⊐⊐⊙", "a gap of 1.55 s before it: 12.4 samples of ECG II, 6.2 of Resp"),
    ];

    /// <summary>The whole file, 1,232 bytes.</summary>
    public static byte[] Bytes => [.. Fields.SelectMany(part => part.Bytes)];

    /// <summary>The table of docs/edf.md: offset, length, contents, meaning.</summary>
    public static string Table
    {
        get
        {
            var table = new StringBuilder("| bytes | contents | meaning |\n|---|---|---|\n");
            var offset = 0;
            foreach (var (bytes, meaning) in Fields)
            {
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {offset}..{offset + bytes.Length} | {Show(bytes, isText: offset < 1024 || bytes.Length == 40)} | {meaning} |\n");
                offset += bytes.Length;
            }

            return table.ToString();
        }
    }

    private static (byte[] Bytes, string Meaning) Text(string text, int length, string meaning) =>
        (Encoding.ASCII.GetBytes(text.PadRight(length)), meaning);

    private static IEnumerable<(byte[] Bytes, string Meaning)> Record(int number, short[] ecg, short[] resp, string lists, string meaning)
    {
        yield return (Samples(ecg), $"record {number}, ECG II: {string.Join(", ", ecg)}");
        yield return (Samples(resp), $"record {number}, Resp: {string.Join(", ", resp)}");
        var bytes = new byte[40];
        Encoding.UTF8.GetBytes(lists.Replace('⊐', '\u0014').Replace('⊏', '\u0015').Replace('⊙', '\0')).CopyTo(bytes, 0);
        yield return (bytes, $"record {number}, annotations: {meaning}");
    }

    private static byte[] Samples(short[] samples) => [.. samples.SelectMany(sample => new[] { (byte)sample, (byte)(sample >> 8) })];

    private static string Show(byte[] bytes, bool isText)
    {
        if (!isText)
            return $"`{string.Join(' ', bytes.Select(b => b.ToString("X2", CultureInfo.InvariantCulture)))}`";
        var text = Encoding.UTF8.GetString(bytes).TrimEnd(' ', '\0');
        var shown = text
            .Replace("\u0014", "[20]", StringComparison.Ordinal)
            .Replace("\u0015", "[21]", StringComparison.Ordinal)
            .Replace("\0", "[0]", StringComparison.Ordinal);
        return shown.Length == 0 ? "blanks" : bytes[^1] == 0 ? $"`{shown}`, then 0" : $"`{shown}`";
    }
}
