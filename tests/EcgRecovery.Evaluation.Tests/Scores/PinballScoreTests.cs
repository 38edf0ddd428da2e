using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class PinballScoreTests
{
    // One sample of 1: the median 0.5 costs 0.5·0.5; of 80 % the lower bound 0 costs 0.1·1, the upper one 0.75 costs 0.9·0.25.
    [Fact]
    public void Each_quantile_costs_its_level_on_one_side_and_the_rest_on_the_other()
    {
        LevelInterval[] intervals = [Interval(0.8, 0, 0.75f)];
        Assert.Equal((0.25 + 0.1 + 0.225) / 3, PinballScore.Mean([1], [0.5f], intervals), 1e-12);
        // Truth −1 instead: 1.5·0.5; 1·0.9; 1.75·0.1.
        Assert.Equal((0.75 + 0.9 + 0.175) / 3, PinballScore.Mean([-1], [0.5f], intervals), 1e-12);
        Assert.Equal(2 * (0.25 + 0.1 + 0.225) / 3, 2 * PinballScore.Mean([1], [0.5f], intervals), 1e-12);
    }

    /// <remarks>
    /// From numpy 1.24.2, as the weighted interval score of Bracher et al. 2021, equation 1 with w₀ = 1/2 and wₖ = αₖ/2:
    /// <code>
    /// import numpy as np
    /// x = np.sin(np.arange(50)).astype(np.float32).astype(float)
    /// m = np.cos(.9*np.arange(50)).astype(np.float32).astype(float)
    /// wis = .5*abs(x - m)
    /// for c, w in ((.5, .25), (.8, .5), (.95, 1)):
    ///     a = 1 - c; l = (m - w).astype(np.float32).astype(float); u = (m + 1.5*w).astype(np.float32).astype(float)
    ///     wis += a/2*((u - l) + 2/a*(l - x)*(x &lt; l) + 2/a*(x - u)*(x > u))
    /// print(repr((wis/3.5).mean()))
    /// </code>
    /// </remarks>
    [Fact]
    public void The_mean_over_the_levels_is_half_the_weighted_interval_score()
    {
        float[] truth = [.. Enumerable.Range(0, 50).Select(t => (float)Math.Sin(t))];
        float[] estimate = [.. Enumerable.Range(0, 50).Select(t => (float)Math.Cos(0.9 * t))];
        LevelInterval[] intervals = [Around(0.5, 0.25), Around(0.8, 0.5), Around(0.95, 1)];
        Assert.Equal(0.4520811792351306, 2 * PinballScore.Mean(truth, estimate, intervals), 1e-9);

        LevelInterval Around(double level, double width) => new(
            level,
            estimate.Select(value => (float)(value - width)).ToArray(),
            estimate.Select(value => (float)(value + (1.5 * width))).ToArray());
    }

    // The uniform distribution on −1…1 has the quantiles 2p − 1, and at 0 the CRPS 2·∫ ((x + 1)/2)² dx = 1/6, x from −1 to 0.
    [Fact]
    public void With_many_levels_it_nears_the_CRPS()
    {
        LevelInterval[] intervals = [.. Enumerable.Range(1, 499).Select(k => Interval(k / 500.0, -k / 500f, k / 500f))];
        Assert.Equal(1 / 6.0, 2 * PinballScore.Mean([0], [0], intervals), 0.001);
    }

    [Fact]
    public void Without_intervals_it_is_the_absolute_error() =>
        Assert.Equal(0.75, 2 * PinballScore.Mean([1, 2, 3, 4], [1.5f, 1, 3, 5.5f], []), 1e-12);

    [Fact]
    public void What_is_missing_gives_no_figure_and_another_length_is_refused()
    {
        Assert.True(double.IsNaN(PinballScore.Mean([1, 2], [1, 2], [new(0.5, new float[] { 0, float.NaN }, new float[] { 2, 3 })])));
        Assert.True(double.IsNaN(PinballScore.Mean([], [], [])));
        Assert.Throws<ArgumentException>(() => PinballScore.Mean([1, 2], [1], []));
        Assert.Throws<ArgumentException>(() => PinballScore.Mean([1, 2], [1, 2], [Interval(0.5, 0, 1)]));
    }

    private static LevelInterval Interval(double level, float lower, float upper) => new(level, new[] { lower }, new[] { upper });
}
