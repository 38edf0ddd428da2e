namespace EcgRecovery.Evaluation.Beats;

/// <summary>The one sentence above an evaluation: which method did best where signal was lost, and how far from leaving zeros in.</summary>
internal static class BeatEvaluationHeadline
{
    private const string Yardstick = "zeros";

    /// <summary>The sentence, or null where no gap held real signal.</summary>
    public static string? Write(BeatEvaluation evaluation)
    {
        var best = evaluation.Methods.Where(score => score.RowsWithRealSamples > 0).MinBy(score => score.GapRmseRealSamples.Mean);
        if (best is null)
            return null;
        var zeros = evaluation.Methods.FirstOrDefault(score => score.Name == Yardstick);
        var compared = zeros is null || zeros == best ? "" : FormattableString.Invariant($"; zeros in the gap: {zeros.GapRmseRealSamples.Mean:F4}");
        return FormattableString.Invariant(
            $"Where signal was lost, {best.Name} has the lowest mean error in the gap: {best.GapRmseRealSamples.Mean:F4} of the beat's height{compared}.");
    }
}
