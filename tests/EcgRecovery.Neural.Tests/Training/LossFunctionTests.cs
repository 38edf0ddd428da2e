using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Training;

public class LossFunctionTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.5, 0.25, 1.0)]
    [InlineData(-3.0, 9.0, -6.0)]
    public void Squared_error_is_the_square(double error, double value, double derivative)
    {
        Assert.Equal(value, new MeanSquaredError().Value(error));
        Assert.Equal(derivative, new MeanSquaredError().Derivative(error));
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.25, 0.03125, 0.25)]
    [InlineData(-0.5, 0.125, -0.5)]   // both branches meet at δ: ½·δ²
    [InlineData(2.0, 0.875, 0.5)]     // δ·(|e| − δ/2) = 0.5·(2 − 0.25)
    [InlineData(-2.0, 0.875, -0.5)]
    public void Huber_is_quadratic_inside_and_linear_outside(double error, double value, double derivative)
    {
        Assert.Equal(value, new HuberLoss(0.5f).Value(error));
        Assert.Equal(derivative, new HuberLoss(0.5f).Derivative(error));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Huber_refuses_a_delta_that_bounds_nothing(float delta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(delta));

    // y, t and w of two sequences of three steps, and a third without weight.
    private static readonly float[] s_output = [0.5f, 0.25f, -1, 0, 0.75f, 0.5f, 1, 1, 1];
    private static readonly float[] s_target = [0.25f, 0.25f, 1, 0.5f, 0.5f, 0.5f, 0, 0, 0];
    private static readonly float[] s_weights = [1, 1, 0.5f, 2, 0, 1, 0, 0, 0];

    [Fact]
    public void Root_mean_square_is_the_mean_over_sequences_of_their_roots()
    {
        // python3 -c "
        // from math import sqrt
        // f=0.125
        // print((sqrt((1*.25**2+0+.5*2**2)/3+f*f)-f + sqrt((2*.5**2+0+0)/3+f*f)-f)/2)"
        Assert.Equal(0.5077408867387022, new RootMeanSquareLoss(0.125f).Evaluate(s_output, s_target, s_weights, 3, 3), 1e-12);
    }

    [Fact]
    public void The_floor_bounds_the_gradient_of_small_errors_and_costs_nothing()
    {
        var loss = new RootMeanSquareLoss(0.5f);
        Assert.Equal(0, loss.Evaluate([1, 2], [1, 2], [], 1, 2));
        Assert.Equal(0, loss.Evaluate([1, 2], [3, 4], [0, 0], 1, 2));
        Assert.Equal(1e-4, loss.Evaluate([0.01f], [0], [], 1, 1), 1e-7);   // e²/2f
    }

    [Fact]
    public void An_interval_costs_what_its_quantile_losses_say()
    {
        // One sequence of two steps; outputs are estimate, lower, upper; the last error of the lower bound is within the rounding.
        // python3 -c "
        // from math import sqrt
        // k=.005
        // r=lambda e,tau: max(tau*e,(tau-1)*e)-k/2*(tau if e>0 else 1-tau)
        // print(sqrt((.5**2+.25**2)/2+.125**2)-.125 + 4/2*((r(.75,.25)+.75*.00390625**2/2/k) + (r(-.5,.75)+2*r(.25,.75))))"
        float[] output = [0.5f, -0.75f, 0.5f, 0.25f, 0.00390625f, -0.25f];
        float[] target = [0, 0, 0, 0, 0, 0];
        float[] weights = [1, 1, 1, 1, 1, 2];
        var loss = new EstimateAndQuantilesLoss([0.25f, 0.75f], 0.125f, 4);
        Assert.Equal(1.6568669171538002, loss.Evaluate(output, target, weights, 1, 2), 1e-8);
    }

    [Fact]
    public void The_quantile_losses_are_least_at_the_quantiles()
    {
        // Of 0, 0.01 … 1 the quantiles 0.25 and 0.75 are these numbers; errors of the estimate are the same everywhere.
        var loss = new EstimateAndQuantilesLoss([0.25f, 0.75f]);
        var target = Enumerable.Range(0, 101).SelectMany(i => Enumerable.Repeat(i / 100f, 3)).ToArray();
        var best = Loss(0.25f, 0.75f);
        foreach (var shift in (float[])[-0.1f, -0.02f, 0.02f, 0.1f])
        {
            Assert.True(Loss(0.25f + shift, 0.75f) > best);
            Assert.True(Loss(0.25f, 0.75f + shift) > best);
        }

        double Loss(float lower, float upper)
        {
            float[] output = [.. Enumerable.Range(0, 101).SelectMany(_ => (float[])[0.5f, lower, upper])];
            return loss.Evaluate(output, target, [], 1, 101);
        }
    }

    [Fact]
    public void Samples_folded_into_one_step_count_as_samples_of_their_own()
    {
        var loss = new EstimateAndQuantilesLoss([0.1f, 0.5f, 0.9f], quantileWeight: 2);
        var random = new SeededRandom(5);
        float[] output = [.. Enumerable.Range(0, 24).Select(_ => random.NextSingle())];
        float[] target = [.. Enumerable.Range(0, 24).Select(_ => random.NextSingle())];
        float[] halves = [.. Enumerable.Repeat(0.5f, 24)];
        // The means are over steps: with half as many, each value counts half.
        Assert.Equal(loss.Evaluate(output, target, [], 1, 6), loss.Evaluate(output, target, halves, 1, 3), 1e-12);
    }

    [Fact]
    public void The_weight_of_the_interval_makes_both_terms_of_one_size()
    {
        // Gaussian errors of σ = 0.1, at the normal distribution's own quantiles ±1.959964·σ.
        var random = new SeededRandom(1);
        float[] target = [.. Enumerable.Range(0, 100_000).SelectMany(_ => Enumerable.Repeat(0.1f * Gaussian(), 3))];
        float[] output = [.. Enumerable.Range(0, 100_000).SelectMany(_ => (float[])[0, -0.1959964f, 0.1959964f])];
        var both = new EstimateAndQuantilesLoss().Evaluate(output, target, [], 1, 100_000);
        Assert.InRange(both / 0.096, 1.9, 2.1);   // √(0.1² + 0.004²) − 0.004 = 0.096

        float Gaussian() => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
    }

    [Fact]
    public void Losses_of_values_are_evaluated_as_weighted_means()
    {
        // (1·0.0625 + 0.5·4 + 2·0.25) / 5.5
        Assert.Equal(2.5625 / 5.5, new MeanSquaredError().Evaluate(s_output, s_target, s_weights, 3, 3), 1e-12);
        Assert.Equal(7.375 / 9, new MeanSquaredError().Evaluate(s_output, s_target, [], 3, 3), 1e-12);
    }

    [Fact]
    public void Losses_with_the_same_options_are_equal()
    {
        Assert.Equal(new HuberLoss(), new HuberLoss(1f));
        Assert.NotEqual(new HuberLoss(0.5f), new HuberLoss(1f));
        Assert.NotEqual<LossFunction>(new RootMeanSquareLoss(), new EstimateAndQuantilesLoss());
        Assert.NotEqual(new EstimateAndQuantilesLoss(floor: 0.1f), new EstimateAndQuantilesLoss());
        Assert.NotEqual(new EstimateAndQuantilesLoss([0.1f, 0.9f]), new EstimateAndQuantilesLoss());
        Assert.Equal(new EstimateAndQuantilesLoss([0.025f, 0.975f]), new EstimateAndQuantilesLoss());
    }

    [Fact]
    public void Defaults_are_those_that_the_constructors_state()
    {
        var loss = new EstimateAndQuantilesLoss();
        Assert.Equal([0.025f, 0.975f], loss.Levels);
        Assert.Equal((0.004f, 8.5f), (loss.Floor, loss.QuantileWeight));
        Assert.Equal(0.004f, new RootMeanSquareLoss().Floor);
        Assert.Equal(1f, new HuberLoss().Delta);
    }

    [Fact]
    public void Says_what_does_not_fit()
    {
        var loss = new EstimateAndQuantilesLoss();
        Assert.Equal("Output has 5 values; expected [B, T, O], a multiple of 2 · 2.", Refusal(new float[5], new float[5], []));
        Assert.Equal("Target has 3 values; expected as many as the output, 4.", Refusal(new float[4], new float[3], []));
        Assert.Equal("LossWeights has 5 values; expected as many as the output, 4.", Refusal(new float[4], new float[4], new float[5]));
        Assert.Equal(
            "There are 1 outputs; expected a multiple of 3 for this loss: an estimate and 2 quantiles a sample.",
            Refusal(new float[4], new float[4], []));

        string Refusal(float[] output, float[] target, float[] weights) =>
            Assert.Throws<ArgumentException>(() => loss.Evaluate(output, target, weights, 2, 2)).Message;
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(1e-7f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_loss_of_sequences_refuses_a_floor_that_bounds_nothing(float floor)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RootMeanSquareLoss(floor));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EstimateAndQuantilesLoss(floor: floor));
    }

    [Theory]
    [InlineData(0f, 0.5f, 1f)]
    [InlineData(0.5f, 0.5f, 1f)]
    [InlineData(0.5f, 1f, 1f)]
    [InlineData(float.NaN, 0.5f, 1f)]
    [InlineData(0.25f, float.NaN, 1f)]
    [InlineData(0.25f, 0.75f, 0f)]
    [InlineData(0.25f, 0.75f, float.NaN)]
    public void An_interval_refuses_levels_and_weights_of_none(float lower, float upper, float weight) =>
        Assert.ThrowsAny<ArgumentException>(() => new EstimateAndQuantilesLoss([lower, upper], quantileWeight: weight));
}
