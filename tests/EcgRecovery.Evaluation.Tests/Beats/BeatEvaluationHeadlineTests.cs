using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatEvaluationHeadlineTests
{
    [Fact]
    public void Names_the_method_with_the_lowest_error_where_signal_was_lost() => Assert.Equal(
        "Where signal was lost, linear has the lowest mean error in the gap: 0.1250 of the beat's height; zeros in the gap: 0.5000.",
        BeatEvaluationHeadline.Write(Evaluation(Score("zeros", 0.5), Score("linear", 0.125), Score("hold", 0.25))));

    [Fact]
    public void Is_null_where_no_signal_was_lost() =>
        Assert.Null(BeatEvaluationHeadline.Write(Evaluation(Score("zeros", double.NaN, rows: 0))));

    private static BeatEvaluation Evaluation(params MethodScore[] methods) =>
        new("all", 4, BeatGapPlan.Fixed(new SampleSpan(100, 137)), BootstrapUnit.Row, methods, []);

    private static MethodScore Score(string name, double error, int rows = 4)
    {
        var summary = new ErrorSummary(error, error, error, error);
        return new MethodScore(
            name, summary, summary, summary, rows, [], new RowErrors([], [], []), SawTestPatients: false, ScoredOnRawOutput: false);
    }
}
