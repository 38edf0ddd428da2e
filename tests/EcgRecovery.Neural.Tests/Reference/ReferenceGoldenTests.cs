using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;
using EcgRecovery.Neural.Tests.Golden;

namespace EcgRecovery.Neural.Tests.Reference;

/// <summary>The specification against PyTorch and TensorFlow.js; it may differ only by the files' rounding to float.</summary>
public sealed class ReferenceGoldenTests : GoldenContract
{
    // Outputs below 4, rounded to float twice: 2.4e-7; TensorFlow.js computes in float.
    protected override double OutputTolerance => 2.5e-7;

    protected override double RelativeTolerance => 1e-7;

    protected override double TrajectoryTolerance => 1.2e-7;

    private protected override Func<GoldenCase, (float[] Output, double Loss, IReadOnlyList<WeightTensor> Gradients)> Engine => golden =>
    {
        var network = new ReferenceNetwork(golden.Spec, golden.Weights);
        var output = new float[golden.Output.Length];
        network.Forward(golden.Input, golden.Sequences, golden.TimeSteps, output);
        // Start values other than zero: gradients are overwritten, not added to.
        IReadOnlyList<WeightTensor> gradients = [.. golden.Weights.Select(t => t with { Values = [.. t.Values] })];
        var loss = network.LossAndGradients(
            golden.Input, golden.Target, golden.LossWeights, golden.Sequences, golden.TimeSteps, golden.LossFunction, gradients);
        return (output, loss, gradients);
    };

    private protected override Func<GoldenTrajectory, (double[] Losses, IReadOnlyList<WeightTensor> Weights)> Trainer => golden =>
    {
        var (network, losses) = Train(golden);
        var at = 0;
        var weights = golden.Start.Weights
            .Select(t => t with { Values = [.. t.Values.Select(_ => (float)network.Parameters[at++])] })
            .ToArray();
        return (losses, weights);
    };

    [Fact]
    public void Losses_along_the_trajectory_agree_in_double_precision()
    {
        var golden = GoldenTrajectory.Load();
        var (_, losses) = Train(golden);
        Assert.All(losses.Zip(golden.Losses), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    private static (ReferenceNetwork Network, double[] Losses) Train(GoldenTrajectory golden)
    {
        var start = golden.Start;
        var network = new ReferenceNetwork(start.Spec, start.Weights);
        var adam = new ReferenceAdam(network.Parameters.Length);
        var gradients = new double[network.Parameters.Length];
        var losses = new double[golden.Losses.Length];
        for (var step = 0; step < losses.Length; step++)
        {
            losses[step] = network.LossAndGradients(
                start.Input, start.Target, start.LossWeights, start.Sequences, start.TimeSteps, start.LossFunction, gradients);
            ReferenceClipping.ByGlobalNorm(gradients, golden.ClipNorm);
            adam.Step(network.Parameters, gradients, golden.LearningRate);
        }

        return (network, losses);
    }
}
