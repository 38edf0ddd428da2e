using EcgRecovery.Evaluation.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>Says in one sentence what a table of the demo shows; every claim in it is looked up in the figures.</summary>
internal static class DemoConclusion
{
    /// <summary>Errors within a tenth of each other are called the same.</summary>
    private const double Same = 0.1;

    /// <param name="evaluation">Holds <c>zeros</c>, <c>linear</c> and the models of <see cref="DemoModels"/>.</param>
    public static string Write(BeatEvaluation evaluation)
    {
        var zeros = GapError(evaluation, "zeros");
        var linear = GapError(evaluation, "linear");
        var original = GapError(evaluation, DemoModels.Original);
        var masked = GapError(evaluation, DemoModels.Masked);
        return $"At {evaluation.Gaps.Everywhere}{Padding(evaluation)} {Original(original, zeros)}; {Masked(masked, zeros, linear)}; {Shipped(GapError(evaluation, DemoModels.Shipped), masked)}.";
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
