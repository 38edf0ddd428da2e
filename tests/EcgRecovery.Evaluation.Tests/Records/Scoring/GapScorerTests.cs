using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class GapScorerTests
{
    private static readonly TestedLead s_lead = new("x", [9, 1, 2, 9], 100);

    [Fact]
    public void The_pinball_loss_is_that_of_the_estimate_and_its_intervals()
    {
        // Quantiles 0.25, 0.5 and 0.75 are 0, 2, 3 at x = 1 and 2, 2, 2 at x = 2: losses of 0.25·1, 0.5·1, 0.25·2 and 0, 0, 0.
        var score = new GapScorer(null).Score(s_lead, new SampleSpan(1, 3), [2, 2], [new GapInterval(0.5, [0, 2], [3, 2])]);
        Assert.Equal(1.25 / 6, score.Pinball!.Value, 6);
        Assert.Equal(Math.Sqrt(0.5), score.Rmse, 6);
    }

    [Fact]
    public void Without_intervals_or_a_classifier_there_is_neither_loss_nor_beat()
    {
        var score = new GapScorer(null).Score(SpikeLead.Of(), new SampleSpan(4850, 4950), new float[100], []);
        Assert.Null(score.Pinball);
        Assert.Null(score.Beats);
        Assert.NotNull(score.RPeaks);
    }
}
