using System.Globalization;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Recovery;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>Tables of what users get: intervals, gaps left missing, times of R peaks.</summary>
internal static class JudgementTables
{
    private static readonly string s_levels = string.Join(
        " / ", RecoveryOptions.IntervalLevels.Select(level => (100 * level).ToString("0", CultureInfo.InvariantCulture)));

    /// <summary>
    /// Returns the tables of those cells of a group that went through a self-test or have a model's intervals, none without any; null in
    /// place of a table without rows.
    /// </summary>
    public static IEnumerable<ResultTable?> Of(CellGroup group)
    {
        CellScores[] judged = [.. group.Cells.Where(cell => cell.Methods.Any(score => score.Judgement is not null))];
        return judged.Length == 0 ? [] : Tables(group with { Cells = judged });
    }

    private static IEnumerable<ResultTable?> Tables(CellGroup group) =>
    [
        Table(group, $"Coverage of the intervals of {s_levels} %, in per cent [95 % interval of the last]", Coverage),
        Table(group, $"Mean width of the intervals of {s_levels} %, mV", score => Join(score, interval => Figure(interval.Width, 3))),
        RecordBenchmarkTable.Table(
            group, "Pinball loss of the estimate and its intervals, mV: mean over gaps", score => Figure(score.Pinball)),
        Table(group, "Gaps left missing: share; RMSE of the filled ones / of what would have been filled in those left, mV", Risk),
        Reasons(group),
        RPeaks(group),
    ];

    private static ResultTable Table(CellGroup group, string title, Func<JudgementScore, string> cell) =>
        RecordBenchmarkTable.Table(group, title, score => score.Judgement is { } judgement ? cell(judgement) : Figure(null));

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

    private static ResultTable? Reasons(CellGroup group)
    {
        var rows = group.Cells[0].Methods.SelectMany((method, m) =>
        {
            var cells = group.Cells.Select(cell => cell.Methods[m].Judgement).ToList();
            return cells.SelectMany(cell => cell?.Reasons ?? []).Select(left => left.Reason).Distinct().Order(StringComparer.Ordinal)
                .Select(reason => (IReadOnlyList<string>)
                    [RecordBenchmarkTable.Name(method.Method), reason, .. cells.Select(cell => Count(cell, reason))]);
        }).ToList();
        return rows.Count == 0
            ? null
            : new ResultTable(
                RecordBenchmarkTable.Title(group, "Gaps left missing, by reason"),
                [["method", "reason", .. RecordBenchmarkTable.Lengths(group)], .. rows]);

        static string Count(JudgementScore? cell, string reason) =>
            (cell?.Reasons.FirstOrDefault(left => left.Reason == reason)?.Gaps ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    private static ResultTable? RPeaks(CellGroup group) =>
        group.Cells.SelectMany(cell => cell.Methods).All(score => score.Judgement?.RPeaks is null)
            ? null
            : Table(
                group,
                "Recovered R peaks with a true one within the stated time / mean stated time / share for which it is stated",
                score => score.RPeaks is { } peaks
                    ? $"{Percent(peaks.HeldShare)} / {Figure(1000 * peaks.MeanSeconds, 0)} ms / {Percent(peaks.StatedShare)}"
                    : Figure(null));
}
