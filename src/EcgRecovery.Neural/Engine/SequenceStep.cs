using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>One direction of a layer over one sequence alone: the input's part of several time steps, then the recurrence step by step.</summary>
internal static unsafe class SequenceStep
{
    /// <summary>z = b + W·x of several time steps, so that weights are read once for four (or two) of them.</summary>
    /// <param name="weights">W and b.</param>
    /// <param name="x">The input frame of the first step.</param>
    /// <param name="xStride">Floats from step to step; negative where time runs backwards.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="z">Receives [steps][<see cref="GateProduct.Size"/>].</param>
    public static void Project<TLanes>(DirectionWeights weights, float* x, nint xStride, int steps, float* z)
        where TLanes : struct, ILanes<TLanes>
    {
        nint zStride = GateProduct.Size(weights.Tiles);
        var together = steps & (TLanes.IsWide ? ~3 : ~1);
        for (var tile = 0; tile < weights.Tiles && together > 0; tile++)
        {
            var panel = weights.Input + ((nint)tile * weights.InputDepth * GateProduct.TileRow);
            var offset = GateProduct.Offset(tile);
            ProjectTile<TLanes>(panel, weights.InputDepth, x, xStride, together, weights.Bias + offset, z + offset, zStride);
        }

        for (var t = together; t < steps; t++)
        {
            for (var tile = 0; tile < weights.Tiles; tile += Width<TLanes>(weights, tile))
                Product<TLanes>(weights, tile, weights.Input, weights.InputDepth, x + (t * xStride), weights.Bias, z + (t * zStride));
        }
    }

    /// <summary>z += U·h′, then the cell: h and c of one time step.</summary>
    /// <remarks>
    /// The cell of a panel follows its product: the machine then works on it beside the next panel's product. Neighbouring steps go through the
    /// panels in opposite order: what the last step read last is still in the first-level cache. Within a panel the order of sums stays.
    /// </remarks>
    /// <param name="weights">U.</param>
    /// <param name="z">What <see cref="Project"/> left; overwritten.</param>
    /// <param name="previousHidden">h′, [padded units].</param>
    /// <param name="cell">c′ in, c out, [padded units].</param>
    /// <param name="tanhCell">Scratch, [padded units].</param>
    /// <param name="hidden">Receives h, [padded units]; not <paramref name="previousHidden"/>.</param>
    /// <param name="fromLast">Whether to begin with the last panel.</param>
    public static void Recur<TLanes>(
        DirectionWeights weights, float* z, float* previousHidden, float* cell, float* tanhCell, float* hidden, bool fromLast)
        where TLanes : struct, ILanes<TLanes>
    {
        var panels = Panels<TLanes>(weights);
        for (var n = 0; n < panels; n++)
        {
            var tile = (fromLast ? panels - 1 - n : n) * MaximumTiles<TLanes>();
            Product<TLanes>(weights, tile, weights.Recurrent, weights.RecurrentDepth, previousHidden, z, z);
            var unit = tile * GateProduct.TileUnits;
            LstmCell.Forward<TLanes>(
                Width<TLanes>(weights, tile), z + GateProduct.Offset(tile), cell + unit, cell + unit, tanhCell + unit, hidden + unit);
        }
    }

    /// <summary>Tiles that one call of the product can take.</summary>
    private static int MaximumTiles<TLanes>()
        where TLanes : struct, ILanes<TLanes> => TLanes.IsWide ? 2 : 1;

    /// <summary>Calls of the product for all tiles.</summary>
    private static int Panels<TLanes>(DirectionWeights weights)
        where TLanes : struct, ILanes<TLanes> => (weights.Tiles + MaximumTiles<TLanes>() - 1) / MaximumTiles<TLanes>();

    /// <summary>Tiles of the call that begins with one.</summary>
    private static int Width<TLanes>(DirectionWeights weights, int tile)
        where TLanes : struct, ILanes<TLanes> => Math.Min(MaximumTiles<TLanes>(), weights.Tiles - tile);

    private static void Product<TLanes>(DirectionWeights weights, int tile, float* panels, int depth, float* x, float* start, float* z)
        where TLanes : struct, ILanes<TLanes>
    {
        var panel = panels + ((nint)tile * depth * GateProduct.TileRow);
        var offset = GateProduct.Offset(tile);
        if (Width<TLanes>(weights, tile) == 2)
            GateProduct.Two<TLanes>(panel, depth, x, start + offset, z + offset);
        else
            GateProduct.One<TLanes>(panel, depth, x, start + offset, z + offset);
    }

    private static void ProjectTile<TLanes>(
        float* panel, int depth, float* x, nint xStride, int steps, float* bias, float* z, nint zStride)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.IsWide)
        {
            for (var t = 0; t < steps; t += 4)
                GateProduct.FourSteps<TLanes>(panel, depth, x + (t * xStride), xStride, bias, z + (t * zStride), zStride);
            return;
        }

        for (var t = 0; t < steps; t += 2)
        {
            GateProduct.TwoStepsOfTwoGates<TLanes>(panel, depth, x + (t * xStride), xStride, bias, z + (t * zStride), zStride);
            GateProduct.TwoStepsOfTwoGates<TLanes>(panel + 32, depth, x + (t * xStride), xStride, bias + 128, z + (t * zStride) + 128, zStride);
        }
    }
}
