using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Beats;

/// <summary>Report of recovered heartbeats: one HTML file that opens offline and prints, and each of its figures as SVG.</summary>
/// <remarks>
/// <code>
/// DIR/report.html                              the page, figures included
/// DIR/figures/learning-curve-MODEL.svg
/// DIR/figures/gap-errors.svg
/// DIR/figures/example-CLASS-RANK.svg           best, median and worst beat of a class
/// DIR/figures/beat-ROW-METHOD.svg              figure of the original notebook
/// DIR/figures/beat-ROW.svg                     all methods of a beat, where there are several
/// </code>
/// The same content gives the same bytes. Files of an earlier report under other names are kept.
/// </remarks>
internal static class BeatReport
{
    /// <summary>File name of the page.</summary>
    public const string PageName = "report.html";

    /// <summary>Name of the folder of figures.</summary>
    public const string FiguresFolder = "figures";

    /// <summary>Writes the report: first the figures, then the page.</summary>
    /// <param name="directory">Folder of the report; created where it is missing.</param>
    /// <param name="content">The results.</param>
    /// <param name="overwrite">Whether files of an earlier report may be replaced.</param>
    /// <exception cref="OutputExistsException">
    /// A file of the report exists and <paramref name="overwrite"/> is false (nothing is written then), or the directory is a file.
    /// </exception>
    public static void Write(string directory, BeatReportContent content, bool overwrite)
    {
        var figures = BeatReportFigures.Draw(content);
        var folder = Path.Combine(directory, FiguresFolder);
        var files = figures.All
            .Select(figure => (Path: Path.Combine(folder, $"{figure.Name}.svg"), Text: SvgFile.Document(figure)))
            .Append((Path: Path.Combine(directory, PageName), Text: BeatReportPage.Write(content, figures)))
            .ToList();
        foreach (var parent in new[] { directory, folder })
        {
            if (File.Exists(parent))
                throw new OutputExistsException($"Output {parent} is a file; expected a directory.");
        }

        files.ForEach(file => OutputFile.RefuseExisting(file.Path, overwrite));
        Directory.CreateDirectory(folder);
        files.ForEach(file => OutputFile.WriteText(file.Path, overwrite, file.Text));
    }
}
