using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>Enumerates the cells of one line without the quotes and blanks around them.</summary>
/// <remarks>
/// A quoted cell (RFC 4180; also <c>'</c>, which PhysioNet's rdsamp writes) may contain the delimiter. A quote that is never closed reaches
/// to the end of the line; its cell is then refused as no number.
/// </remarks>
/// <param name="line">The line without its end.</param>
/// <param name="delimiter">See <see cref="CsvDialect.Delimiter"/>.</param>
internal ref struct CsvCells(ReadOnlySpan<byte> line, byte delimiter)
{
    private ReadOnlySpan<byte> _rest = delimiter == ' ' ? line.Trim(" \t"u8) : line;
    private bool _isDone = delimiter == ' ' && line.Trim(" \t"u8).IsEmpty;

    /// <summary>Reads the next cell; returns false if there is none.</summary>
    public bool TryNext(out ReadOnlySpan<byte> cell)
    {
        if (_isDone)
        {
            cell = default;
            return false;
        }

        var end = QuotedEnd(_rest, delimiter);
        var length = (end, delimiter) switch
        {
            ( >= 0, (byte)' ') => _rest[end..].IndexOfAny((byte)' ', (byte)'\t') is var next and >= 0 ? end + next : -1,
            ( >= 0, _) => _rest[end..].IndexOf(delimiter) is var next and >= 0 ? end + next : -1,
            (_, (byte)' ') => _rest.IndexOfAny((byte)' ', (byte)'\t'),
            _ => _rest.IndexOf(delimiter),
        };
        cell = Trim(length < 0 ? _rest : _rest[..length]);
        if (end >= 0 && cell.Length >= 2 && cell[^1] == cell[0])
            cell = cell[1..^1];
        _isDone = length < 0;
        _rest = length < 0 ? default : delimiter == ' ' ? _rest[length..].TrimStart(" \t"u8) : _rest[(length + 1)..];
        return true;
    }

    /// <summary>Counts the cells of a line.</summary>
    public static int Count(ReadOnlySpan<byte> line, byte delimiter)
    {
        var count = 0;
        var cells = new CsvCells(line, delimiter);
        while (cells.TryNext(out _))
            count++;
        return count;
    }

    /// <summary>Returns the cells as text, with doubled quotes made single.</summary>
    public static List<string> Texts(ReadOnlySpan<byte> line, byte delimiter)
    {
        var texts = new List<string>();
        var cells = new CsvCells(line, delimiter);
        while (cells.TryNext(out var cell))
            texts.Add(FileText.Decode(cell).Replace("\"\"", "\"", StringComparison.Ordinal));
        return texts;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        while (cell.Length > 0 && cell[0] is (byte)' ' or (byte)'\t')
            cell = cell[1..];
        while (cell.Length > 0 && cell[^1] is (byte)' ' or (byte)'\t')
            cell = cell[..^1];
        return cell;
    }

    /// <summary>Returns the position behind the cell's closing quote; −1 if the cell has no quotes.</summary>
    private static int QuotedEnd(ReadOnlySpan<byte> rest, byte delimiter)
    {
        var at = 0;
        while (at < rest.Length && rest[at] != delimiter && rest[at] is (byte)' ' or (byte)'\t')
            at++;
        if (at == rest.Length || rest[at] is not ((byte)'"' or (byte)'\''))
            return -1;
        var quote = rest[at++];
        while (rest[at..].IndexOf(quote) is var close and >= 0)
        {
            at += close + 1;
            if (at == rest.Length || rest[at] != quote)
                return at;
            at++;
        }

        return rest.Length;
    }
}
