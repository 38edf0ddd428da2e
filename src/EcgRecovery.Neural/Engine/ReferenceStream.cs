using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural.Engine;

/// <summary>The scalar specification as a stream.</summary>
internal sealed unsafe class ReferenceStream(NetworkSpec spec, ReferenceNetwork network) : ISequenceStream
{
    private readonly ReferenceState _state = new(spec);

    public void Step(float* input, float* output) =>
        network.Step(_state, new ReadOnlySpan<float>(input, spec.InputCount), new Span<float>(output, spec.OutputCount));

    public void Reset() => _state.Clear();

    public ISequenceStream NewStream() => new ReferenceStream(spec, network);
}
