using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>The activations of a single sequence: a sixteenth of a group's <see cref="Workspace"/>, but for all layers.</summary>
/// <remarks>4·T·(rows of all layers) bytes, and sixteen time steps of gates for each direction.</remarks>
internal sealed unsafe class SequenceWork
{
    public SequenceWork(SequenceWeights weights, NativeArena arena, int timeSteps)
    {
        var layout = weights.Layout;
        TimeSteps = Padding.RoundUp(timeSteps, SequenceEngine.BlockSteps);
        Zeros = arena.Allocate(layout.Directions.Max(d => d.PaddedUnits));
        OutputRows = [.. layout.Layers.Select((_, layer) => layout.OutputRows(layer))];
        Hidden = [.. OutputRows.Select(rows => (nint)arena.Allocate((long)TimeSteps * rows))];
        Gates = [.. weights.Directions.Select(d => (nint)arena.Allocate((long)SequenceEngine.BlockSteps * GateProduct.Size(d.Tiles)))];
        Cells = [.. weights.Directions.Select(d => (nint)arena.Allocate(2L * d.Layout.PaddedUnits))];
        Transposed = arena.Allocate(layout.TopRows * 16L);
        Output = arena.Allocate(layout.Spec.OutputCount * 16L);
    }

    /// <summary>Maximum number of time steps, a multiple of those of a block.</summary>
    public int TimeSteps { get; }

    /// <summary>h before the first step.</summary>
    public float* Zeros { get; }

    /// <summary>Number of values of a frame of h, for each layer.</summary>
    public int[] OutputRows { get; }

    /// <summary>h of each layer, [T][<see cref="OutputRows"/>].</summary>
    public nint[] Hidden { get; }

    /// <summary>z of each direction's current block, [16][<see cref="GateProduct.Size"/>].</summary>
    public nint[] Gates { get; }

    /// <summary>c and tanh c of each direction, [2][padded units].</summary>
    public nint[] Cells { get; }

    /// <summary>h of the top layer's current block, [rows][16 time steps].</summary>
    public float* Transposed { get; }

    /// <summary>y of the current block, [O][16 time steps].</summary>
    public float* Output { get; }
}
