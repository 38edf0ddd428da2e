using EcgRecovery.Cli.Demo;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Demo;

public class DemoConclusionTests
{
    [Theory]
    [InlineData(
        0.21,
        0.06,
        "the original's error is that of zeros (0.2100, zeros 0.2000): it recovers nothing; "
        + "trained with gaps the same network recovers (0.0600, a straight line 0.0700); the model")]
    [InlineData(0.15, 0.06, "the original's error is 25 % below that of zeros (0.1500, zeros 0.2000); trained")]
    [InlineData(0.30, 0.06, "the original's error is 50 % above that of zeros (0.3000, zeros 0.2000); trained")]
    [InlineData(
        0.20, 0.10, "the same network does better than zeros, but worse than a straight line (0.1000, a straight line 0.0700); the")]
    [InlineData(0.20, 0.19, "the same network does not recover either (0.1900, a straight line 0.0700); the")]
    public void It_says_what_the_figures_say(double original, double masked, string expected) =>
        Assert.Contains(expected, DemoConclusion.Write(Evaluation(original, masked, rowsWithSignal: 99)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.06, "errs 40 % less than that (0.0600).")]
    [InlineData(0.15, "errs 50 % more than that (0.1500).")]
    [InlineData(0.095, "errs about as much as that (0.0950).")]
    public void It_compares_the_shipped_model_with_the_trained_one(double shipped, string expected) =>
        Assert.EndsWith(
            $"; the model that ships, which has never seen this patient, {expected}",
            DemoConclusion.Write(Evaluation(0.2, 0.1, 99, shipped)), StringComparison.Ordinal);

    [Fact]
    public void It_says_how_many_beats_have_only_padding_to_lose()
    {
        Assert.StartsWith(
            "At 100..137, where all 99 beats have signal, the", DemoConclusion.Write(Evaluation(0.2, 0.1, 99)), StringComparison.Ordinal);
        Assert.StartsWith(
            "At 100..137, where only 6 of 99 beats have signal and the others padding, the",
            DemoConclusion.Write(Evaluation(0.2, 0.1, 6)),
            StringComparison.Ordinal);
    }

    private static BeatEvaluation Evaluation(double original, double masked, int rowsWithSignal, double shipped = 0.05)
    {
        return new BeatEvaluation(
            "all",
            99,
            BeatGapPlan.Fixed(new SampleSpan(100, 137)),
            BootstrapUnit.Row,
            [
                Score("zeros", 0.2),
                Score("linear", 0.07),
                Score(DemoModels.Original, original),
                Score(DemoModels.Masked, masked),
                Score(DemoModels.Shipped, shipped),
            ],
            []);

        MethodScore Score(string name, double error)
        {
            var summary = new ErrorSummary(error, error, error, error);
            return new MethodScore(
                name,
                summary,
                summary,
                summary,
                rowsWithSignal,
                [],
                new RowErrors([], [], []),
                SawTestPatients: null,
                ScoredOnRawOutput: false);
        }
    }
}
