using System.Text;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>A table of results as text: the first column names the rows, the others hold figures.</summary>
/// <param name="Title">The title above the table.</param>
/// <param name="Rows">The headings, then the body; all rows of one length.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Writes titles and tables as aligned plain text, then the notes as a list.</summary>
    public static string Text(IEnumerable<ResultTable?> tables, IEnumerable<string> notes) =>
        Write(tables, notes, (text, table) => table.AppendText(text));

    /// <summary>Writes titles and tables as Markdown, then the notes as a list.</summary>
    public static string Markdown(IEnumerable<ResultTable?> tables, IEnumerable<string> notes) =>
        Write(tables, notes, (text, table) => table.AppendMarkdown(text));

    private static string Write(IEnumerable<ResultTable?> tables, IEnumerable<string> notes, Action<StringBuilder, ResultTable> append)
    {
        var text = new StringBuilder();
        foreach (var table in tables.OfType<ResultTable>())
        {
            text.Append($"{table.Title}\n\n");
            append(text, table);
            text.Append('\n');
        }

        foreach (var note in notes)
            text.Append($"- {note}\n");
        return text.ToString();
    }

    private void AppendText(StringBuilder text)
    {
        var widths = Enumerable.Range(0, Rows[0].Count).Select(column => Rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in Rows)
        {
            var line = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            text.Append($"{string.Join("  ", line).TrimEnd()}\n");
        }
    }

    private void AppendMarkdown(StringBuilder text)
    {
        AppendLine(Rows[0]);
        text.Append($"|---|{string.Concat(Enumerable.Repeat("---:|", Rows[0].Count - 1))}\n");
        foreach (var row in Rows.Skip(1))
            AppendLine(row);

        void AppendLine(IReadOnlyList<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
    }
}
