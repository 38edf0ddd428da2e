using EcgRecovery.Evaluation.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>Writes the conclusion from a table of the demo: one sentence, chosen by the figures.</summary>
internal static class DemoConclusion
{
    /// <summary>Errors that differ by at most a tenth count as equal.</summary>
    private const double Same = 0.1;

    /// <summary>Returns the sentence.</summary>
    /// <param name="evaluation">A result with <c>zeros</c>, <c>linear</c> and the models of <see cref="DemoModels"/>.</param>
    public static string Write(BeatEvaluation evaluation)
    {
        var zeros = GapError(evaluation, "zeros");
        var linear = GapError(evaluation, "linear");
        var original = GapError(evaluation, DemoModels.Original);
        var masked = GapError(evaluation, DemoModels.Masked);
        var shipped = GapError(evaluation, DemoModels.Shipped);
        return $"At {evaluation.Gaps.Everywhere}{Padding(evaluation)} {Original(original, zeros)}; "
            + $"{Masked(masked, zeros, linear)}; {Shipped(shipped, masked)}.";
    }

    private static string Padding(BeatEvaluation evaluation)
    {
        var real = evaluation.Methods[0].RowsWithRealSamples;
        return real == evaluation.RowCount
            ? $", where all {real} beats have signal,"
            : $", where only {real} of {evaluation.RowCount} beats have signal and the others padding,";
    }

    private static string Original(double original, double zeros)
    {
        var figures = $"({original:F4}, zeros {zeros:F4})";
        var change = (original / zeros) - 1;
        return Math.Abs(change) <= Same
            ? $"the original's error is that of zeros {figures}: it recovers nothing"
            : $"the original's error is {Math.Abs(change):P0} {(change < 0 ? "below" : "above")} that of zeros {figures}";
    }

    private static string Masked(double masked, double zeros, double linear)
    {
        var figures = $"({masked:F4}, a straight line {linear:F4})";
        if (masked >= zeros * (1 - Same))
            return $"trained with gaps the same network does not recover either {figures}";
        return masked < linear
            ? $"trained with gaps the same network recovers {figures}"
            : $"trained with gaps the same network does better than zeros, but worse than a straight line {figures}";
    }

    private static string Shipped(double shipped, double masked)
    {
        var change = (shipped / masked) - 1;
        var compared = Math.Abs(change) <= Same
            ? "about as much as that"
            : $"{Math.Abs(change):P0} {(change < 0 ? "less" : "more")} than that";
        return $"the model that ships, which has never seen this patient, errs {compared} ({shipped:F4})";
    }

    private static double GapError(BeatEvaluation evaluation, string method) =>
        evaluation.Methods.Single(score => score.Name == method).GapRmseRealSamples.Mean;
}
