using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv;

/// <summary>The rows among a file's first lines, as one dialect reads them.</summary>
/// <param name="Dialect">Delimiter and decimal point.</param>
/// <param name="Columns">The most frequent number of columns.</param>
/// <param name="First">The first row with a value, by its place in the lines.</param>
/// <param name="Count">Number of rows with that number of columns.</param>
internal sealed record CsvRows(CsvDialect Dialect, int Columns, int First, int Count);

/// <summary>Finds the delimiter and decimal point with which most lines are rows.</summary>
/// <param name="lines">The lines behind the head, without comments.</param>
/// <param name="options">The caller's options.</param>
internal sealed class CsvDialects(IReadOnlyList<CsvLine> lines, CsvReadOptions options)
{
    /// <summary>Returns the rows; null if no line is one with any dialect.</summary>
    /// <param name="columns">The number of columns if it is known, as of a head that names a single lead.</param>
    public CsvRows? Find(int? columns)
    {
        // Text in a row's cells is allowed only where no rows are without: a heading would be a row as well.
        return Find(columns, mayHaveText: false) ?? Find(columns, mayHaveText: true);
    }

    /// <summary>Returns the form of a cell's time with a colon; null if it is none.</summary>
    public static CsvTimeKind? KindOfTime(ReadOnlySpan<byte> cell, CsvDialect dialect)
    {
        var hasColon = cell.Contains((byte)':');
        var isCompact = !hasColon && (cell is [(byte)'1' or (byte)'2', _, _, _, _, _, _, _, (byte)'T', ..] || cell.Length is 14 or 17);
        if (!hasColon && !isCompact)
            return null;
        if (CsvTime.TryParseDateTime(cell, out _, out _))
            return CsvTimeKind.DateTime;
        if (isCompact)
            return null;
        var clock = new CsvTime(CsvTimeKind.Clock, 0, 1, dialect.DecimalPoint);
        return clock.TryParse(cell, out _) || (clock with { DecimalPoint = (byte)'.' }).TryParse(cell, out _) ? CsvTimeKind.Clock : null;
    }

    /// <summary>Returns whether a cell is text: no number, not missing, no time and no provenance.</summary>
    public static bool IsText(ReadOnlySpan<byte> cell, CsvDialect dialect) =>
        CsvNumber.Parse(cell, dialect.DecimalPoint).Kind == CsvCellKind.Bad && KindOfTime(cell, dialect) is null
        && !ProvenanceText.TryRead(FileText.Decode(cell), out _, out _);

    private CsvRows? Find(int? columns, bool mayHaveText)
    {
        var points = options.DecimalPoint is { } point ? [(byte)point] : ".,"u8.ToArray();
        var delimiters = options.Delimiter is { } delimiter ? [(byte)delimiter] : "\t;|, "u8.ToArray();
        var all =
            from p in points
            from d in delimiters
            where p != d
            let rows = CountRows(new CsvDialect(d, p), mayHaveText)
            where rows is not null && (!mayHaveText || rows.Columns > 1)
            orderby rows.Count descending, rows.Columns > 1 descending
            select rows;
        var found = all.ToArray();
        return found.FirstOrDefault(rows => rows.Columns == columns && rows.Count >= found[0].Count) ?? found.FirstOrDefault();
    }

    private CsvRows? CountRows(CsvDialect dialect, bool mayHaveText) => Enumerable.Range(0, lines.Count)
        .Where(i => IsRow(lines[i].Text, dialect, mayHaveText))
        .GroupBy(i => CsvCells.Count(lines[i].Text, dialect.Delimiter))
        .OrderByDescending(rows => rows.Count())
        .Select(rows => new CsvRows(dialect, rows.Key, rows.First(), rows.Count()))
        .FirstOrDefault();

    /// <summary>
    /// Returns whether every cell is a number, a time, provenance or missing (or text, where it is allowed), and one is a number or time.
    /// </summary>
    private static bool IsRow(ReadOnlySpan<byte> line, CsvDialect dialect, bool mayHaveText)
    {
        var cells = new CsvCells(line, dialect.Delimiter);
        var any = false;
        while (cells.TryNext(out var cell))
        {
            if (!IsText(cell, dialect))
                any |= CsvNumber.Parse(cell, dialect.DecimalPoint).Kind != CsvCellKind.Missing;
            else if (!mayHaveText)
                return false;
        }

        return any;
    }
}
