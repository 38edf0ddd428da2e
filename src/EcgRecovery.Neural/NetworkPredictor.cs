using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural;

/// <summary>A trained network that predicts batches of sequences. Not safe for concurrent calls.</summary>
public sealed class NetworkPredictor : IDisposable
{
    private IEngine? _engine;

    /// <param name="spec">The network's shape.</param>
    /// <param name="weights">The tensors of <see cref="NetworkSpec.TensorShapes"/>, in any order.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// The network is not valid, the weights do not fit it, or <paramref name="threads"/> is below 1.
    /// </exception>
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

    /// <summary>Gets the native memory allocated so far: weights, and each thread's activations.</summary>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    public long MemoryBytes => Engine.MemoryBytes;

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="destination">Receives [B, T, O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
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
