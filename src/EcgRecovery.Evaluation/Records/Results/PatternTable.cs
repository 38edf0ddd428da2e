using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>What patterns of loss cost against single gaps of the same lengths.</summary>
internal static class PatternTable
{
    /// <summary>Returns the table: mean RMSE of a pattern over that of its twin; null where no pattern has one.</summary>
    public static ResultTable? Of(RecordBenchmarkResult result)
    {
        (CellScores Pattern, CellScores Twin)[] pairs =
        [
            .. result.Cells.Where(cell => cell.Kind.Pattern != LossPattern.Single)
                .Select(cell => (cell, Twin: result.Cells.FirstOrDefault(other => other.Kind == TwinOf(cell.Kind))))
                .Where(pair => pair.Twin is not null)
                .Select(pair => (pair.cell, pair.Twin!)),
        ];
        return pairs.Length == 0
            ? null
            : new ResultTable(
                "RMSE in the pattern over RMSE in single gaps of the same lengths at random places; 1 where the pattern costs nothing:",
                [
                    ["method", .. pairs.Select(pair => $"{CellNames.Of(pair.Pattern.Kind.Pattern)}, {pair.Pattern.Kind.Heading}")],
                    .. result.Methods.Select((method, m) => (string[])
                    [
                        RecordBenchmarkTable.Name(method),
                        .. pairs.Select(pair => Figure(pair.Pattern.Methods[m].Rmse.Mean / pair.Twin.Methods[m].Rmse.Mean, 3)),
                    ]),
                ]);
    }

    private static CellKind TwinOf(CellKind pattern) =>
        pattern with { Pattern = LossPattern.Single, LengthsOf = pattern.Pattern };
}
