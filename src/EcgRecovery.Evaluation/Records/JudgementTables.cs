using System.Globalization;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Recovery;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Tables of what users get after the self-test: intervals, gaps left missing, times of R peaks.</summary>
internal static class JudgementTables
{
    private static readonly string s_levels = string.Join(
        " / ", RecoveryOptions.IntervalLevels.Select(level => (100 * level).ToString("0", CultureInfo.InvariantCulture)));

    /// <summary>Returns the tables, none without a self-test; null in place of a table without rows.</summary>
    public static IEnumerable<ResultTable?> Of(RecordBenchmarkResult result) => !result.Options.HasIntervals
        ? []
        :
        [
            Table(result, $"Coverage of the intervals of {s_levels} %, in per cent [95 % interval of the last]", Coverage),
            Table(result, $"Mean width of the intervals of {s_levels} %, mV", score => Join(score, interval => Figure(interval.Width, 3))),
            Table(result, "Gaps left missing: share; RMSE of the filled ones / of what would have been filled in those left, mV", Risk),
            Reasons(result),
            RPeaks(result),
        ];

    private static ResultTable Table(RecordBenchmarkResult result, string title, Func<JudgementScore, string> cell) =>
        RecordBenchmarkTable.Table(result, title, score => cell(score.Judgement!));

    private static string Coverage(JudgementScore score)
    {
        var last = score.Intervals[^1].Coverage;
        var interval = double.IsNaN(last.Mean) ? "" : $" [{Figure(100 * last.Low, 1)}, {Figure(100 * last.High, 1)}]";
        return Join(score, level => Figure(100 * level.Coverage.Mean, 1)) + interval;
    }

    private static string Join(JudgementScore score, Func<IntervalCoverage, string> figure) =>
        string.Join(" / ", score.Intervals.Select(figure));

    private static string Risk(JudgementScore score) =>
        $"{Percent(score.LeftShare)}; {Figure(score.FilledRmse)} / {Figure(score.LeftRmse)}";

    private static ResultTable? Reasons(RecordBenchmarkResult result)
    {
        var rows = result.Cells[0].Methods.SelectMany((method, m) =>
        {
            var cells = result.Cells.Select(cell => cell.Methods[m].Judgement!).ToList();
            return cells.SelectMany(cell => cell.Reasons).Select(left => left.Reason).Distinct().Order(StringComparer.Ordinal)
                .Select(reason => (IReadOnlyList<string>)
                    [RecordBenchmarkTable.Name(method.Method), reason, .. cells.Select(cell => Count(cell, reason))]);
        }).ToList();
        return rows.Count == 0
            ? null
            : new ResultTable("Gaps left missing, by reason:", [["method", "reason", .. RecordBenchmarkTable.Lengths(result)], .. rows]);

        static string Count(JudgementScore cell, string reason) =>
            (cell.Reasons.FirstOrDefault(left => left.Reason == reason)?.Gaps ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    private static ResultTable? RPeaks(RecordBenchmarkResult result) =>
        result.Cells.SelectMany(cell => cell.Methods).All(score => score.Judgement!.RPeaks is null)
            ? null
            : Table(
                result,
                "Recovered R peaks with a true one within the stated time / mean stated time / share for which it is stated",
                score => score.RPeaks is { } peaks
                    ? $"{Percent(peaks.HeldShare)} / {Figure(1000 * peaks.MeanSeconds, 0)} ms / {Percent(peaks.StatedShare)}"
                    : Figure(null));
}
