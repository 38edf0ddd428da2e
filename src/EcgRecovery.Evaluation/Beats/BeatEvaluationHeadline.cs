namespace EcgRecovery.Evaluation.Beats;

/// <summary>Sentence above an evaluation: the method with the lowest error where signal was lost, beside the error of zeros.</summary>
internal static class BeatEvaluationHeadline
{
    private const string ComparedWith = "zeros";

    /// <summary>Returns the sentence, or null where no gap held real signal.</summary>
    public static string? Write(BeatEvaluation evaluation)
    {
        var best = evaluation.Methods.Where(score => score.RowsWithRealSamples > 0).MinBy(score => score.GapRmseRealSamples.Mean);
        if (best is null)
            return null;
        var zeros = evaluation.Methods.FirstOrDefault(score => score.Name == ComparedWith);
        var compared = zeros is null || zeros == best
            ? ""
            : FormattableString.Invariant($"; zeros in the gap: {zeros.GapRmseRealSamples.Mean:F4}");
        var lowest = FormattableString.Invariant($"{best.GapRmseRealSamples.Mean:F4}");
        return $"Where signal was lost, {best.Name} has the lowest mean error in the gap: {lowest} of the beat's height{compared}.";
    }
}
