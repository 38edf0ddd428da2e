using System.Globalization;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Cli.Demo;

/// <summary>The small table of the recovered recording: a row per gap, compared with the truth.</summary>
internal static class DemoRecordingTable
{
    private static readonly string[] s_headings =
        ["lost", "at", "RMSE, mV", "straight line", "95 % interval, mV", "truth in it", "R peaks, ms"];

    /// <summary>Returns the table.</summary>
    /// <param name="gaps">What was lost, and the errors.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="method">The method that was asked for.</param>
    public static ResultTable Of(IEnumerable<(DemoLoss Loss, KnownGapScore Score)> gaps, double samplingFrequencyHz, string method) => new(
        $"Five minutes of one patient (MIT-BIH record 208, MLII) lost four pieces; recovered by {method}, compared with the truth:",
        [
            s_headings,
            .. gaps.Select(gap => (string[])[
                gap.Loss.What,
                RecordTime.Describe(gap.Loss.Span.Start / samplingFrequencyHz),
                double.IsNaN(gap.Score.Rmse) ? "left missing" : Number(gap.Score.Rmse, "0.000"),
                Number(gap.Score.LineRmse, "0.000"),
                double.IsNaN(gap.Score.IntervalWidth) ? "none" : Number(gap.Score.IntervalWidth, "0.00"),
                double.IsNaN(gap.Score.Coverage) ? "none" : Number(100 * gap.Score.Coverage, "0") + " %",
                RPeaks(gap.Score),
            ]),
        ]);

    private static string RPeaks(KnownGapScore score)
    {
        var peaks = score.RPeakErrors.Select(error => error is { } seconds ? Number(1000 * seconds, "+0;−0;0") : "lost");
        var wrong = Enumerable.Repeat("false", score.FalseRPeaks);
        return string.Join(", ", peaks.Concat(wrong).DefaultIfEmpty("none"));
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
