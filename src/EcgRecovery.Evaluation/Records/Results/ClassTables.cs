using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>Tables by the AAMI class of gaps and beats; none where classes are not known.</summary>
internal static class ClassTables
{
    /// <summary>Returns the tables of a group of cells.</summary>
    public static IEnumerable<ResultTable?> Of(CellGroup group) => group.Cells.SelectMany(cell => cell.Methods)
            .All(score => score.ByClass.Count == 0)
        ? []
        :
        [
            Errors(group),
            Beats(
                group,
                "Beats in gaps; of them with their class in the true lead / with the gaps missing / recovered",
                beats => $"{beats.Beats}; {beats.KeptInTruth} / {beats.KeptInGaps} / {beats.Kept}"),
            Beats(
                group,
                "Beats erased (with their class in the true lead, not in the recovered one) / invented (found in the recovered lead alone)",
                beats => $"{beats.Erased} / {beats.Invented}"),
        ];

    private static ResultTable Errors(CellGroup group)
    {
        var classes = group.Cells.SelectMany(cell => cell.Methods).SelectMany(score => score.ByClass).Select(@class => @class.Name)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return new ResultTable(
            RecordBenchmarkTable.Title(group, "RMSE in the gap, mV, by the class of the gap: mean over gaps (their number)"),
            [
                ["method", "class", .. RecordBenchmarkTable.Lengths(group)],
                .. group.Cells[0].Methods.SelectMany((method, m) => classes.Select(@class => (string[])
                [
                    RecordBenchmarkTable.Name(method.Method),
                    @class,
                    .. group.Cells.Select(cell => cell.Methods[m].ByClass.FirstOrDefault(other => other.Name == @class) is { } error
                        ? $"{Figure(error.Rmse)} ({error.Gaps})"
                        : Figure(null)),
                ])),
            ]);
    }

    private static ResultTable Beats(CellGroup group, string title, Func<ClassBeats, string> figures)
    {
        var classes = group.Cells.SelectMany(cell => cell.Methods).SelectMany(score => score.Beats).Select(beats => beats.Class)
            .Distinct().Order().ToList();
        return new ResultTable(
            RecordBenchmarkTable.Title(group, title),
            [
                ["method", "class", .. RecordBenchmarkTable.Lengths(group)],
                .. group.Cells[0].Methods.SelectMany((method, m) => classes.Select(@class => (string[])
                [
                    RecordBenchmarkTable.Name(method.Method),
                    @class.ToString(),
                    .. group.Cells.Select(cell => cell.Methods[m].Beats.FirstOrDefault(other => other.Class == @class) is { } beats
                        ? figures(beats)
                        : Figure(null)),
                ])),
            ]);
    }
}
