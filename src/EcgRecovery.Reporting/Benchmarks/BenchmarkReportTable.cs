using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>A table of results on the page: intervals stand below their means, so that nine lengths of gaps fit on a sheet.</summary>
internal static class BenchmarkReportTable
{
    /// <summary>Writes the table under its title.</summary>
    public static void Write(MarkupWriter markup, ResultTable table)
    {
        markup.Element("h3", BenchmarkReportText.TitleOf(table));
        markup.Start("div", ("class", "wide-table"));
        markup.Start("table");
        markup.Start("thead");
        markup.Start("tr");
        foreach (var heading in table.Rows[0])
            markup.Element("th", heading, ("scope", "col"));
        markup.End();
        markup.End();
        markup.Start("tbody");
        foreach (var row in table.Rows.Skip(1))
            WriteRow(markup, row);
        markup.End();
        markup.End();
        markup.End();
    }

    private static void WriteRow(MarkupWriter markup, IReadOnlyList<string> row)
    {
        markup.Start("tr");
        markup.Element("th", row[0], ("scope", "row"));
        foreach (var cell in row.Skip(1))
        {
            var interval = cell.IndexOf(" [", StringComparison.Ordinal);
            markup.Start("td");
            markup.Text(interval < 0 ? cell : cell[..(interval + 1)]);
            if (interval >= 0)
                markup.Element("span", cell[(interval + 1)..], ("class", "interval"));
            markup.End();
        }

        markup.End();
    }
}
