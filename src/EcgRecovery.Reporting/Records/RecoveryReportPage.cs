using System.Globalization;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Records;

/// <summary>The page of a recovered recording.</summary>
internal sealed class RecoveryReportPage
{
    private static readonly PageStyle s_style = PageStyle.Read("recording.css");

    private readonly RecoveryReportContent _content;
    private readonly IReadOnlyList<ReportedGap> _gaps;
    private readonly IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> _left;
    private readonly IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> _recovered;

    private RecoveryReportPage(
        RecoveryReportContent content,
        IReadOnlyList<ReportedGap> gaps,
        IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> left,
        IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> recovered) =>
        (_content, _gaps, _left, _recovered) = (content, gaps, left, recovered);

    /// <summary>Returns the whole page.</summary>
    /// <param name="content">The results.</param>
    /// <param name="gaps">All gaps, in the order of their figures.</param>
    /// <param name="left">Figures of gaps that are left missing.</param>
    /// <param name="recovered">Figures of recovered gaps.</param>
    public static string Write(
        RecoveryReportContent content,
        IReadOnlyList<ReportedGap> gaps,
        IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> left,
        IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> recovered) =>
        new RecoveryReportPage(content, gaps, left, recovered).Create().Write();

    private int LeftCount => _gaps.Count(gap => !gap.Gap.IsRecovered);

    private int RecoveredCount => _gaps.Count - LeftCount;

    private Page Create()
    {
        var record = _content.Recovered.Record;
        return new Page
        {
            Title = $"Recovery of recording {record.Name}",
            Heading = $"Recovery of recording {record.Name}",
            ToolVersion = _content.ToolVersion,
            Style = s_style,
            Headline = RecoveryHeadline.Of(_gaps, record.Provenance),
            Facts =
            [
                new("Duration", $"{TimeText.Duration(record.DurationSeconds)} ({TimeText.Elapsed(record.DurationSeconds)})"),
                new("Method", _content.Method),
                new("Recovered", Total(isRecovered: true)),
                new("Left missing", Total(isRecovered: false)),
            ],
            Notes = record.Remarks,
            NotesLabel = "Remarks of the reader",
            Sections = [Legend, Left, Recovered, AllGaps, Tables],
        };
    }

    private string Total(bool isRecovered)
    {
        ReportedGap[] gaps = [.. _gaps.Where(gap => gap.Gap.IsRecovered == isRecovered)];
        return gaps.Length == 0
            ? NumberText.None
            : $"{RecoveryHeadline.Gaps(gaps.Length)}, {TimeText.Duration(gaps.Sum(gap => gap.Seconds))}";
    }

    private void Legend(MarkupWriter markup)
    {
        EcgPaperSheet[] sheets = [.. _left.Concat(_recovered).Select(figure => figure.Sheet)];
        if (sheets.Length == 0)
            return;
        markup.Explain(
            $"{sheets[0].Words}{sheets[0].PulseWords("calibration pulse")}. To scale if printed at 100 % on A4 landscape. "
            + "The bracket marks the gap; below its lead are leads that have samples through all of it.");
        markup.Figure(EcgPaperSheet.DrawLegend(sheets), "ecg-legend");
    }

    private void Left(MarkupWriter markup) =>
        Figures(markup, "Left missing", "Longest first; the reason is below each.", _left, LeftCount);

    private void Recovered(MarkupWriter markup)
    {
        var order = _recovered.Any(figure => figure.Gap.RelativeWidth is not null)
            ? "Least certain first: by the width of the interval as a share of the lead's height."
            : "Longest first; the method gives no intervals.";
        Figures(markup, "Recovered", order, _recovered, RecoveredCount);
    }

    private static void Figures(
        MarkupWriter markup, string title, string order, IReadOnlyList<(ReportedGap Gap, EcgPaperSheet Sheet)> figures, int count)
    {
        if (count == 0)
            return;
        markup.Element("h2", $"{title}: {RecoveryHeadline.Gaps(count)}");
        var drawn = figures.Count == count ? "" : $" The first {NumberText.Count(figures.Count)} are drawn; the table below has more.";
        markup.Explain(order + drawn);
        for (var i = 0; i < figures.Count; i++)
        {
            var (gap, sheet) = figures[i];
            markup.Start("div", ("class", "ecg-gap"));
            markup.Element("h3", $"{gap.Place} · {gap.Duration}");
            for (var row = 0; row < sheet.Rows.Count; row++)
            {
                var prefix = gap.Gap.IsRecovered ? "recovered" : "left";
                var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i + 1}-{row + 1}");
                markup.Figure(sheet.DrawRow(row, name), "ecg-row");
            }

            markup.Explain(Caption(gap, sheet));
            markup.End();
        }
    }

    private static string Caption(ReportedGap gap, EcgPaperSheet sheet)
    {
        var width = gap.Width.Length == 0 ? "" : $"interval {gap.Width} wide in the mean";
        if (width.Length > 0 && gap.RelativeWidth is { } share)
            width += $", {NumberText.Percent(share)} of the lead's height";
        string[] parts =
        [
            gap.Gap.Method is { } method ? $"{gap.Outcome} by {method}" : gap.Outcome,
            gap.Gap.Reason,
            width,
            gap.RPeaks,
            sheet.Rows[^1].StartSeconds + sheet.Rows[^1].Seconds < gap.EndSeconds ? "only its beginning is drawn" : "",
        ];
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }

    private void AllGaps(MarkupWriter markup)
    {
        if (_gaps.Count == 0)
            return;
        var rows = _gaps.Take(RecoveryReport.MaximumRows).OrderBy(gap => gap.Number).ThenBy(gap => gap.StartSeconds).Select(gap => new[]
        {
            gap.Lead.Name,
            TimeText.Elapsed(gap.StartSeconds),
            gap.Duration,
            $"{gap.Gap.Span}",
            gap.Outcome,
            OrNone(gap.Gap.Method ?? ""),
            OrNone(gap.Width),
            gap.RelativeWidth is { } share ? NumberText.Percent(share) : NumberText.None,
            gap.Gap.IsRecovered ? NumberText.Count(gap.Gap.RPeaks.Count) : NumberText.None,
            OrNone(gap.Gap.Reason),
        });
        var more = _gaps.Count - RecoveryReport.MaximumRows;
        Write(markup, new RecoveryReportTable(
            "All gaps",
            more > 0 ? $"{NumberText.Count(more)} more gaps are not listed; the output marks all that are recovered." : "",
            ["Lead", "Start", "Duration", "Samples", "Outcome", "Method", "Interval", "Of height", "R peaks", "Reason"],
            [.. rows]));

        static string OrNone(string text) => text.Length > 0 ? text : NumberText.None;
    }

    private void Tables(MarkupWriter markup)
    {
        foreach (var table in _content.Tables)
            Write(markup, table);
    }

    private static void Write(MarkupWriter markup, RecoveryReportTable table)
    {
        markup.Element("h2", table.Title);
        if (table.Explanation.Length > 0)
            markup.Explain(table.Explanation);
        markup.WideTable(table.Headings, table.Rows, tableClass: "recording");
    }
}
