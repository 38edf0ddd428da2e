using System.Text;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>A table of results as text: the first column names the rows, the others hold figures.</summary>
/// <param name="Title">The title above the table.</param>
/// <param name="Rows">The headings, then the body; all rows of one length.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Writes titles and tables as aligned plain text, then the notes as a list.</summary>
    /// <param name="tables">The tables; null for none.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="columns">The width of a line, see <see cref="TextTable"/>.</param>
    public static string Text(IEnumerable<ResultTable?> tables, IEnumerable<string> notes, int columns)
    {
        var text = new StringBuilder();
        foreach (var table in tables.OfType<ResultTable>())
        {
            AppendLines(TextTable.Wrap(table.Title, columns));
            text.Append('\n');
            AppendLines(TextTable.Lines(table.Rows, columns, names: 1, column => column > 0));
            text.Append('\n');
        }

        foreach (var note in notes)
            AppendLines(TextTable.Wrap(note, columns - 2).Select((line, i) => i == 0 ? $"- {line}" : $"  {line}"));
        return text.ToString();

        void AppendLines(IEnumerable<string> lines)
        {
            foreach (var line in lines)
                text.Append($"{line}\n");
        }
    }

    /// <summary>Writes titles and tables as Markdown, then the notes as a list.</summary>
    public static string Markdown(IEnumerable<ResultTable?> tables, IEnumerable<string> notes)
    {
        var text = new StringBuilder();
        foreach (var table in tables.OfType<ResultTable>())
        {
            text.Append($"{table.Title}\n\n");
            table.AppendMarkdown(text);
            text.Append('\n');
        }

        foreach (var note in notes)
            text.Append($"- {note}\n");
        return text.ToString();
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
