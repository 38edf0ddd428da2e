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
    /// <param name="study">The scores.</param>
    /// <param name="options">The detector's constants.</param>
    /// <param name="command">The command that writes the page, for a comment at its head.</param>
    public static string Markdown(RPeakStudy study, RPeakDetectorOptions options, string command)
    {
        var page = new StringBuilder();
        page.AppendLine(Introduction(study.FirstLead, command));
        page.AppendLine(Tables(study));
        page.AppendLine(Doubts(study.Doubts));
        page.AppendLine(RPeakPageBefore.Tables);
        page.AppendLine(HowItWorks(study.FirstLead, options));
        page.AppendLine("## Every record\n\nThe first lead:\n");
        AppendTable(page, study.FirstLead.Records);
        page.AppendLine("\nAll leads:\n");
        AppendTable(page, study.AllLeads.Records);
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns the tables of pooled counts, with headings.</summary>
    public static string Tables(RPeakStudy study)
    {
        var text = new StringBuilder();
        text.AppendLine($"## All leads together: what `beats` finds\n\n{Table(study.AllLeads)}");
        text.AppendLine($"## The first lead alone\n\n{Table(study.FirstLead)}");
        if (study.Ludb is { } ludb)
        {
            text.AppendLine("## Twelve leads: Lobachevsky University Database\n\nRecords 1–160 (constants chosen here):\n");
            AppendTable(text, ludb.Choosing);
            text.AppendLine("\nRecords 161–200:\n");
            AppendTable(text, ludb.Test);
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns the table of pooled counts.</summary>
    public static string Table(RPeakReport report)
    {
        var table = new StringBuilder();
        AppendTable(table, Pooled(report));
        return table.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns the tables of pooled counts as plain text.</summary>
    /// <param name="study">The scores.</param>
    /// <param name="columns">The width of a line.</param>
    public static string Text(RPeakStudy study, int columns)
    {
        const StringSplitOptions Trim = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] headings = [.. TableHead.Split('\n')[0].Split('|', Trim)];
        var tables = new List<ResultTable>
        {
            Of("All leads together: what beats finds", Pooled(study.AllLeads)),
            Of("The first lead alone", Pooled(study.FirstLead)),
        };
        if (study.Ludb is { } ludb)
        {
            tables.Add(Of("Lobachevsky University Database, 1–160 (constants chosen here)", ludb.Choosing));
            tables.Add(Of("Lobachevsky University Database, 161–200", ludb.Test));
        }

        return ResultTable.Text(tables, notes: [], columns);

        ResultTable Of(string title, IEnumerable<RPeakScore> scores) => new($"{title}:", [headings, .. scores.Select(Cells)]);
    }

    private static IReadOnlyList<RPeakScore> Pooled(RPeakReport report) => [.. report.Groups, report.All, report.AllOutsideFlutter];

    private static string Doubts(IReadOnlyList<DoubtScore> doubts)
    {
        var text = new StringBuilder(
            """
            ## Where they are not to be trusted

            Stretches that `beats` reports: fibrillation or flutter, noise in all leads, or constant leads, see
            [signal quality](quality.md#r-peaks). Flutter and beats are those of the annotators.

            | records | reported | flutter | of it reported | beats in what is reported |
            |---|--:|--:|--:|--:|

            """);
        foreach (var doubt in doubts)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {doubt.Name} | {doubt.DoubtfulSeconds:F0} s of {doubt.Seconds:N0} s | {doubt.FlutterSeconds:F0} s "
                + $"| {doubt.DoubtfulFlutterSeconds:F0} s | {doubt.DoubtfulBeats} |"));
        }

        return text.ToString();
    }

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

        Results on all {report.All.RecordCount} records of the MIT-BIH Arrhythmia Database (Moody and Mark 2001, doi:10.1109/51.932724):
        of `FindRPeaks` on both leads and of `RPeakDetector` on the first one. Counts are pooled, not averaged: a record with more beats has
        more weight. Every beat annotation counts (N L R e j B A a J S n V E r F / f Q ?), from the first second to the last. A detection
        and a beat form a pair, one to one and nearest first, if they are at most 150 ms (54 samples) or 20 ms (7 samples) apart; missed and
        false refer to 150 ms.

        No record and no time is excluded, except in the last rows. Record 207 has 2½ minutes of ventricular flutter, which has no beat
        annotations: every detection in it counts as false. The last rows exclude those episodes, as WFDB's `bxb` does. The annotations
        of record 102 are those of `102.atr`.

        In the Lobachevsky University Database (Kalyakulina et al. 2020, doi:10.1109/ACCESS.2020.3029211) a lead is compared with the QRS
        complexes marked in it, and the search in all twelve leads with those of lead II. The first and last beats of a record are not
        marked: detections count from 150 ms before the first mark to 150 ms after the last.

        """;

    private static string HowItWorks(RPeakReport report, RPeakDetectorOptions o) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        At 20 ms the detector must also agree with the annotators on the deflection of a QRS complex that is its peak. Where they often
        chose another one than the steep deflection of the detector, the beat is found but not the peak:
        {string.Join(", ", OtherDeflection(report))}.

        ## The method

        ### One lead

        The method is Hamilton's (2002, doi:10.1109/CIC.2002.1166717), with rules from Hamilton and Tompkins (1986,
        doi:10.1109/TBME.1986.325695) and Pan and Tompkins (1985, doi:10.1109/TBME.1985.325532). All constants are in seconds, hertz and
        ratios; none depends on the unit, sign or sampling frequency of the signal.

        1. Spikes are left out: at most 12 ms wide, back on their level, and beginning with a step eight times as high as the largest one
           between samples within 50 ms around them. Where a beat follows most of them within 0.2 s they are a pacemaker's, which help to
           find its beats; then only the peak is not placed on them.
           Missing samples are bridged by straight lines. A Butterworth band-pass of {o.BandLowHz}–{o.BandHighHz} Hz, the absolute slope
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

        ### Several leads

        1. The leads are those named as ECG leads; without any, voltages and raw counts whose names say nothing of what they are.
        2. In stretches of 10 s each lead has a quality q (beat similarity · (1 − hum share), 0 in noise, see [quality](quality.md)) and a
           contrast s: 1 − the median of its detection signal / the median of its highest values in each second.
        3. The detection signals, each divided by the median of those highest values, are combined: a geometric mean of the signals plus
           0.05 with weights q¹⁶·s⁴, on straight lines between the middles of stretches. Constant and missing leads have no weight.
        4. Steps 2 to 4 above decide, with 0.43 in place of {o.ThresholdFraction}.
        5. Step 5 places the peak in the lead of the highest mean q. If lead II is less than 0.02 worse it is taken, otherwise the first
           lead that is. Where that lead is constant, missing or noise, the lead of the highest weight takes its place.

        ## How the constants were chosen

        Those of one lead were chosen for the fewest missed and false beats at 150 ms on the records of DS1 without 201 (the patient of 202
        in DS2), 208 (the recording of the demo) and 207 (ventricular flutter). Starting near Hamilton's values (8–16 Hz, 0.08 s, refractory
        period 0.2 s, T waves within 0.36 s at a slope ratio of 0.5, search after 1.5 mean intervals at half the threshold), one constant at
        a time was set to the best of three to five round values, in turn until none changed. The constants of step 5 were chosen by the
        agreement at 20 ms on the same records and 207. The eight seconds, the tenth and the eight beats were not tuned.

        Those of several leads were chosen by the missed and false beats at 150 ms of DS1 (20 records) and of LUDB 1–160. Weighted sums in
        15 weightings missed 13 to 36 beats of DS1 and had 438 to 628 false ones; the best lead in each stretch 37 to 74 and 429 to 482.
        With q⁸·s⁸ a sum had 19 and 438, power means of exponent ½ and ¼ 25 and 412, 32 and 402, the geometric mean 35 and 400. Of
        geometric means in 14 weightings q¹⁶·s⁴ was among the best; 0.05 is of 0.02, 0.05 and 0.1, and 0.43 of 0.40 and 0.43. Stretches of
        20 s had more missed ones. LUDB had one missed and no false beat with most of them.

        """);
}
