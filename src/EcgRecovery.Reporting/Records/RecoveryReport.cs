using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>Report of a recovered recording: one HTML page that opens offline and prints.</summary>
/// <remarks>
/// Gaps that are left missing come first, then the least certain; figures and rows are bounded, so that the page of a day with thousands of
/// gaps stays readable. The same content gives the same bytes.
/// </remarks>
internal static class RecoveryReport
{
    /// <summary>File name of the page.</summary>
    public const string PageName = "report.html";

    /// <summary>Maximum number of figures.</summary>
    public const int MaximumFigures = 60;

    /// <summary>Maximum number of figures of gaps that are left missing, where others need room.</summary>
    public const int MaximumFiguresOfLeft = 25;

    /// <summary>Maximum number of gaps in the table.</summary>
    public const int MaximumRows = 1000;

    /// <summary>Returns the page.</summary>
    /// <param name="content">The results.</param>
    /// <param name="cancellationToken">Cancels between figures.</param>
    public static string Page(RecoveryReportContent content, CancellationToken cancellationToken = default)
    {
        var gaps = ReportedGap.Of(content.Recovered);
        var (left, recovered) = (gaps.Where(gap => !gap.Gap.IsRecovered).ToArray(), gaps.Where(gap => gap.Gap.IsRecovered).ToArray());
        var figuresOfLeft = Math.Min(left.Length, Math.Max(MaximumFiguresOfLeft, MaximumFigures - recovered.Length));
        return RecoveryReportPage.Write(
            content,
            gaps,
            Figures(left.Take(figuresOfLeft)),
            Figures(recovered.Take(MaximumFigures - figuresOfLeft)));

        (ReportedGap Gap, EcgPaperSheet Sheet)[] Figures(IEnumerable<ReportedGap> drawn) =>
            [.. drawn.Select(gap => (gap, RecoveryFigure.Read(content.Recovered, gap, cancellationToken)))];
    }
}
