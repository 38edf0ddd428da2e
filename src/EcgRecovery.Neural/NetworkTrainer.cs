using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural;

/// <summary>A network in training: gradients, Adam updates, and predictions with the current weights.</summary>
/// <remarks>
/// Shapes: B sequences, T time steps, I inputs, O outputs. Within one <see cref="EnginePath"/> the same seed and data give the same bits on
/// any number of threads. Not safe for concurrent calls.
/// </remarks>
public sealed unsafe class NetworkTrainer : IDisposable
{
    private IEngine? _engine;

    /// <param name="spec">The network's shape.</param>
    /// <param name="weights">Start weights: the tensors of <see cref="NetworkSpec.TensorShapes"/>, in any order.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="optimizer">Constants of Adam; null for those of Keras.</param>
    /// <param name="loss">The loss; null for <see cref="MeanSquaredError"/>.</param>
    /// <param name="segmentSteps">
    /// Time steps whose activations are kept for the backward pass. A longer sequence keeps only h, and its segments are computed a second
    /// time in the backward pass: the same bits for less memory and about a third more time.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The network is not valid, the weights or the loss do not fit it, or a number is below 1.
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

    /// <summary>The constants of Adam.</summary>
    public AdamOptions Optimizer { get; }

    /// <summary>The loss.</summary>
    public LossFunction Loss { get; }

    /// <summary>Gets the native memory allocated so far: parameters, gradients, and each thread's activations.</summary>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public long MemoryBytes => Engine.MemoryBytes;

    /// <summary>Computes the gradients of a batch and updates the weights.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="target">[B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="learningRate">lr, as in <see cref="AdamOptions"/>.</param>
    /// <returns>The loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public double Step(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        double learningRate)
    {
        var loss = ComputeGradients(input, target, lossWeights, sequences, timeSteps);
        Engine.Update(Optimizer, learningRate);
        return loss;
    }

    /// <summary>Computes the outputs of a batch with the current weights.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="destination">Receives [B, T, O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public void Predict(ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination) =>
        Engines.Predict(Engine, Spec, input, sequences, timeSteps, destination);

    /// <summary>Returns a copy of the weights.</summary>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public IReadOnlyList<WeightTensor> ExportWeights() => Engine.Export(EngineArray.Weights);

    /// <summary>Returns a copy of the state of Adam.</summary>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public OptimizerState ExportOptimizer() =>
        new(Engine.Updates, Engine.Export(EngineArray.FirstMoments), Engine.Export(EngineArray.SecondMoments));

    /// <summary>Replaces the state of Adam by one of <see cref="ExportOptimizer"/>.</summary>
    /// <exception cref="ArgumentException">The moments do not fit the network, or the updates are below 0; nothing is changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public void ImportOptimizer(OptimizerState state)
    {
        if (state.Updates < 0)
            throw new ArgumentException($"Adam's state has {state.Updates} updates; expected 0 or more.", nameof(state));
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

    /// <summary>Returns the loss of a batch; <see cref="ExportGradients"/> then returns its gradients.</summary>
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

    /// <summary>Returns a copy of the gradients of the last batch, before clipping.</summary>
    internal IReadOnlyList<WeightTensor> ExportGradients() => Engine.Export(EngineArray.Gradients);

    private IEngine Engine => _engine ?? throw new ObjectDisposedException(nameof(NetworkTrainer));
}

/// <summary>The state of Adam, to resume a training run.</summary>
/// <param name="Updates">Number of updates so far.</param>
/// <param name="FirstMoments">m, with names and shapes of the weights.</param>
/// <param name="SecondMoments">v, with names and shapes of the weights.</param>
public sealed record OptimizerState(long Updates, IReadOnlyList<WeightTensor> FirstMoments, IReadOnlyList<WeightTensor> SecondMoments);
