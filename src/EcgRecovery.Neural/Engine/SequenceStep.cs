using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>One direction of a layer for a single sequence: the input's part of several steps, then the recurrence step by step.</summary>
internal static unsafe class SequenceStep
{
    /// <summary>Computes z = b + W·x of several time steps; weights are read once for four (or two) of them.</summary>
    /// <param name="weights">W and b.</param>
    /// <param name="x">The input frame of the first step.</param>
    /// <param name="xStride">Floats from step to step; negative for a direction backward in time.</param>
    /// <param name="steps">Number of time steps.</param>
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

    /// <summary>Computes z += U·h′, then h and c of one time step.</summary>
    /// <remarks>
    /// The cell of a panel follows its product, so that the machine overlaps it with the next product. Neighbouring steps process the
    /// panels in opposite order: the weights that the last step read last are still in the first-level cache. The order of sums does not
    /// change.
    /// </remarks>
    /// <param name="weights">U.</param>
    /// <param name="z">The result of <see cref="Project"/>; overwritten.</param>
    /// <param name="previousHidden">h′, [padded units].</param>
    /// <param name="cell">c′ in, c out, [padded units].</param>
    /// <param name="tanhCell">Scratch, [padded units].</param>
    /// <param name="hidden">Receives h, [padded units]; not <paramref name="previousHidden"/>.</param>
    /// <param name="fromLast">Whether to start with the last panel.</param>
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

    /// <summary>Returns the maximum number of tiles of a call of the product.</summary>
    private static int MaximumTiles<TLanes>()
        where TLanes : struct, ILanes<TLanes> => TLanes.IsWide ? 2 : 1;

    /// <summary>Returns the number of calls of the product for all tiles.</summary>
    private static int Panels<TLanes>(DirectionWeights weights)
        where TLanes : struct, ILanes<TLanes> => (weights.Tiles + MaximumTiles<TLanes>() - 1) / MaximumTiles<TLanes>();

    /// <summary>Returns the number of tiles of the call that starts with a tile.</summary>
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
            var xt = x + (t * xStride);
            var zt = z + (t * zStride);
            GateProduct.TwoStepsOfTwoGates<TLanes>(panel, depth, xt, xStride, bias, zt, zStride);
            GateProduct.TwoStepsOfTwoGates<TLanes>(panel + 32, depth, xt, xStride, bias + 128, zt + 128, zStride);
        }
    }
}
