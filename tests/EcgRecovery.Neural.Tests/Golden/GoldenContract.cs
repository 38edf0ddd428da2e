using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests.Golden;

/// <summary>The tests of every implementation of the network; a derived class defines how to run it, and its tolerances.</summary>
public abstract class GoldenContract
{
    /// <summary>Gets the maximum absolute error of an output.</summary>
    protected abstract double OutputTolerance { get; }

    /// <summary>Gets the maximum relative error of the loss, and of a tensor's gradient, ‖g − g*‖ / ‖g*‖.</summary>
    protected abstract double RelativeTolerance { get; }

    /// <summary>Gets the maximum absolute error of a weight after 30 steps of Adam.</summary>
    protected abstract double TrajectoryTolerance { get; }

    /// <summary>Gets the function of a forward and a backward pass.</summary>
    private protected abstract Func<GoldenCase, (float[] Output, double Loss, IReadOnlyList<WeightTensor> Gradients)> Engine { get; }

    /// <summary>Gets the function of one step per loss: loss and gradients, clipping by global norm, Adam.</summary>
    private protected abstract Func<GoldenTrajectory, (double[] Losses, IReadOnlyList<WeightTensor> Weights)> Trainer { get; }

    public static TheoryData<string> Names => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_loss_and_gradients_are_those_of_the_other_implementation(string name) => Check(GoldenCase.Load(name));

    [Fact]
    public void The_original_at_full_length_is_that_of_PyTorch()
    {
        var golden = GoldenCase.LoadFullLength();
        Assert.SkipWhen(golden is null, "The development data are absent.");
        Check(golden!);
    }

    [Fact]
    public void Thirty_steps_of_Adam_lead_where_the_formula_leads()
    {
        var golden = GoldenTrajectory.Load();
        Assert.Equal(30, golden.Losses.Length);
        var (losses, weights) = Trainer(golden);
        Assert.Equal(golden.Losses.Length, losses.Length);
        for (var step = 0; step < losses.Length; step++)
            Assert.Equal(golden.Losses[step], losses[step], TrajectoryTolerance);
        for (var n = 0; n < golden.Trained.Count; n++)
        {
            Assert.Equal(golden.Trained[n].Name, weights[n].Name);
            AssertNear(golden.Trained[n].Values, weights[n].Values, TrajectoryTolerance, weights[n].Name);
        }
    }

    private void Check(GoldenCase golden)
    {
        var (output, loss, gradients) = Engine(golden);
        AssertNear(golden.Output, output, OutputTolerance, "output");
        if (golden.Loss is not { } expected)
            return;
        Assert.Equal(expected, loss, RelativeTolerance * expected);
        Assert.Equal(golden.Gradients.Count, gradients.Count);
        for (var n = 0; n < gradients.Count; n++)
        {
            Assert.Equal(golden.Gradients[n].Name, gradients[n].Name);
            Assert.Equal(golden.Gradients[n].Shape, gradients[n].Shape);
            var error = Norm(golden.Gradients[n].Values.Zip(gradients[n].Values, (x, y) => (double)x - y));
            var norm = Norm(golden.Gradients[n].Values.Select(x => (double)x));
            Assert.True(
                error <= RelativeTolerance * norm,
                $"{golden.Name}, gradient of {gradients[n].Name}: relative error {error / norm:E2}.");
        }
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // The form of the comparison makes NaN fail.
            Assert.True(
                Math.Abs((double)expected[i] - actual[i]) <= tolerance,
                $"{what}[{i}] is {actual[i]}; expected {expected[i]} ± {tolerance}.");
        }
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
