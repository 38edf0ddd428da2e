using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural;

/// <summary>A trained network that predicts one sequence time step by time step, for live signals.</summary>
/// <remarks>
/// The state between time steps is h and c of each layer, so a step costs the same however long the signal runs. All layers must be of one
/// direction. Within one <see cref="EnginePath"/> the outputs have the bits of <see cref="NetworkPredictor.Predict"/> over the whole
/// sequence.
/// <para>
/// A stream runs on the calling thread and allocates nothing per step. It is not safe for concurrent calls; streams made with
/// <see cref="NewStream"/> share their weights, are independent of each other and may run on different threads.
/// </para>
/// </remarks>
public sealed unsafe class StreamingPredictor
{
    private readonly ISequenceStream _stream;

    /// <param name="spec">The network's shape; no layer may be bidirectional.</param>
    /// <param name="weights">The tensors of <see cref="NetworkSpec.TensorShapes"/>, in any order.</param>
    /// <exception cref="ArgumentException">The network is not valid or has a bidirectional layer, or the weights do not fit it.</exception>
    public StreamingPredictor(NetworkSpec spec, IReadOnlyList<WeightTensor> weights)
        : this(spec, weights, EnginePaths.Active)
    {
    }

    internal StreamingPredictor(NetworkSpec spec, IReadOnlyList<WeightTensor> weights, EnginePath path)
        : this(spec, Engines.CreateStream(spec, path, weights))
    {
    }

    private StreamingPredictor(NetworkSpec spec, ISequenceStream stream)
    {
        Spec = spec;
        _stream = stream;
    }

    /// <summary>The network's shape.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Computes the output of the next time step.</summary>
    /// <param name="input">x, [I].</param>
    /// <param name="destination">Receives y, [O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above; the state is then unchanged.</exception>
    public void Step(ReadOnlySpan<float> input, Span<float> destination)
    {
        Engines.CheckLength("Input", input.Length, Spec.InputCount, 'I');
        Engines.CheckLength("Destination", destination.Length, Spec.OutputCount, 'O');
        fixed (float* x = input, y = destination)
            _stream.Step(x, y);
    }

    /// <summary>Resets the state to that before the first time step.</summary>
    public void Reset() => _stream.Reset();

    /// <summary>Returns another stream before its first time step; it shares the weights and takes a few kilobytes.</summary>
    public StreamingPredictor NewStream() => new(Spec, _stream.NewStream());
}
