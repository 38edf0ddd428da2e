using System.Globalization;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Reporting.RPeaks;

/// <summary>Evaluation of <see cref="RPeakDetector"/> as Markdown: the page docs/r-peaks.md.</summary>
internal static class RPeakPage
{
    private const string TableHead =
        "| records | beats | missed | false | sensitivity 150 ms | positive predictivity 150 ms | sensitivity 20 ms "
        + "| positive predictivity 20 ms |\n|---|--:|--:|--:|--:|--:|--:|--:|\n";

    /// <summary>Returns the whole page.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="options">The detector's constants.</param>
    /// <param name="command">The command that writes the page, for a comment at its head.</param>
    public static string Markdown(RPeakReport report, RPeakDetectorOptions options, string command)
    {
        var page = new StringBuilder();
        page.AppendLine(Introduction(report, command));
        page.AppendLine(Table(report));
        page.AppendLine(HowItWorks(report, options));
        page.AppendLine("## Every record\n");
        AppendTable(page, report.Records);
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns the table of pooled counts as Markdown.</summary>
    public static string Table(RPeakReport report)
    {
        var table = new StringBuilder();
        AppendTable(table, Pooled(report));
        return table.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns the table of pooled counts as plain text.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="columns">The width of a line.</param>
    public static string Text(RPeakReport report, int columns)
    {
        const StringSplitOptions Trim = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] headings = [.. TableHead.Split('\n')[0].Split('|', Trim)];
        return ResultTable.Text(
            [new ResultTable("Pooled counts:", [headings, .. Pooled(report).Select(Cells)])], notes: [], columns);
    }

    private static IReadOnlyList<RPeakScore> Pooled(RPeakReport report) => [.. report.Groups, report.All, report.AllOutsideFlutter];

    /// <summary>Returns the records in which more than one in twenty beats are found within 150 ms but not within 20 ms.</summary>
    private static IEnumerable<string> OtherDeflection(RPeakReport report) =>
        report.Records.Where(score => score.At20Ms.Sensitivity < score.At150Ms.Sensitivity - 0.05).Select(score => score.Name);

    private static void AppendTable(StringBuilder text, IEnumerable<RPeakScore> scores)
    {
        text.Append(TableHead);
        foreach (var score in scores)
            text.AppendLine($"| {string.Join(" | ", Cells(score))} |");
    }

    private static string[] Cells(RPeakScore score)
    {
        var (wide, narrow) = (score.At150Ms, score.At20Ms);
        return
        [
            score.Name,
            Count(wide.TruePositives + wide.FalseNegatives),
            Count(wide.FalseNegatives),
            Count(wide.FalsePositives),
            Percent(wide.Sensitivity),
            Percent(wide.PositivePredictivity),
            Percent(narrow.Sensitivity),
            Percent(narrow.PositivePredictivity),
        ];
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private static string Introduction(RPeakReport report, string command) =>
        $"""
        # How well R peaks are found

        <!-- Written by: {command} -->

        Results of `RPeakDetector` on the first signal of all {report.All.RecordCount} records of the MIT-BIH Arrhythmia Database
        (Moody and Mark 2001, doi:10.1109/51.932724). Counts are pooled, not averaged: a record with more beats has more weight. Every beat
        annotation counts (N L R e j B A a J S n V E r F / f Q ?), from the first second to the last. A detection and a beat form a pair,
        one to one and nearest first, if they are at most 150 ms (54 samples) or 20 ms (7 samples) apart; missed and false refer to 150 ms.

        No record and no time is excluded, except in the last row. Record 207 has 2½ minutes of ventricular flutter, which has no beat
        annotations: every detection in it counts as false. The last row excludes those episodes, as WFDB's `bxb` does. The annotations of
        record 102 are those of `102.atr`.

        """;

    private static string HowItWorks(RPeakReport report, RPeakDetectorOptions o) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        At 20 ms the detector must also agree with the annotators on the deflection of a QRS complex that is its peak. Where they often
        chose another one than the steep deflection of the detector, the beat is found but not the peak:
        {string.Join(", ", OtherDeflection(report))}.

        ## The method

        The method is Hamilton's (2002, doi:10.1109/CIC.2002.1166717), with rules from Hamilton and Tompkins (1986,
        doi:10.1109/TBME.1986.325695) and Pan and Tompkins (1985, doi:10.1109/TBME.1985.325532). All constants are in seconds, hertz and
        ratios; none depends on the unit, sign or sampling frequency of the signal.

        1. Missing samples are bridged by straight lines. A Butterworth band-pass of {o.BandLowHz}–{o.BandHighHz} Hz, the absolute slope
           and its moving average over {o.EnergyWindowSeconds} s turn every QRS complex into a hump.
           Of two humps closer than {o.RefractorySeconds} s the higher is kept.
        2. A hump is a beat if it is higher than n + {o.ThresholdFraction}·(b − n); b and n are the median heights of the last eight
           beats and of the last eight other humps. Within {o.TWaveSeconds} s after a beat it must also be {o.TWaveSlopeRatio} times
           as steep as that beat, otherwise it is a T wave.
        3. Where an interval exceeds {o.SearchBackRatio} times the median of the last eight, the highest hump in it is a beat
           if it reaches {o.SearchBackThreshold} of the threshold.
        4. At the start, and after {o.LearningSeconds} s of signal without a beat, b is estimated anew: the median of the highest humps
           of each second.
        5. The R peak is the largest deflection, up or down, of the band 5–25 Hz (forward and backward) within 0.1 s, moved to the extremum
           of the raw signal within 10 ms.

        Limit: on a lead that fell off for more than {o.LearningSeconds} s, noise that exceeds a tenth of the QRS complexes before is
        taken for beats.

        ## How the constants were chosen

        The constants were chosen for the fewest missed and false beats at 150 ms on the records of DS1 without 201 (the patient of 202 in
        DS2), 208 (the recording of the demo) and 207 (ventricular flutter). Starting near Hamilton's values (8–16 Hz, 0.08 s, refractory
        period 0.2 s, T waves within 0.36 s at a slope ratio of 0.5, search after 1.5 mean intervals at half the threshold), one constant at
        a time was set to the best of three to five round values, in turn until none changed. The constants of step 5 were chosen by the
        agreement at 20 ms on the same records and 207. The eight seconds, the tenth and the eight beats were not tuned.

        """);
}
