using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Engine;

/// <summary>A network's weights in the order in which <see cref="GateProduct"/> reads them.</summary>
/// <remarks>Streams share it and none disposes it: its memory is freed by the finalizer of the arena.</remarks>
internal sealed unsafe class SequenceWeights : IDisposable
{
    private readonly NativeArena _arena = new();
    private readonly float* _dense;

    public SequenceWeights(ParameterLayout layout)
    {
        Layout = layout;
        Directions =
            [.. layout.Directions.Select(d => new DirectionWeights(d, d.Layer == 0 ? layout.Spec.InputCount : d.InputRows, _arena))];
        _dense = _arena.Allocate((layout.TopRows + 1L) * layout.Spec.OutputCount);
    }

    /// <summary>Gets the native memory, in bytes.</summary>
    public long MemoryBytes => _arena.Bytes;

    public ParameterLayout Layout { get; }

    /// <summary>The weights of each of <see cref="ParameterLayout.Directions"/>.</summary>
    public DirectionWeights[] Directions { get; }

    /// <summary>[O][TopRows].</summary>
    public float* Dense => _dense;

    /// <summary>[O].</summary>
    public float* DenseBias => _dense + ((long)Layout.TopRows * Layout.Spec.OutputCount);

    /// <summary>Creates weights from the tensors of Keras.</summary>
    /// <param name="spec">The network's shape.</param>
    /// <param name="tensors">In the order of <see cref="NetworkSpec.TensorShapes"/>.</param>
    public static SequenceWeights Create(NetworkSpec spec, IReadOnlyList<WeightTensor> tensors)
    {
        var layout = new ParameterLayout(spec);
        using var arena = new NativeArena();
        var flat = arena.Allocate(layout.Size);
        layout.Import(tensors, flat);
        var weights = new SequenceWeights(layout);
        weights.Pack(flat);
        return weights;
    }

    /// <summary>Copies the flat parameters.</summary>
    public void Pack(float* flat)
    {
        foreach (var direction in Directions)
            direction.Pack(flat);
        var outputs = Layout.Spec.OutputCount;
        new ReadOnlySpan<float>(flat + Layout.Dense, outputs * Layout.TopRows).CopyTo(new Span<float>(Dense, outputs * Layout.TopRows));
        new ReadOnlySpan<float>(flat + Layout.DenseBias, outputs).CopyTo(new Span<float>(DenseBias, outputs));
    }

    public void Dispose() => _arena.Dispose();
}

/// <summary>The weights of one direction, in tiles of 16 units.</summary>
internal sealed unsafe class DirectionWeights
{
    public DirectionWeights(DirectionLayout layout, int inputDepth, NativeArena arena)
    {
        Layout = layout;
        InputDepth = inputDepth;
        Tiles = layout.PaddedUnits / GateProduct.TileUnits;
        Input = arena.Allocate((long)Tiles * InputDepth * GateProduct.TileRow);
        Recurrent = arena.Allocate((long)Tiles * RecurrentDepth * GateProduct.TileRow);
        Bias = arena.Allocate(GateProduct.Size(Tiles));
    }

    public DirectionLayout Layout { get; }

    /// <summary>Number of tiles of 16 units.</summary>
    public int Tiles { get; }

    /// <summary>Number of values of an input frame that have weights.</summary>
    public int InputDepth { get; }

    /// <summary>Number of units, H; the padding up to whole tiles is not counted.</summary>
    public int RecurrentDepth => Layout.Units;

    /// <summary>[Tiles][InputDepth][gate][16].</summary>
    public float* Input { get; }

    /// <summary>[Tiles][RecurrentDepth][gate][16].</summary>
    public float* Recurrent { get; }

    /// <summary>[Tiles / 4][gate][64].</summary>
    public float* Bias { get; }

    public void Pack(float* flat)
    {
        for (var tile = 0; tile < Tiles; tile++)
        {
            for (var unit = 0; unit < GateProduct.TileUnits; unit++)
            {
                for (var gate = 0; gate < 4; gate++)
                    PackRow(flat, tile, unit, gate);
            }
        }
    }

    private void PackRow(float* flat, int tile, int unit, int gate)
    {
        var row = DirectionLayout.Row((tile * GateProduct.TileUnits) + unit, gate);
        var weights = flat + Layout.Weights + ((nint)row * Layout.Stride);
        var lane = (gate * GateProduct.TileUnits) + unit;
        Spread(weights, RecurrentDepth, Recurrent + ((nint)tile * RecurrentDepth * GateProduct.TileRow) + lane);
        Spread(weights + Layout.RecurrentColumns, InputDepth, Input + ((nint)tile * InputDepth * GateProduct.TileRow) + lane);
        Bias[GateProduct.Offset(tile) + (gate * 64) + unit] = flat[Layout.Bias + row];
    }

    private static void Spread(float* source, int count, float* destination)
    {
        for (var k = 0; k < count; k++)
            destination[(nint)k * GateProduct.TileRow] = source[k];
    }
}
