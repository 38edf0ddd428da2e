namespace EcgRecovery.Cli.Outputs;

/// <summary>A table of text in aligned columns.</summary>
internal static class TextTable
{
    /// <summary>Returns the table's lines.</summary>
    /// <param name="rows">The cells, row by row; the first row is the header.</param>
    /// <param name="rightAligned">The right-aligned columns, counted from 0.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, params ReadOnlySpan<int> rightAligned)
    {
        var isRight = new bool[rows[0].Length];
        foreach (var column in rightAligned)
            isRight[column] = true;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select(Pad)).TrimEnd());

        string Pad(string cell, int column) => isRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]);
    }
}
