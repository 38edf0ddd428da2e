using System.Globalization;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;

namespace EcgRecovery.Reporting.RPeaks;

/// <summary>Writes what was measured of <see cref="RPeakDetector"/> as Markdown: docs/r-peaks.md is this page.</summary>
internal static class RPeakPage
{
    private const string TableHead =
        """
        | records | beats | missed | false | sensitivity 150 ms | positive predictivity 150 ms | sensitivity 20 ms | positive predictivity 20 ms |
        |---|--:|--:|--:|--:|--:|--:|--:|

        """;

    /// <summary>The whole page.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="options">The constants it was measured with.</param>
    /// <param name="command">The command that writes the page, named in a comment at its head.</param>
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

    /// <summary>The table of pooled counts.</summary>
    public static string Table(RPeakReport report)
    {
        var table = new StringBuilder();
        AppendTable(table, [.. report.Groups, report.All, report.AllOutsideFlutter]);
        return table.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Records whose beats are found, but one in twenty or more not within 20 ms.</summary>
    private static IEnumerable<string> OtherDeflection(RPeakReport report) =>
        report.Records.Where(score => score.At20Ms.Sensitivity < score.At150Ms.Sensitivity - 0.05).Select(score => score.Name);

    private static void AppendTable(StringBuilder text, IEnumerable<RPeakScore> scores)
    {
        text.Append(TableHead);
        foreach (var score in scores)
        {
            var (wide, narrow) = (score.At150Ms, score.At20Ms);
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {score.Name} | {wide.TruePositives + wide.FalseNegatives:N0} | {wide.FalseNegatives:N0} | {wide.FalsePositives:N0} | {Percent(wide.Sensitivity)} | {Percent(wide.PositivePredictivity)} | {Percent(narrow.Sensitivity)} | {Percent(narrow.PositivePredictivity)} |"));
        }
    }

    private static string Percent(double share) =>
        double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private static string Introduction(RPeakReport report, string command) =>
        $"""
        # How well R peaks are found

        <!-- Written by: {command} -->

        `RPeakDetector` on the first signal of all {report.All.RecordCount} records of the MIT-BIH Arrhythmia Database (Moody and Mark 2001,
        doi:10.1109/51.932724). Counts are pooled, not averaged: a record with more beats weighs more. Every beat annotation counts (N L R e j
        B A a J S n V E r F / f Q ?), from the first second to the last. A detection and a beat are paired one to one, nearest first, where they
        lie at most 150 ms (54 samples) or 20 ms (7 samples) apart; missed and false are those at 150 ms.

        Nothing is left out. Record 207 holds 2½ minutes of ventricular flutter, which has no beat annotations: every detection in it counts as
        false in all rows but the last, which leaves those episodes out, as WFDB's `bxb` does. Annotations of 102 are those of `102.atr`.

        """;

    private static string HowItWorks(RPeakReport report, RPeakDetectorOptions o) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        At 20 ms the detector must also agree with the annotators on which deflection of a QRS complex is its peak. Where they often chose
        another than the steep one that it takes, it finds the beat but not the peak: {string.Join(", ", OtherDeflection(report))}.

        ## The method

        Hamilton's (2002, doi:10.1109/CIC.2002.1166717), whose rules come from Hamilton and Tompkins (1986, doi:10.1109/TBME.1986.325695) and Pan
        and Tompkins (1985, doi:10.1109/TBME.1985.325532). All constants are in seconds, hertz and ratios; none depends on the unit, sign or
        sampling frequency of the signal.

        1. Missing samples are bridged by straight lines. A Butterworth band-pass of {o.BandLowHz}–{o.BandHighHz} Hz, the absolute slope and its moving average over
           {o.EnergyWindowSeconds} s turn every QRS complex into a hump. Of two humps closer than {o.RefractorySeconds} s the higher is kept.
        2. A hump is a beat where it is higher than n + {o.ThresholdFraction}·(b − n); b and n are the median heights of the last eight beats and the last eight
           other humps. Within {o.TWaveSeconds} s of a beat it must also be {o.TWaveSlopeRatio} times as steep as that beat, or it is its T wave.
        3. Where an interval exceeds {o.SearchBackRatio} times the median of the last eight, the highest hump in it counts if it reaches {o.SearchBackThreshold} of the threshold.
        4. At the start, and after {o.LearningSeconds} s of signal without a beat, b is learned anew: the median of each second's highest hump.
        5. The R peak is the largest deflection, up or down, of the band 5–25 Hz (forward and backward) within 0.1 s, moved to the extremum of
           the raw signal within 10 ms.

        It cannot tell a lead that fell off for longer than {o.LearningSeconds} s from a heart, if the noise on it exceeds a tenth of the QRS complexes before.

        ## How the constants were chosen

        On the DS1 records without 201 (the patient of 202, in DS2) and 208 (the demo's), and without the flutter record 207, by the fewest missed
        and false beats at 150 ms together. Starting near Hamilton's values (8–16 Hz, 0.08 s, refractory period 0.2 s, T waves within 0.36 s at a
        slope ratio of 0.5, search after 1.5 mean intervals at half the threshold) one constant at a time was set to the best of three to five
        round values, all of them over and over until none changed. Step 5's were chosen by the agreement at 20 ms on the same records (207 included).
        The eight seconds, the tenth and the eight beats were not tuned.

        """);
}
