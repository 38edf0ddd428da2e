using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural;

/// <summary>Runs a trained network on batches of sequences. Not safe for concurrent calls.</summary>
public sealed class NetworkPredictor : IDisposable
{
    private IEngine? _engine;

    /// <param name="spec">The network's shape.</param>
    /// <param name="weights">Named and shaped as <see cref="NetworkSpec.TensorShapes"/> says.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <exception cref="ArgumentException">The network cannot be held, the weights are not its own, or <paramref name="threads"/> is below 1.</exception>
    public NetworkPredictor(NetworkSpec spec, IReadOnlyList<WeightTensor> weights, int threads)
        : this(spec, weights, threads, EnginePaths.Active)
    {
    }

    internal NetworkPredictor(NetworkSpec spec, IReadOnlyList<WeightTensor> weights, int threads, EnginePath path)
    {
        Spec = spec;
        _engine = Engines.Create(spec, path, threads, forTraining: false, weights);
    }

    /// <summary>The network's shape.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Native memory taken so far: weights, and each thread's activations of the longest batch yet.</summary>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed of.</exception>
    public long MemoryBytes => Engine.MemoryBytes;

    /// <summary>Outputs of a batch.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="destination">Receives [B, T, O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has been disposed of.</exception>
    public void Predict(ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination) =>
        Engines.Predict(Engine, Spec, input, sequences, timeSteps, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        _engine = null;
    }

    private IEngine Engine => _engine ?? throw new ObjectDisposedException(nameof(NetworkPredictor));
}
