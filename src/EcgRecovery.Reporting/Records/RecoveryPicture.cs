using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>A gap in the picture.</summary>
/// <param name="Gap">One of the recording's gaps.</param>
/// <param name="Heading">What was lost, and how well it was recovered, up to about 60 letters.</param>
internal sealed record PicturedGap(LeadSpan Gap, string Heading);

/// <summary>Recovered gaps beside the truth on ECG paper, in two columns: the picture of the README.</summary>
internal static class RecoveryPicture
{
    private const double Millimetre = EcgPaper.Millimetre;

    // So short that its text can be read at the width of a README.
    private const double WindowSeconds = 3;
    private const double Margin = 5 * Millimetre;
    private const double HeadingHeight = 14 * Millimetre;
    private const double PanelHeadingHeight = 7 * Millimetre;
    private const double FootingHeight = 11 * Millimetre;
    private const double TextSize = 3.8 * Millimetre;
    private const int Columns = 2;

    private static readonly EcgPaperScale s_scale = new(25, 10);

    /// <summary>Draws each gap in the middle of three seconds, as an SVG document.</summary>
    /// <param name="recovered">The recovered recording.</param>
    /// <param name="truth">The recording before the gaps were cut.</param>
    /// <param name="gaps">The gaps, in order.</param>
    /// <param name="title">What is seen, up to about 60 letters.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static string Draw(
        RecoveredRecord recovered,
        EcgRecord truth,
        IReadOnlyList<PicturedGap> gaps,
        string title,
        CancellationToken cancellationToken = default)
    {
        EcgPaperSheet[] sheets = [.. gaps.Select(gap => Read(recovered, truth, gap.Gap, cancellationToken))];
        var rows = sheets.Select(sheet => sheet.Rows[0]).Chunk(Columns).ToArray();
        var panelWidth = sheets.Max(sheet => sheet.Rows[0].DrawnWidth);
        var width = (Columns * panelWidth) + ((Columns + 1) * Margin);
        var height = HeadingHeight + FootingHeight + rows.Sum(RowHeight);
        var headingSize = Math.Min(TextSize, panelWidth / gaps.Max(gap => FigureText.BoldWidth(gap.Heading, 1)));
        var words = string.Join(' ', gaps.Zip(sheets, (gap, sheet) => $"{gap.Heading}: {sheet.Describe()}"));
        var canvas = new SvgCanvas("recovery", width, height, title, words, Millimetre, Palette.EcgSheet);
        canvas.Text(Palette.EcgText, Margin, 9 * Millimetre, title, 1.4 * TextSize, isBold: true);
        canvas.Text(Palette.EcgNote, width - Margin, 9 * Millimetre, FigureText.NotForDiagnosis, TextSize, TextAnchor.End);
        var top = HeadingHeight;
        for (var i = 0; i < rows.Length; top += RowHeight(rows[i++]))
        {
            for (var column = 0; column < rows[i].Length; column++)
            {
                var left = Margin + (column * (panelWidth + Margin));
                var heading = gaps[(i * Columns) + column].Heading;
                canvas.Text(Palette.EcgText, left, top + (0.75 * PanelHeadingHeight), heading, headingSize, isBold: true);
                rows[i][column].Draw(canvas, left, top + PanelHeadingHeight);
            }
        }

        (Pen Pen, string Text)[] legend = [.. sheets.SelectMany(sheet => sheet.Legend).Distinct()];
        Legend.Draw(canvas, width / 2, width - (2 * Margin), height - (0.4 * FootingHeight), TextSize, legend);
        return SvgFile.Document(canvas.Finish());

        static double RowHeight(EcgPaperRow[] row) => PanelHeadingHeight + row.Max(panel => panel.Height);
    }

    private static EcgPaperSheet Read(RecoveredRecord recovered, EcgRecord truth, LeadSpan gap, CancellationToken cancellationToken)
    {
        var record = recovered.Record;
        var middle = (gap.Span.Start + gap.Span.End) / 2 / record.Leads[gap.Lead].SamplingFrequencyHz;
        var start = Math.Clamp(middle - (WindowSeconds / 2), 0, Math.Max(0, record.DurationSeconds - WindowSeconds));
        start = Math.Floor(start * 5) / 5; // a large box
        var marks = new EcgPaperMarks { Truth = new Dictionary<int, EcgLead> { [gap.Lead] = truth.Leads[gap.Lead] } };
        return EcgPaperSheet.Read(record, [gap.Lead], start, start + WindowSeconds, WindowSeconds, s_scale, marks, cancellationToken);
    }
}
