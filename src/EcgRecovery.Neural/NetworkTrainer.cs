using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural;

/// <summary>Trains a network: gradients of a batch, Adam updates, predictions with the weights as they stand.</summary>
/// <remarks>
/// Shapes: B sequences, T time steps, I inputs, O outputs. The same seed and data give the same bits for any number of threads within one
/// <see cref="EnginePath"/>. Not safe for concurrent calls.
/// </remarks>
public sealed unsafe class NetworkTrainer : IDisposable
{
    private IEngine? _engine;

    /// <param name="spec">The network's shape.</param>
    /// <param name="weights">Start weights, named and shaped as <see cref="NetworkSpec.TensorShapes"/> says.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="optimizer">Adam's constants; null for Keras'.</param>
    /// <param name="loss">The loss; null for mean squared error.</param>
    /// <param name="segmentSteps">
    /// Time steps whose activations are kept for the backward pass. Of a longer sequence h alone is kept, and each segment is computed once more on
    /// the way back: the same bits for less memory, and about a third more time.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The network cannot be held, the weights are not its own, the loss wants another count of outputs, or a number is below 1.
    /// </exception>
    public NetworkTrainer(
        NetworkSpec spec, IReadOnlyList<WeightTensor> weights, int threads, AdamOptions? optimizer = null, LossFunction? loss = null,
        int segmentSteps = Engines.DefaultSegmentSteps)
        : this(spec, weights, threads, optimizer, loss, EnginePaths.Active, segmentSteps)
    {
    }

    internal NetworkTrainer(
        NetworkSpec spec, IReadOnlyList<WeightTensor> weights, int threads, AdamOptions? optimizer, LossFunction? loss, EnginePath path,
        int segmentSteps = Engines.DefaultSegmentSteps)
    {
        Spec = spec;
        Optimizer = optimizer ?? new AdamOptions();
        Loss = loss ?? new MeanSquaredError();
        Loss.RequireOutputs(spec.OutputCount);
        _engine = Engines.Create(spec, path, threads, forTraining: true, weights, segmentSteps);
    }

    /// <summary>The network's shape.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Adam's constants.</summary>
    public AdamOptions Optimizer { get; }

    /// <summary>The loss.</summary>
    public LossFunction Loss { get; }

    /// <summary>Native memory taken so far: weights, optimizer and gradients, and each thread's activations of the longest batch yet.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public long MemoryBytes => Engine.MemoryBytes;

    /// <summary>One training step: gradients, then an Adam update.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="target">[B, T, O].</param>
    /// <param name="lossWeights">[B, T, O]: how much each output counts; empty for 1 everywhere.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="learningRate">lr.</param>
    /// <returns>The batch's loss before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public double Step(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps, double learningRate)
    {
        var loss = ComputeGradients(input, target, lossWeights, sequences, timeSteps);
        Engine.Update(Optimizer, learningRate);
        return loss;
    }

    /// <summary>Outputs with the weights as they stand.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="destination">Receives [B, T, O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public void Predict(ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination) =>
        Engines.Predict(Engine, Spec, input, sequences, timeSteps, destination);

    /// <summary>A copy of the weights.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public IReadOnlyList<WeightTensor> ExportWeights() => Engine.Export(EngineArray.Weights);

    /// <summary>A copy of Adam's state.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public OptimizerState ExportOptimizer() =>
        new(Engine.Updates, Engine.Export(EngineArray.FirstMoments), Engine.Export(EngineArray.SecondMoments));

    /// <summary>Goes on from a state that <see cref="ExportOptimizer"/> gave.</summary>
    /// <exception cref="ArgumentException">The moments are not of this network, or the updates are below 0; the state then stays as it was.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public void ImportOptimizer(OptimizerState state)
    {
        if (state.Updates < 0)
            throw new ArgumentException($"Adam's state is of {state.Updates} updates; expected 0 or more.", nameof(state));
        var firstMoments = Engines.InOrder(Spec, state.FirstMoments);
        var secondMoments = Engines.InOrder(Spec, state.SecondMoments);
        Engine.Import(EngineArray.FirstMoments, firstMoments);
        Engine.Import(EngineArray.SecondMoments, secondMoments);
        Engine.Updates = state.Updates;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        _engine = null;
    }

    /// <summary>Loss of a batch, whose gradients <see cref="ExportGradients"/> then gives.</summary>
    internal double ComputeGradients(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps)
    {
        Engines.CheckLength("Input", input.Length, sequences, timeSteps, Spec.InputCount, 'I');
        Engines.CheckLength("Target", target.Length, sequences, timeSteps, Spec.OutputCount, 'O');
        if (!lossWeights.IsEmpty)
            Engines.CheckLength("LossWeights", lossWeights.Length, sequences, timeSteps, Spec.OutputCount, 'O');
        fixed (float* x = input, y = target, w = lossWeights)
            return Engine.ComputeGradients(x, y, w, sequences, timeSteps, Loss);
    }

    /// <summary>A copy of the last batch's gradients, before clipping.</summary>
    internal IReadOnlyList<WeightTensor> ExportGradients() => Engine.Export(EngineArray.Gradients);

    private IEngine Engine => _engine ?? throw new ObjectDisposedException(nameof(NetworkTrainer));
}

/// <summary>Adam's state, to go on from.</summary>
/// <param name="Updates">Updates done so far.</param>
/// <param name="FirstMoments">m, in the weights' names and shapes.</param>
/// <param name="SecondMoments">v, in the weights' names and shapes.</param>
public sealed record OptimizerState(long Updates, IReadOnlyList<WeightTensor> FirstMoments, IReadOnlyList<WeightTensor> SecondMoments);
