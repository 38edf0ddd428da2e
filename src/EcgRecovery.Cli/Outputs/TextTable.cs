namespace EcgRecovery.Cli.Outputs;

/// <summary>Columns of text in a terminal.</summary>
internal static class TextTable
{
    /// <summary>Pads the cells of every column to the same width.</summary>
    /// <param name="rows">The cells, row by row; the first row is the header.</param>
    /// <param name="rightAligned">The columns of numbers, counted from 0.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, params ReadOnlySpan<int> rightAligned)
    {
        var isRight = new bool[rows[0].Length];
        foreach (var column in rightAligned)
            isRight[column] = true;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => isRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
