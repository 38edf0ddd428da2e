using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>Report of a benchmark: one HTML file that opens offline and prints, the same as Markdown, and the figures as SVG.</summary>
/// <remarks>
/// <code>
/// DIR/report.html                  the page, figures included
/// DIR/report.md                    the same tables, with links to the figures
/// DIR/figures/curves-N.svg         error over the length of gaps
/// DIR/figures/patients-N.svg       errors patient by patient
/// DIR/figures/example-N.svg        single gaps on ECG paper
/// </code>
/// The same content gives the same bytes. Files of an earlier report under other names are kept.
/// </remarks>
internal static class BenchmarkReport
{
    /// <summary>File name of the page.</summary>
    public const string PageName = "report.html";

    /// <summary>File name of the text.</summary>
    public const string MarkdownName = "report.md";

    /// <summary>Name of the folder of figures.</summary>
    public const string FiguresFolder = "figures";

    /// <summary>Checks before the work that a report can be written.</summary>
    /// <param name="directory">Folder of the report.</param>
    /// <param name="overwrite">Whether files of an earlier report may be replaced.</param>
    /// <exception cref="OutputExistsException">A report exists and may not be replaced, or a folder is a file.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Prepare(string directory, bool overwrite)
    {
        foreach (var folder in new[] { directory, Path.Combine(directory, FiguresFolder) })
        {
            if (File.Exists(folder))
                throw new OutputExistsException($"Output {folder} is a file; expected a folder.");
        }

        foreach (var name in new[] { PageName, MarkdownName })
        {
            OutputFile.RefuseExisting(Path.Combine(directory, name), overwrite);
            OutputFile.RefuseUnwritable(Path.Combine(directory, name));
        }
    }

    /// <summary>Writes the report: all files or none.</summary>
    /// <param name="directory">Folder of the report; created where it is missing.</param>
    /// <param name="content">The results.</param>
    /// <param name="overwrite">Whether files of an earlier report may be replaced.</param>
    /// <exception cref="OutputExistsException">A file of the report exists and may not be replaced, or a folder is a file.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string directory, BenchmarkReportContent content, bool overwrite)
    {
        Prepare(directory, overwrite);
        var figures = BenchmarkReportFigures.Draw(content);
        using var output = new OutputGroup(overwrite);
        foreach (var figure in figures.All)
            output.WriteText(Path.Combine(directory, FiguresFolder, $"{figure.Name}.svg"), SvgFile.Document(figure));
        output.WriteText(Path.Combine(directory, MarkdownName), BenchmarkReportMarkdown.Write(content, figures));
        output.WriteText(Path.Combine(directory, PageName), BenchmarkReportPage.Write(content, figures));
        output.Commit();
    }
}
