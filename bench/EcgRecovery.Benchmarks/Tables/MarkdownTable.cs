using System.Text;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>A table in Markdown: the first column aligned left, the others right.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The row has another number of cells than the header.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != header.Length)
            throw new ArgumentException($"The row has {cells.Length} cells; expected {header.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Line(header)).Append(Line([.. header.Select((_, i) => i == 0 ? "---" : "---:")]));
        foreach (var row in _rows)
            text.Append(Line(row));
        return text.ToString();
    }

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |\n";
}
