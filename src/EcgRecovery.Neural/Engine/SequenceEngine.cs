using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Constants of the engines of all widths.</summary>
internal static class SequenceEngine
{
    /// <summary>Number of time steps of a block: that of the lanes, for the dense layer.</summary>
    public const int BlockSteps = 16;
}

/// <summary>An engine for single sequences: a lane is a unit, threads share the layers and blocks of time steps.</summary>
/// <remarks>
/// For batches too small to fill the lanes of <see cref="LaneEngine{TLanes}"/>; the bits are the same. It computes as many sequences at a
/// time as it has threads, each in a slot; the next sequence of a slot starts when the previous one has ended. Threads take pieces in
/// order, and a piece waits only for earlier ones, so there is no deadlock.
/// </remarks>
internal sealed unsafe class SequenceEngine<TLanes> : IDisposable
    where TLanes : struct, ILanes<TLanes>
{
    private const int BlockSteps = SequenceEngine.BlockSteps;
    private readonly SequenceWeights _weights;
    private readonly SequencePlan _plan;
    private readonly int _threads;
    private readonly int[] _done;   // [slot][sweep]: number of blocks done since Begin
    private NativeArena? _workArena;
    private SequenceWork[] _work = [];
    private float* _input;
    private float* _output;
    private int _sequences;
    private int _steps;
    private int _slots;

    public SequenceEngine(ParameterLayout layout, int threads)
    {
        _weights = new SequenceWeights(layout);
        _plan = new SequencePlan(layout);
        _threads = threads;
        _done = new int[threads * _plan.Sweeps];
    }

    /// <summary>Gets the native memory of weights and activations, in bytes.</summary>
    public long MemoryBytes => _weights.MemoryBytes + (_workArena?.Bytes ?? 0);

    /// <summary>Copies the flat parameters.</summary>
    public void Pack(float* parameters) => _weights.Pack(parameters);

    /// <summary>Prepares the prediction of sequences first, first + 1, … B − 1 of a batch.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="first">The first sequence to predict.</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="output">Receives [B, T, O].</param>
    /// <returns>The number of pieces for <see cref="Run"/>, to be started in ascending order.</returns>
    public int Begin(float* input, int first, int sequences, int steps, float* output)
    {
        _input = input + ((nint)first * steps * _weights.Layout.Spec.InputCount);
        _output = output + ((nint)first * steps * _weights.Layout.Spec.OutputCount);
        _sequences = sequences - first;
        _steps = steps;
        _slots = Math.Min(_sequences, _threads);
        EnsureWork();
        _plan.Prepare((steps + BlockSteps - 1) / BlockSteps);
        Array.Clear(_done);
        return _sequences * _plan.Pieces.Count;
    }

    /// <summary>Computes one piece, after the earlier ones that it needs.</summary>
    public void Run(int item)
    {
        // Slots alternate, piece by piece; the last round may have fewer slots.
        var round = Math.DivRem(item, _slots * _plan.Pieces.Count, out var rest);
        var (piece, slot) = Math.DivRem(rest, Math.Min(_slots, _sequences - (round * _slots)));
        var (sweep, block) = _plan.Pieces[piece];
        var before = round * _plan.Blocks;
        AwaitInputs(slot, sweep, block, before);
        var sequence = (round * _slots) + slot;
        if (sweep == _plan.Sweeps - 1)
            DenseBlock(_work[slot], sequence, block);
        else
        {
            var input = _input + ((nint)sequence * _steps * _weights.Layout.Spec.InputCount);
            SweepBlock(_weights.Directions[sweep], sweep, _work[slot], input, block);
        }

        Volatile.Write(ref Done(slot, sweep), before + block + 1);
    }

    public void Dispose()
    {
        _workArena?.Dispose();
        _weights.Dispose();
    }

    private void EnsureWork()
    {
        if (_work.Length >= _slots && _work[0].TimeSteps >= _steps)
            return;
        var slots = Math.Max(_slots, _work.Length);
        _work = [];
        _workArena?.Dispose();
        _workArena = new NativeArena();
        _work = [.. Enumerable.Range(0, slots).Select(_ => new SequenceWork(_weights, _workArena, _steps))];
    }

    private ref int Done(int slot, int sweep) => ref _done[(slot * _plan.Sweeps) + sweep];

    /// <summary>Waits for the previous block of the sweep (or sequence of the slot) and for the layer below.</summary>
    private void AwaitInputs(int slot, int sweep, int block, int before)
    {
        Await(ref Done(slot, block == 0 ? _plan.Sweeps - 1 : sweep), before + block);
        var layer = _plan.LayerOf(sweep);
        var (below, count) = _plan.Below(layer);
        for (var d = 0; d < count; d++)
            Await(ref Done(slot, below + d), before + _plan.Needed(layer, block));
    }

    private static void Await(ref int done, int needed)
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref done) < needed)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Computes a block of time steps of one direction, in the direction's order of time.</summary>
    private void SweepBlock(DirectionWeights direction, int index, SequenceWork work, float* sequenceInput, int block)
    {
        var layout = direction.Layout;
        var layer = layout.Layer;
        var first = block * BlockSteps;
        var steps = Math.Min(BlockSteps, _steps - first);
        nint t = layout.Reversed ? _steps - 1 - first : first;
        nint ahead = layout.Reversed ? -1 : 1;

        nint xStride = layer == 0 ? _weights.Layout.Spec.InputCount : layout.InputRows;
        var x = (layer == 0 ? sequenceInput : (float*)work.Hidden[layer - 1]) + (t * xStride);
        var z = (float*)work.Gates[index];
        SequenceStep.Project<TLanes>(direction, x, ahead * xStride, steps, z);

        nint stride = work.OutputRows[layer];
        var hidden = (float*)work.Hidden[layer] + (t * stride) + layout.OutputRow;
        var previous = block == 0 ? work.Zeros : hidden - (ahead * stride);
        var cell = (float*)work.Cells[index];
        if (block == 0)
            new Span<float>(cell, layout.PaddedUnits).Clear();
        for (var n = 0; n < steps; n++, hidden += ahead * stride, z += GateProduct.Size(direction.Tiles))
        {
            SequenceStep.Recur<TLanes>(direction, z, previous, cell, cell + layout.PaddedUnits, hidden, fromLast: (n & 1) != 0);
            previous = hidden;
        }
    }

    /// <summary>Computes the dense layer over a block: a lane is a time step, so that the sums are those of a group.</summary>
    private void DenseBlock(SequenceWork work, int sequence, int block)
    {
        var rows = _weights.Layout.TopRows;
        var outputs = _weights.Layout.Spec.OutputCount;
        var first = block * BlockSteps;
        var hidden = (float*)work.Hidden[^1] + ((nint)first * rows);
        for (var row = 0; row < rows; row += 16)
            TLanes.Transpose16(hidden + row, rows, work.Transposed + (row * 16), 16);
        DenseOutput.Forward<TLanes>(_weights.Dense, _weights.DenseBias, outputs, rows, work.Transposed, work.Output);

        var y = _output + ((((nint)sequence * _steps) + first) * outputs);
        var steps = Math.Min(BlockSteps, _steps - first);
        for (var t = 0; t < steps; t++)
        {
            for (var o = 0; o < outputs; o++, y++)
                *y = work.Output[(o * 16) + t];
        }
    }
}
