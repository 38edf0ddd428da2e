using System.Runtime.CompilerServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>The start values of the sums of a product.</summary>
internal unsafe interface IPanelStart
{
    static abstract TLanes Value<TLanes>(float* start, float* destination, int row)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>One value per row (a bias, or zero), the same in all lanes.</summary>
internal readonly unsafe struct FromBias : IPanelStart
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(float* start, float* destination, int row)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(start[row]);
}

/// <summary>The values in the destination.</summary>
internal readonly unsafe struct FromDestination : IPanelStart
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(float* start, float* destination, int row)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(destination + (row * 16));
}

/// <summary>The product of forward steps and data gradients: 16 rows × 16 lanes, summed in registers.</summary>
/// <remarks>
/// <code>
/// sum[r] = start[r] + Σₖ panel[k][r]·a[k] + Σₖ panel[A + k][r]·b[k]        r = 0…15, one panel [A + B][16] per block, in this order
/// </code>
/// The inner step is one load of a[k] and 16 fused multiply-adds whose weight is broadcast from memory, so that weights take no registers.
/// Specification: <c>Reference/Matrices</c>.
/// </remarks>
internal static unsafe class PanelProduct
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Computes a product.</summary>
    /// <param name="blocks">Blocks of 16 rows.</param>
    /// <param name="panels">[blocks][A + B][16].</param>
    /// <param name="start">[blocks][16], <paramref name="startStride"/> floats from block to block (0: the same for all).</param>
    /// <param name="startStride">16 or 0.</param>
    /// <param name="a">[A][16 lanes].</param>
    /// <param name="aRows">A.</param>
    /// <param name="b">[B][16 lanes].</param>
    /// <param name="bRows">B, may be 0.</param>
    /// <param name="destination">Receives [blocks · 16][16 lanes].</param>
    /// <param name="prefetch">Memory of the next step, fetched during the product.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLanes, TStart>(
        int blocks, float* panels, float* start, int startStride, float* a, int aRows, float* b, int bRows, float* destination,
        Prefetch prefetch)
        where TLanes : struct, ILanes<TLanes>
        where TStart : struct, IPanelStart
    {
        if (TLanes.IsWide)
            Wide<TLanes, TStart>(blocks, panels, start, startStride, a, aRows, b, bRows, destination, prefetch);
        else
            Narrow<TLanes, TStart>(blocks, panels, start, startStride, a, aRows, b, bRows, destination, prefetch);
    }

    /// <summary>Computes all 16 rows at once, for machines with 32 registers of 16 lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Wide<TLanes, TStart>(
        int blocks, float* w, float* start, int startStride, float* a, int aRows, float* b, int bRows, float* destination,
        Prefetch prefetch)
        where TLanes : struct, ILanes<TLanes>
        where TStart : struct, IPanelStart
    {
        var fetches = prefetch.Over(blocks * (aRows + bRows));
        for (var block = 0; block < blocks; block++, start += startStride, destination += 256)
        {
            var s0 = TStart.Value<TLanes>(start, destination, 0);
            var s1 = TStart.Value<TLanes>(start, destination, 1);
            var s2 = TStart.Value<TLanes>(start, destination, 2);
            var s3 = TStart.Value<TLanes>(start, destination, 3);
            var s4 = TStart.Value<TLanes>(start, destination, 4);
            var s5 = TStart.Value<TLanes>(start, destination, 5);
            var s6 = TStart.Value<TLanes>(start, destination, 6);
            var s7 = TStart.Value<TLanes>(start, destination, 7);
            var s8 = TStart.Value<TLanes>(start, destination, 8);
            var s9 = TStart.Value<TLanes>(start, destination, 9);
            var s10 = TStart.Value<TLanes>(start, destination, 10);
            var s11 = TStart.Value<TLanes>(start, destination, 11);
            var s12 = TStart.Value<TLanes>(start, destination, 12);
            var s13 = TStart.Value<TLanes>(start, destination, 13);
            var s14 = TStart.Value<TLanes>(start, destination, 14);
            var s15 = TStart.Value<TLanes>(start, destination, 15);

            var aRow = a;
            for (var k = 0; k < aRows; k++, w += 16, aRow += 16)
            {
                fetches.Next();
                var x = TLanes.Load(aRow);
                s0 = TLanes.MultiplyAddBroadcast(w, x, s0);
                s1 = TLanes.MultiplyAddBroadcast(w + 1, x, s1);
                s2 = TLanes.MultiplyAddBroadcast(w + 2, x, s2);
                s3 = TLanes.MultiplyAddBroadcast(w + 3, x, s3);
                s4 = TLanes.MultiplyAddBroadcast(w + 4, x, s4);
                s5 = TLanes.MultiplyAddBroadcast(w + 5, x, s5);
                s6 = TLanes.MultiplyAddBroadcast(w + 6, x, s6);
                s7 = TLanes.MultiplyAddBroadcast(w + 7, x, s7);
                s8 = TLanes.MultiplyAddBroadcast(w + 8, x, s8);
                s9 = TLanes.MultiplyAddBroadcast(w + 9, x, s9);
                s10 = TLanes.MultiplyAddBroadcast(w + 10, x, s10);
                s11 = TLanes.MultiplyAddBroadcast(w + 11, x, s11);
                s12 = TLanes.MultiplyAddBroadcast(w + 12, x, s12);
                s13 = TLanes.MultiplyAddBroadcast(w + 13, x, s13);
                s14 = TLanes.MultiplyAddBroadcast(w + 14, x, s14);
                s15 = TLanes.MultiplyAddBroadcast(w + 15, x, s15);
            }

            var bRow = b;
            for (var k = 0; k < bRows; k++, w += 16, bRow += 16)
            {
                fetches.Next();
                var x = TLanes.Load(bRow);
                s0 = TLanes.MultiplyAddBroadcast(w, x, s0);
                s1 = TLanes.MultiplyAddBroadcast(w + 1, x, s1);
                s2 = TLanes.MultiplyAddBroadcast(w + 2, x, s2);
                s3 = TLanes.MultiplyAddBroadcast(w + 3, x, s3);
                s4 = TLanes.MultiplyAddBroadcast(w + 4, x, s4);
                s5 = TLanes.MultiplyAddBroadcast(w + 5, x, s5);
                s6 = TLanes.MultiplyAddBroadcast(w + 6, x, s6);
                s7 = TLanes.MultiplyAddBroadcast(w + 7, x, s7);
                s8 = TLanes.MultiplyAddBroadcast(w + 8, x, s8);
                s9 = TLanes.MultiplyAddBroadcast(w + 9, x, s9);
                s10 = TLanes.MultiplyAddBroadcast(w + 10, x, s10);
                s11 = TLanes.MultiplyAddBroadcast(w + 11, x, s11);
                s12 = TLanes.MultiplyAddBroadcast(w + 12, x, s12);
                s13 = TLanes.MultiplyAddBroadcast(w + 13, x, s13);
                s14 = TLanes.MultiplyAddBroadcast(w + 14, x, s14);
                s15 = TLanes.MultiplyAddBroadcast(w + 15, x, s15);
            }

            s0.Store(destination);
            s1.Store(destination + 16);
            s2.Store(destination + 32);
            s3.Store(destination + 48);
            s4.Store(destination + 64);
            s5.Store(destination + 80);
            s6.Store(destination + 96);
            s7.Store(destination + 112);
            s8.Store(destination + 128);
            s9.Store(destination + 144);
            s10.Store(destination + 160);
            s11.Store(destination + 176);
            s12.Store(destination + 192);
            s13.Store(destination + 208);
            s14.Store(destination + 224);
            s15.Store(destination + 240);
        }
    }

    /// <summary>Computes four rows at a time, for machines with 16 registers or fewer lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Narrow<TLanes, TStart>(
        int blocks, float* panels, float* start, int startStride, float* a, int aRows, float* b, int bRows, float* destination,
        Prefetch prefetch)
        where TLanes : struct, ILanes<TLanes>
        where TStart : struct, IPanelStart
    {
        var fetches = prefetch.Over(4 * blocks);
        for (var block = 0; block < blocks; block++, start += startStride, panels += 16 * (aRows + bRows))
        {
            for (var row = 0; row < 16; row += 4, destination += 64)
            {
                fetches.NextLines();
                var w = panels + row;
                var s0 = TStart.Value<TLanes>(start + row, destination, 0);
                var s1 = TStart.Value<TLanes>(start + row, destination, 1);
                var s2 = TStart.Value<TLanes>(start + row, destination, 2);
                var s3 = TStart.Value<TLanes>(start + row, destination, 3);

                var aRow = a;
                for (var k = 0; k < aRows; k++, w += 16, aRow += 16)
                {
                    var x = TLanes.Load(aRow);
                    s0 = TLanes.MultiplyAddBroadcast(w, x, s0);
                    s1 = TLanes.MultiplyAddBroadcast(w + 1, x, s1);
                    s2 = TLanes.MultiplyAddBroadcast(w + 2, x, s2);
                    s3 = TLanes.MultiplyAddBroadcast(w + 3, x, s3);
                }

                var bRow = b;
                for (var k = 0; k < bRows; k++, w += 16, bRow += 16)
                {
                    var x = TLanes.Load(bRow);
                    s0 = TLanes.MultiplyAddBroadcast(w, x, s0);
                    s1 = TLanes.MultiplyAddBroadcast(w + 1, x, s1);
                    s2 = TLanes.MultiplyAddBroadcast(w + 2, x, s2);
                    s3 = TLanes.MultiplyAddBroadcast(w + 3, x, s3);
                }

                s0.Store(destination);
                s1.Store(destination + 16);
                s2.Store(destination + 32);
                s3.Store(destination + 48);
            }
        }
    }
}
