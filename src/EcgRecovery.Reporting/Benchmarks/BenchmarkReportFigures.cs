using System.Globalization;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>The figures of a benchmark's report, each drawn once for the page, the text and its own file.</summary>
/// <param name="Curves">Errors over the length of gaps.</param>
/// <param name="Patients">Errors patient by patient.</param>
/// <param name="Examples">Single gaps.</param>
internal sealed record BenchmarkReportFigures(
    IReadOnlyList<Figure> Curves, IReadOnlyList<Figure> Patients, IReadOnlyList<Figure> Examples)
{
    /// <summary>All figures.</summary>
    public IEnumerable<Figure> All => [.. Curves, .. Patients, .. Examples];

    /// <summary>Draws the figures.</summary>
    public static BenchmarkReportFigures Draw(BenchmarkReportContent content) => new(
        [.. content.Curves.Select((curves, i) => ErrorCurveFigure.Draw(Name("curves", i), curves.Title, content.Error, curves.Curves))],
        [
            .. content.Patients.Select((some, i) =>
                PatientDotsFigure.Draw(Name("patients", i), some.Title, content.Error, some.Methods, some.Patients)),
        ],
        [.. content.Examples.Select((example, i) => BenchmarkExampleFigure.Draw(Name("example", i), example))]);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number + 1}");
}
