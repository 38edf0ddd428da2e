using System.Text;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>The report of a benchmark as Markdown: the tables of the page, with links to the figures beside it.</summary>
internal static class BenchmarkReportMarkdown
{
    /// <summary>Returns the whole text.</summary>
    public static string Write(BenchmarkReportContent content, BenchmarkReportFigures figures)
    {
        var text = new StringBuilder();
        Paragraph(text, $"# {Escape(content.Title)}");
        Paragraph(text, Escape(content.Conclusion));
        Table(text, content.Headline);
        Paragraph(text, Escape(content.Protocol));
        if (content.Facts.Count > 0)
            Paragraph(text, string.Join('\n', content.Facts.Select(fact => $"- {Escape(fact.Name)}: {Escape(fact.Value)}")));
        Figures(text, BenchmarkReportText.CurvesTitle, BenchmarkReportText.Curves, figures.Curves);
        Figures(text, BenchmarkReportText.PatientsTitle, BenchmarkReportText.Patients, figures.Patients);
        Figures(text, BenchmarkReportText.ExamplesTitle, BenchmarkReportText.Examples, figures.Examples);
        foreach (var section in content.Sections)
        {
            Paragraph(text, $"## {Escape(section.Title)}");
            if (section.Explanation.Length > 0)
                Paragraph(text, Escape(section.Explanation));
            foreach (var table in section.Tables)
                Table(text, table);
        }

        if (content.Notes.Count > 0)
            Paragraph(text, "## Notes\n\n" + string.Join('\n', content.Notes.Select(note => $"- {Escape(note)}")));
        if (content.AboutData is { } about)
            Paragraph(text, $"## About these data\n\n{Escape(about)}");
        text.Append($"Written by EcgRecovery {Escape(content.ToolVersion)}. {FigureText.NotForDiagnosis}.\n");
        return text.ToString();
    }

    /// <summary>Escapes what Markdown reads as a table's column, markup, emphasis, code or a link; a line break becomes a space.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '|' or '\\' or '*' or '`' or '_')
                escaped.Append('\\').Append(letter);
            else if (letter is '<' or '&')
                escaped.Append(letter == '<' ? "&lt;" : "&amp;");
            else if (letter == '(' && escaped.Length > 0 && escaped[^1] == ']')
                escaped.Append("\\(");
            else
                escaped.Append(letter is '\n' or '\r' or '\t' ? ' ' : letter);
        }

        return escaped.ToString();
    }

    private static void Paragraph(StringBuilder text, string paragraph) => text.Append(paragraph).Append("\n\n");

    private static void Table(StringBuilder text, ResultTable table)
    {
        IReadOnlyList<string>[] rows = [.. table.Rows.Select(row => (string[])[.. row.Select(Escape)])];
        text.Append(ResultTable.Markdown([new ResultTable($"{Escape(BenchmarkReportText.TitleOf(table))}:", rows)], []));
    }

    private static void Figures(StringBuilder text, string title, string explanation, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
            return;
        Paragraph(text, $"## {title}");
        Paragraph(text, explanation);
        foreach (var figure in figures)
            Paragraph(text, $"![{Escape(figure.Title).Replace("]", "\\]", StringComparison.Ordinal)}]"
                + $"({BenchmarkReport.FiguresFolder}/{figure.Name}.svg)");
    }
}
