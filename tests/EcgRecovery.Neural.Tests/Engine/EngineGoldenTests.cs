using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Tests.Golden;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>An engine path against PyTorch and TensorFlow.js, through trainer and predictor.</summary>
/// <remarks>
/// Single precision rounds to 2.4e-7 in outputs of size 4, the largest here: 4e-6 is sixteen roundings in a row; a wrong gate or index
/// gives an error of 1e-2. Errors of gradients are relative to the norm of their tensor. They are limited by tanh, whose error of up to
/// 2e-7 is absolute: in a new network h has a size of 0.01, so that dense.kernel's gradient Σ dy·h has a relative error of 1.5e-5, all
/// others 6e-6; 3e-5 is twice that. Adam divides by √v, which keeps relative errors: 30 steps of 0.01 with 3e-5 each make 1e-5.
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

/// <summary>The specification as an engine.</summary>
public sealed class ReferencePathGoldenTests() : EngineGoldenContract(EnginePath.Reference);

/// <summary>The path of every machine.</summary>
public sealed class Vector128GoldenTests() : EngineGoldenContract(EnginePath.Vector128);

/// <summary>The path of this process; <see cref="EnginePathProcessTests"/> runs it with the wider paths switched off.</summary>
public sealed class ActivePathGoldenTests() : EngineGoldenContract(EnginePaths.Active);
