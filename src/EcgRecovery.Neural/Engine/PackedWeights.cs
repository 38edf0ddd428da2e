using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Copies of one direction's weights in the order in which the kernels read them.</summary>
internal sealed unsafe class PackedWeights<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly DirectionLayout _layout;

    public PackedWeights(DirectionLayout layout, NativeArena arena, bool forTraining)
    {
        _layout = layout;
        Forward = arena.Allocate((long)layout.GateRows * layout.PanelRows);
        if (!forTraining)
            return;
        BackwardRecurrent = arena.Allocate((long)layout.GateRows * layout.PaddedUnits);
        if (layout.Layer > 0)
            BackwardInput = arena.Allocate((long)layout.GateRows * layout.InputRows);
    }

    /// <summary>[GateRows / 16][PanelRows][16], input rows first.</summary>
    public float* Forward { get; }

    /// <summary>[PaddedUnits / 16][GateRows][16], null for inference.</summary>
    public float* BackwardRecurrent { get; }

    /// <summary>[InputRows / 16][GateRows][16], null for inference and the first layer, whose input needs no gradient.</summary>
    public float* BackwardInput { get; }

    /// <summary>Gets the number of blocks of 16 gate rows.</summary>
    public int Blocks => _layout.GateRows / 16;

    /// <summary>Packs one block of 16 gate rows from the flat parameters.</summary>
    public void Pack(float* flat, int block)
    {
        var rows = flat + _layout.Weights + ((nint)block * 16 * _layout.Stride);
        PackForward(rows, Forward + ((nint)block * _layout.PanelRows * 16));
        if (BackwardRecurrent is not null)
            PackBackward(rows, block, BackwardRecurrent, _layout.PaddedUnits);
        if (BackwardInput is not null)
            PackBackward(rows + _layout.RecurrentColumns, block, BackwardInput, _layout.InputRows);
    }

    private void PackForward(float* rows, float* panel)
    {
        var input = rows + _layout.RecurrentColumns;
        if (_layout.InputIsThin)
        {
            for (var k = 0; k < _layout.InputRows; k++)
            {
                for (var r = 0; r < 16; r++)
                    panel[(k * 16) + r] = input[(r * _layout.Stride) + k];
            }
        }
        else
        {
            for (var k = 0; k < _layout.InputRows; k += 16)
                TLanes.Transpose16(input + k, _layout.Stride, panel + (k * 16), 16);
        }

        panel += _layout.InputRows * 16;
        for (var k = 0; k < _layout.PaddedUnits; k += 16)
            TLanes.Transpose16(rows + k, _layout.Stride, panel + (k * 16), 16);
    }

    private void PackBackward(float* rows, int block, float* panels, int columns)
    {
        for (var k = 0; k < columns; k += 16)
        {
            var panel = panels + ((nint)k * _layout.GateRows) + (block * 256);
            for (var r = 0; r < 16; r++)
                TLanes.Load(rows + ((nint)r * _layout.Stride) + k).Store(panel + (r * 16));
        }
    }
}
