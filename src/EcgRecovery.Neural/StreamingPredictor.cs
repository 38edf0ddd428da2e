using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural;

/// <summary>Runs a trained network on one sequence as it arrives, time step by time step.</summary>
/// <remarks>
/// For live signals, where a whole sequence is never there: each time step's output is had as soon as its input is, at the same small cost however
/// long the signal has run. The state between time steps is h and c of each layer. Only networks whose layers all go forward in time can do this.
/// The outputs are those of <see cref="NetworkPredictor.Predict"/> over the whole sequence, to the bit within one <see cref="EnginePath"/>.
/// <para>
/// A stream runs on the calling thread and allocates nothing per step. It is not safe for concurrent calls; streams of the same weights, made with
/// <see cref="NewStream"/>, are independent of each other and may run on threads of their own.
/// </para>
/// </remarks>
public sealed unsafe class StreamingPredictor
{
    private readonly ISequenceStream _stream;

    /// <param name="spec">The network's shape; no layer may be bidirectional.</param>
    /// <param name="weights">Named and shaped as <see cref="NetworkSpec.TensorShapes"/> says.</param>
    /// <exception cref="ArgumentException">The network cannot be held, has a bidirectional layer, or the weights are not its own.</exception>
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

    /// <summary>The output of the next time step.</summary>
    /// <param name="input">x, [I].</param>
    /// <param name="destination">Receives y, [O].</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above; the state is then as it was.</exception>
    public void Step(ReadOnlySpan<float> input, Span<float> destination)
    {
        Engines.CheckLength("Input", input.Length, Spec.InputCount, 'I');
        Engines.CheckLength("Destination", destination.Length, Spec.OutputCount, 'O');
        fixed (float* x = input, y = destination)
            _stream.Step(x, y);
    }

    /// <summary>Back to the state before the first time step.</summary>
    public void Reset() => _stream.Reset();

    /// <summary>Another stream with these weights, at its beginning: a few kilobytes, for the weights are shared.</summary>
    public StreamingPredictor NewStream() => new(Spec, _stream.NewStream());
}
