using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class WaveformScoreTests
{
    private static readonly float[] s_truth = [0.1f, 0.5f, -0.3f, 0.9f, 0.2f];
    private static readonly float[] s_recovered = [0.2f, 0.4f, -0.1f, 0.7f, 0.3f];

    // Python: e = sum((b - a)**2 for a, b in zip(x, y)); s = sum((a - mean(x))**2 for a in x), and so on, x and y as single floats.
    [Fact]
    public void Figures_are_those_of_an_independent_computation()
    {
        var score = WaveformScore.Of(s_truth, s_recovered, 0.4);
        Assert.Equal(0.370809924857, score.Nrmse, 9);
        Assert.Equal(0.140000000596, score.Mae, 9);
        Assert.Equal(0.992106293152, score.Correlation, 9);
        Assert.Equal(0.863861382948, score.Q1, 9);
        Assert.Equal(score.Correlation, score.Q2);
        Assert.Equal(0.100000005215, score.SeamJump, 9);
        Assert.Equal(36.896966955594, WaveformSummary.Of([score]).Prd, 9);
    }

    [Fact]
    public void A_constant_recovery_has_no_correlation_and_a_worse_one_than_the_mean_no_quality()
    {
        var constant = WaveformScore.Of(s_truth, [1, 1, 1, 1, 1], 0.4);
        Assert.Equal((0, 0, 0), (constant.Correlation, constant.Q1, constant.Q2));
        var opposite = WaveformScore.Of(s_truth, [.. s_truth.Select(x => -x)], 0.4);
        Assert.Equal(-1, opposite.Correlation, 6);
        Assert.Equal((0, 0), (opposite.Q1, opposite.Q2));
        var perfect = WaveformScore.Of(s_truth, s_truth, 0.4);
        Assert.Equal((0, 0, 1, 0), (perfect.Nrmse, perfect.Mae, perfect.Q1, perfect.SeamJump));
        Assert.Equal(1, perfect.Q2, 12);
    }

    [Fact]
    public void Where_the_truth_is_constant_its_shape_does_not_count()
    {
        var flat = WaveformScore.Of([1, 1, 1], [1, 2, 3], 0.5);
        Assert.True(double.IsNaN(flat.Correlation) && double.IsNaN(flat.Q1) && double.IsNaN(flat.Q2));
        var other = WaveformScore.Of(s_truth, s_truth, 0.4);
        var both = WaveformSummary.Of([flat, other]);
        Assert.Equal(1, both.Q1);
        Assert.Equal(1, both.Correlation, 12);
        Assert.Equal(0.5, both.Mae, 12);
    }

    [Fact]
    public void Percent_difference_is_pooled_over_gaps()
    {
        // Errors 1 and 9, energies 2 and 8: √(10 / 10).
        var first = WaveformScore.Of([0, 2], [1, 2], 1);
        var second = WaveformScore.Of([0, 4], [3, 4], 1);
        Assert.Equal(100, WaveformSummary.Of([first, second]).Prd, 9);
        Assert.True(double.IsNaN(WaveformSummary.Of([]).Mae));
    }

    [Fact]
    public void The_deviation_of_a_lead_is_that_of_its_observed_samples() =>
        Assert.Equal(Math.Sqrt(2.0 / 3), Statistics.Deviation([1, float.NaN, 2, 3]), 9);
}
