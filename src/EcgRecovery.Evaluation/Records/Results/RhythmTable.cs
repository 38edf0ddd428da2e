using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>The table of heart-rate variability.</summary>
internal static class RhythmTable
{
    /// <summary>Returns the table of a group of cells; null where no rhythm is known.</summary>
    public static ResultTable? Of(CellGroup group) => group.Cells.All(cell => cell.Dropped is null)
        ? null
        : new ResultTable(
            RecordBenchmarkTable.Title(
                group,
                "Heart-rate variability, mean absolute error: SDNN in ms / RMSSD in ms / LF/HF; leads with a better RMSSD than dropped"),
            [
                ["method", .. RecordBenchmarkTable.Lengths(group)],
                ["gaps dropped", .. group.Cells.Select(cell => Errors(cell.Dropped))],
                .. group.Cells[0].Methods.Select((method, m) => (string[])
                [
                    RecordBenchmarkTable.Name(method.Method),
                    .. group.Cells.Select(cell => cell.Methods[m].Rhythm is { } errors
                        ? $"{Errors(errors)}; {errors.BetterThanDropped} of {errors.Leads}"
                        : Figure(null)),
                ]),
            ]);

    private static string Errors(RhythmErrors? errors) =>
        errors is null ? Figure(null) : $"{Figure(errors.Sdnn, 2)} / {Figure(errors.Rmssd, 2)} / {Figure(errors.LowToHigh, 3)}";
}
