using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>A stream on vectors: a lane is a unit, with the bits of <see cref="SequenceEngine{TLanes}"/>.</summary>
/// <remarks>
/// The state is a small managed array and the weights are shared, so a stream needs no disposal.
/// <code>
/// for each layer    h and h′ [2][padded units]   c and tanh c [2][padded units]
/// for all           z of one step                h of the top layer [rows][16] and y [O][16], only the first lane used
/// </code>
/// </remarks>
internal sealed unsafe class SequenceStream<TLanes> : ISequenceStream
    where TLanes : struct, ILanes<TLanes>
{
    private const int Alignment = 64;
    private readonly SequenceWeights _weights;
    private readonly float[] _memory;   // pinned; keeps the pointers below alive
    private readonly float* _state;
    private readonly int _stateLength;
    private readonly float* _gates;
    private readonly float* _transposed;
    private readonly float* _output;
    private bool _odd;

    /// <param name="weights">Weights of a network whose layers are all of one direction; not changed.</param>
    public SequenceStream(SequenceWeights weights)
    {
        _weights = weights;
        var layout = weights.Layout;
        _stateLength = weights.Directions.Sum(d => 4 * d.Layout.PaddedUnits);
        var gates = weights.Directions.Max(d => GateProduct.Size(d.Tiles));
        var length = _stateLength + gates + (16 * (layout.TopRows + layout.Spec.OutputCount));
        _memory = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        fixed (float* memory = _memory)
            _state = (float*)(((nuint)memory + Alignment - 1) / Alignment * Alignment);
        _gates = _state + _stateLength;
        _transposed = _gates + gates;
        _output = _transposed + (16 * layout.TopRows);
    }

    public void Step(float* input, float* output)
    {
        var x = input;
        var state = _state;
        foreach (var direction in _weights.Directions)
        {
            var units = direction.Layout.PaddedUnits;
            var previous = _odd ? state + units : state;
            var hidden = _odd ? state : state + units;
            var cell = state + (2 * units);
            SequenceStep.Project<TLanes>(direction, x, 0, 1, _gates);
            SequenceStep.Recur<TLanes>(direction, _gates, previous, cell, cell + units, hidden, fromLast: _odd);
            x = hidden;
            state += 4 * units;
        }

        _odd = !_odd;
        Dense(x, output);
        GC.KeepAlive(this);
    }

    public void Reset() => new Span<float>(_state, _stateLength).Clear();

    public ISequenceStream NewStream() => new SequenceStream<TLanes>(_weights);

    /// <summary>Computes the dense layer in the first lane.</summary>
    private void Dense(float* hidden, float* output)
    {
        var layout = _weights.Layout;
        for (var row = 0; row < layout.TopRows; row++)
            _transposed[row * 16] = hidden[row];
        DenseOutput.Forward<TLanes>(_weights.Dense, _weights.DenseBias, layout.Spec.OutputCount, layout.TopRows, _transposed, _output);
        for (var o = 0; o < layout.Spec.OutputCount; o++)
            output[o] = _output[o * 16];
    }
}
