using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Tests.Golden;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>An engine path against PyTorch and TensorFlow.js, through the public front door.</summary>
/// <remarks>
/// Single precision rounds to 2.4e-7 in outputs of size 4, the largest here: 4e-6 is sixteen roundings in a row; a wrong gate or index is
/// wrong by 1e-2. Gradients are judged by the norm of their tensor. What limits them is tanh, whose error of up to 2e-7 is absolute: in a fresh
/// network h has a size of 0.01, so that dense.kernel's gradient Σ dy·h comes to a relative 1.5e-5, all others to 6e-6; 3e-5 is twice that.
/// Adam divides by √v, which keeps relative errors as they are: 30 steps of 0.01 with 3e-5 each make 1e-5.
/// </remarks>
public abstract class EngineGoldenContract(EnginePath path) : GoldenContract
{
    protected override double OutputTolerance => 4e-6;

    protected override double RelativeTolerance => 3e-5;

    protected override double TrajectoryTolerance => 1e-5;

    private protected override Func<GoldenCase, (float[] Output, double Loss, IReadOnlyList<WeightTensor> Gradients)> Engine => golden =>
    {
        using var trainer = new NetworkTrainer(golden.Spec, golden.Weights, threads: 1, null, golden.LossFunction, path);
        using var predictor = new NetworkPredictor(golden.Spec, golden.Weights, threads: 1, path);
        var output = new float[golden.Output.Length];
        predictor.Predict(golden.Input, golden.Sequences, golden.TimeSteps, output);
        var loss = trainer.ComputeGradients(golden.Input, golden.Target, golden.LossWeights, golden.Sequences, golden.TimeSteps);
        return (output, loss, trainer.ExportGradients());
    };

    private protected override Func<GoldenTrajectory, (double[] Losses, IReadOnlyList<WeightTensor> Weights)> Trainer => golden =>
    {
        var start = golden.Start;
        var optimizer = new AdamOptions { ClipNorm = (float)golden.ClipNorm };
        using var trainer = new NetworkTrainer(start.Spec, start.Weights, threads: 2, optimizer, start.LossFunction, path);
        var losses = golden.Losses
            .Select(_ => trainer.Step(start.Input, start.Target, start.LossWeights, start.Sequences, start.TimeSteps, golden.LearningRate))
            .ToArray();
        return (losses, trainer.ExportWeights());
    };
}

/// <summary>The specification behind the engine's interface.</summary>
public sealed class ReferencePathGoldenTests() : EngineGoldenContract(EnginePath.Reference);

/// <summary>The path that every machine has.</summary>
public sealed class Vector128GoldenTests() : EngineGoldenContract(EnginePath.Vector128);

/// <summary>The path that this process takes; <see cref="EnginePathProcessTests"/> runs it with the wider ones switched off.</summary>
public sealed class ActivePathGoldenTests() : EngineGoldenContract(EnginePaths.Active);
