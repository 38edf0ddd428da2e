using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv;

/// <summary>One of a file's first lines.</summary>
/// <param name="Text">The line, without its end and without a byte order mark.</param>
/// <param name="Offset">Its place in the file.</param>
/// <param name="Number">The line's number, counted from 1.</param>
/// <param name="IsComment">Whether it is a comment, which is no row wherever it stands.</param>
internal sealed record CsvLine(byte[] Text, long Offset, long Number, bool IsComment);

/// <summary>The first lines of a text file, from which its layout is detected; blank lines are left out.</summary>
internal sealed class CsvFirstLines
{
    private const int LinesLookedAt = 200;
    private const int BytesLookedAt = 1 << 20;

    // With fewer rows a single blank line would pass for a line end.
    private const int FewestRowsBetweenBlanks = 8;

    private CsvFirstLines(List<CsvLine> lines, List<string> texts) => (All, Texts) = (lines, texts);

    /// <summary>The lines with text. Equal lines without a value are kept once: a recording may begin with any number of them.</summary>
    public IReadOnlyList<CsvLine> All { get; }

    /// <summary>The same lines as text.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Reads the lines at the file's beginning.</summary>
    /// <param name="lines">The file, at its beginning.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The file has no lines, or is no text.</exception>
    public static CsvFirstLines Read(CsvLines lines, string path)
    {
        var kept = new List<CsvLine>();
        var bytes = 0;
        for (var number = 1L; kept.Count < LinesLookedAt && bytes < BytesLookedAt && lines.TryRead(out var line); number++)
        {
            var text = line;
            var offset = lines.LineOffset;
            if (number == 1)
            {
                RefuseOtherFormats(text, path);
                if (text.StartsWith("\uFEFF"u8))
                {
                    text = text[3..];
                    offset += 3;
                }
            }

            if (CsvLines.IsBlank(text) || (kept.Count > 0 && text.SequenceEqual(kept[^1].Text) && HasNoValue(text)))
                continue;
            bytes += text.Length + 1;
            kept.Add(new CsvLine(text.ToArray(), offset, number, CsvLines.IsComment(text)));
        }

        return kept.Count > 0
            ? new CsvFirstLines(kept, kept.ConvertAll(line => FileText.Decode(line.Text)))
            : throw new InvalidDataException($"{path} has no lines; expected the rows of a recording.");
    }

    /// <summary>Returns whether there is a blank line behind every row: line ends that some program wrote twice.</summary>
    /// <param name="first">The first row.</param>
    public bool AreDoubleSpaced(int first)
    {
        var rows = All.Skip(first).Where(line => !line.IsComment).ToArray();
        return rows.Length >= FewestRowsBetweenBlanks
            && rows.Zip(rows.Skip(1), (row, next) => next.Number - row.Number).All(step => step > 1);
    }

    private static void RefuseOtherFormats(ReadOnlySpan<byte> text, string path)
    {
        var what = text switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16 text; save it as UTF-8",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive or a workbook; save it as CSV, or unpack it first",
            _ => text.Contains((byte)0) ? "no text" : null,
        };
        if (what is not null)
            throw new InvalidDataException($"{path} is {what}; expected the rows of a recording.");
    }

    /// <summary>Returns whether a line has no value, with any delimiter.</summary>
    private static bool HasNoValue(ReadOnlySpan<byte> line)
    {
        foreach (var cell in line.SplitAny("\t;|, "u8))
        {
            if (CsvNumber.Parse(line[cell], (byte)'.').Kind != CsvCellKind.Missing)
                return false;
        }

        return true;
    }
}
