using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>The page of a benchmark's report.</summary>
internal sealed class BenchmarkReportPage
{
    private static readonly PageStyle s_style = PageStyle.Read("benchmark.css");

    private readonly BenchmarkReportContent _content;
    private readonly BenchmarkReportFigures _figures;

    private BenchmarkReportPage(BenchmarkReportContent content, BenchmarkReportFigures figures) =>
        (_content, _figures) = (content, figures);

    /// <summary>Returns the whole page.</summary>
    public static string Write(BenchmarkReportContent content, BenchmarkReportFigures figures) =>
        new BenchmarkReportPage(content, figures).Create().Write();

    private Page Create() => new()
    {
        Title = _content.Title,
        Heading = _content.Title,
        ToolVersion = _content.ToolVersion,
        Style = s_style,
        Headline = _content.Conclusion,
        Facts = _content.Facts,
        Sections = [Headline, Curves, Patients, Examples, Sections, Notes],
        AboutData = _content.AboutData,
    };

    private void Headline(MarkupWriter markup)
    {
        BenchmarkReportTable.Write(markup, _content.Headline);
        markup.Explain(_content.Protocol);
    }

    private void Curves(MarkupWriter markup) =>
        Figures(markup, BenchmarkReportText.CurvesTitle, BenchmarkReportText.Curves, _figures.Curves);

    private void Patients(MarkupWriter markup) =>
        Figures(markup, BenchmarkReportText.PatientsTitle, BenchmarkReportText.Patients, _figures.Patients);

    private void Examples(MarkupWriter markup)
    {
        if (_figures.Examples.Count == 0)
            return;
        markup.Element("h2", BenchmarkReportText.ExamplesTitle);
        markup.Explain(BenchmarkReportText.Examples);
        foreach (var figure in _figures.Examples)
            markup.Figure(figure, "ecg-example");
    }

    private void Sections(MarkupWriter markup)
    {
        foreach (var section in _content.Sections)
        {
            markup.Element("h2", section.Title);
            if (section.Explanation.Length > 0)
                markup.Explain(section.Explanation);
            foreach (var table in section.Tables)
                BenchmarkReportTable.Write(markup, table);
        }
    }

    private void Notes(MarkupWriter markup)
    {
        if (_content.Notes.Count == 0)
            return;
        markup.Element("h2", "Notes");
        markup.Start("ul", ("class", "limits"));
        foreach (var note in _content.Notes)
            markup.Element("li", note);
        markup.End();
    }

    private static void Figures(MarkupWriter markup, string title, string explanation, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
            return;
        markup.Element("h2", title);
        markup.Explain(explanation);
        foreach (var figure in figures)
            markup.Figure(figure);
    }
}
