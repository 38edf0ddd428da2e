using System.Runtime.CompilerServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>The product of a single sequence, where a lane is a unit: the sixteen gate rows of a vector belong to one gate.</summary>
/// <remarks>
/// <code>
/// z[gate][unit] = start[gate][unit] + Σₖ weights[k][gate][unit]·x[k]        16 units a tile, k ascending, weights [k][gate i, f, g, o][16]
/// </code>
/// The inner step is one broadcast of x[k] and a fused multiply-add for each vector of weights. Every weight is read at each time step,
/// many of them from the second-level cache; so the input's part is computed for several time steps at once, and only the recurrent part
/// per step.
/// <para>
/// Start and z have the layout of <see cref="LstmCell"/> with a unit per lane: [H / 64][gate][64 units], so a tile's gates are 64 floats
/// apart. The sums have the order of <see cref="PanelProduct"/>: the same bits.
/// </para>
/// </remarks>
internal static unsafe class GateProduct
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Number of units of a tile.</summary>
    public const int TileUnits = 16;

    /// <summary>Number of weights of a tile for one k.</summary>
    public const int TileRow = 4 * TileUnits;

    /// <summary>Returns the offset of a tile in start and z.</summary>
    public static int Offset(int tile) => ((tile >> 2) * 256) + ((tile & 3) * 16);

    /// <summary>Returns the length of z for a number of tiles.</summary>
    public static int Size(int tiles) => (tiles + 3) / 4 * 256;

    /// <summary>Computes one tile of one time step.</summary>
    /// <param name="weights">[K][4][16].</param>
    /// <param name="depth">K.</param>
    /// <param name="x">[K].</param>
    /// <param name="start">Start values of the sums, at the tile's offset; may be <paramref name="z"/>.</param>
    /// <param name="z">Receives the sums, at the tile's offset.</param>
    [MethodImpl(Kernel)]
    public static void One<TLanes>(float* weights, int depth, float* x, float* start, float* z)
        where TLanes : struct, ILanes<TLanes>
    {
        var i = TLanes.Load(start);
        var f = TLanes.Load(start + 64);
        var g = TLanes.Load(start + 128);
        var o = TLanes.Load(start + 192);
        for (var k = 0; k < depth; k++, weights += TileRow)
        {
            var v = TLanes.Broadcast(x[k]);
            i = TLanes.MultiplyAddLoad(v, weights, i);
            f = TLanes.MultiplyAddLoad(v, weights + 16, f);
            g = TLanes.MultiplyAddLoad(v, weights + 32, g);
            o = TLanes.MultiplyAddLoad(v, weights + 48, o);
        }

        i.Store(z);
        f.Store(z + 64);
        g.Store(z + 128);
        o.Store(z + 192);
    }

    /// <summary>Computes two neighbouring tiles of one time step, for wide registers: eight sums hide the latency of additions.</summary>
    /// <param name="weights">[2][K][4][16].</param>
    /// <param name="depth">K.</param>
    /// <param name="x">[K].</param>
    /// <param name="start">Start values of the sums, at the first tile's offset; may be <paramref name="z"/>.</param>
    /// <param name="z">Receives the sums, at the first tile's offset.</param>
    [MethodImpl(Kernel)]
    public static void Two<TLanes>(float* weights, int depth, float* x, float* start, float* z)
        where TLanes : struct, ILanes<TLanes>
    {
        var second = weights + ((nint)depth * TileRow);
        var i0 = TLanes.Load(start);
        var f0 = TLanes.Load(start + 64);
        var g0 = TLanes.Load(start + 128);
        var o0 = TLanes.Load(start + 192);
        var i1 = TLanes.Load(start + 16);
        var f1 = TLanes.Load(start + 80);
        var g1 = TLanes.Load(start + 144);
        var o1 = TLanes.Load(start + 208);
        for (var k = 0; k < depth; k++, weights += TileRow, second += TileRow)
        {
            var v = TLanes.Broadcast(x[k]);
            i0 = TLanes.MultiplyAddLoad(v, weights, i0);
            f0 = TLanes.MultiplyAddLoad(v, weights + 16, f0);
            g0 = TLanes.MultiplyAddLoad(v, weights + 32, g0);
            o0 = TLanes.MultiplyAddLoad(v, weights + 48, o0);
            i1 = TLanes.MultiplyAddLoad(v, second, i1);
            f1 = TLanes.MultiplyAddLoad(v, second + 16, f1);
            g1 = TLanes.MultiplyAddLoad(v, second + 32, g1);
            o1 = TLanes.MultiplyAddLoad(v, second + 48, o1);
        }

        i0.Store(z);
        f0.Store(z + 64);
        g0.Store(z + 128);
        o0.Store(z + 192);
        i1.Store(z + 16);
        f1.Store(z + 80);
        g1.Store(z + 144);
        o1.Store(z + 208);
    }

    /// <summary>Computes one tile of four time steps.</summary>
    /// <param name="weights">[K][4][16].</param>
    /// <param name="depth">K.</param>
    /// <param name="x">[K] of the first step.</param>
    /// <param name="xStride">Floats from step to step; negative for a direction backward in time.</param>
    /// <param name="start">Start values of the sums of every step, at the tile's offset.</param>
    /// <param name="z">Receives the sums of the first step, at the tile's offset.</param>
    /// <param name="zStride">Floats from step to step.</param>
    [MethodImpl(Kernel)]
    public static void FourSteps<TLanes>(float* weights, int depth, float* x, nint xStride, float* start, float* z, nint zStride)
        where TLanes : struct, ILanes<TLanes>
    {
        var i0 = TLanes.Load(start);
        var f0 = TLanes.Load(start + 64);
        var g0 = TLanes.Load(start + 128);
        var o0 = TLanes.Load(start + 192);
        var (i1, f1, g1, o1) = (i0, f0, g0, o0);
        var (i2, f2, g2, o2) = (i0, f0, g0, o0);
        var (i3, f3, g3, o3) = (i0, f0, g0, o0);
        for (var k = 0; k < depth; k++, x++, weights += TileRow)
        {
            var v0 = TLanes.Broadcast(*x);
            var v1 = TLanes.Broadcast(x[xStride]);
            var v2 = TLanes.Broadcast(x[2 * xStride]);
            var v3 = TLanes.Broadcast(x[3 * xStride]);
            var w = TLanes.Load(weights);
            i0 = TLanes.MultiplyAdd(v0, w, i0);
            i1 = TLanes.MultiplyAdd(v1, w, i1);
            i2 = TLanes.MultiplyAdd(v2, w, i2);
            i3 = TLanes.MultiplyAdd(v3, w, i3);
            w = TLanes.Load(weights + 16);
            f0 = TLanes.MultiplyAdd(v0, w, f0);
            f1 = TLanes.MultiplyAdd(v1, w, f1);
            f2 = TLanes.MultiplyAdd(v2, w, f2);
            f3 = TLanes.MultiplyAdd(v3, w, f3);
            w = TLanes.Load(weights + 32);
            g0 = TLanes.MultiplyAdd(v0, w, g0);
            g1 = TLanes.MultiplyAdd(v1, w, g1);
            g2 = TLanes.MultiplyAdd(v2, w, g2);
            g3 = TLanes.MultiplyAdd(v3, w, g3);
            w = TLanes.Load(weights + 48);
            o0 = TLanes.MultiplyAdd(v0, w, o0);
            o1 = TLanes.MultiplyAdd(v1, w, o1);
            o2 = TLanes.MultiplyAdd(v2, w, o2);
            o3 = TLanes.MultiplyAdd(v3, w, o3);
        }

        i0.Store(z);
        f0.Store(z + 64);
        g0.Store(z + 128);
        o0.Store(z + 192);
        z += zStride;
        i1.Store(z);
        f1.Store(z + 64);
        g1.Store(z + 128);
        o1.Store(z + 192);
        z += zStride;
        i2.Store(z);
        f2.Store(z + 64);
        g2.Store(z + 128);
        o2.Store(z + 192);
        z += zStride;
        i3.Store(z);
        f3.Store(z + 64);
        g3.Store(z + 128);
        o3.Store(z + 192);
    }

    /// <summary>Computes half a tile (two gates) of two time steps, for machines with few registers.</summary>
    /// <param name="weights">[K][4][16], from the first of the two gates on.</param>
    /// <param name="depth">K.</param>
    /// <param name="x">[K] of the first step.</param>
    /// <param name="xStride">Floats from step to step; negative for a direction backward in time.</param>
    /// <param name="start">Start values of the sums of both steps, at the tile's offset and the first of the two gates.</param>
    /// <param name="z">Receives the sums of the first step, likewise.</param>
    /// <param name="zStride">Floats from step to step.</param>
    [MethodImpl(Kernel)]
    public static void TwoStepsOfTwoGates<TLanes>(float* weights, int depth, float* x, nint xStride, float* start, float* z, nint zStride)
        where TLanes : struct, ILanes<TLanes>
    {
        var a0 = TLanes.Load(start);
        var b0 = TLanes.Load(start + 64);
        var a1 = a0;
        var b1 = b0;
        for (var k = 0; k < depth; k++, x++, weights += TileRow)
        {
            var a = TLanes.Load(weights);
            var b = TLanes.Load(weights + 16);
            a0 = TLanes.MultiplyAddBroadcast(x, a, a0);
            b0 = TLanes.MultiplyAddBroadcast(x, b, b0);
            a1 = TLanes.MultiplyAddBroadcast(x + xStride, a, a1);
            b1 = TLanes.MultiplyAddBroadcast(x + xStride, b, b1);
        }

        a0.Store(z);
        b0.Store(z + 64);
        a1.Store(z + zStride);
        b1.Store(z + zStride + 64);
    }
}
