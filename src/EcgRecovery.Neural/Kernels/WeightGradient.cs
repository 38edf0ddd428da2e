using System.Runtime.CompilerServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>Weight gradients of a few time steps.</summary>
/// <remarks>
/// <code>
/// dW[j][k] += Σₜ Σₛ dz[t][j][s]·x[t][s][k]        t: steps of the block, s: the 16 sequences of the group
/// </code>
/// dz is [row][sequence], as the backward step leaves it; x is transposed to [sequence][column], so that 16 neighbouring weights are one
/// vector. Columns go outermost: a 32-column slice of x stays in the first-level cache while the rows of dz pass by.
/// </remarks>
internal static unsafe class WeightGradient
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <param name="rows">Gradient rows, a multiple of 16.</param>
    /// <param name="columns">Gradient columns, a multiple of 32.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="dz">dz of the first step, [rows][16].</param>
    /// <param name="dzStride">Floats from one step's dz to the next's; negative where time runs backwards.</param>
    /// <param name="x">[steps][16][columns].</param>
    /// <param name="gradient">[rows][columns], added to.</param>
    /// <param name="gradientStride">Floats from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes>(
        int rows, int columns, int steps, float* dz, nint dzStride, float* x, float* gradient, int gradientStride)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.IsWide)
            Wide<TLanes>(rows, columns, steps, dz, dzStride, x, gradient, gradientStride);
        else
            Narrow<TLanes>(rows, columns, steps, dz, dzStride, x, gradient, gradientStride);
    }

    /// <summary>Lane-wise sums for bias (x of ones) and the few columns of raw input: sums[j] += Σₜ dz[t][j]·x[t], x one vector a step.</summary>
    [MethodImpl(Kernel)]
    public static void AddColumn<TLanes>(int rows, int steps, float* dz, nint dzStride, float* x, nint xStride, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        for (var j = 0; j < rows; j += 4, dz += 64, sums += 64)
        {
            var g0 = TLanes.Load(sums);
            var g1 = TLanes.Load(sums + 16);
            var g2 = TLanes.Load(sums + 32);
            var g3 = TLanes.Load(sums + 48);
            var d = dz;
            var xt = x;
            for (var t = 0; t < steps; t++, d += dzStride, xt += xStride)
            {
                var v = TLanes.Load(xt);
                g0 = TLanes.MultiplyAdd(TLanes.Load(d), v, g0);
                g1 = TLanes.MultiplyAdd(TLanes.Load(d + 16), v, g1);
                g2 = TLanes.MultiplyAdd(TLanes.Load(d + 32), v, g2);
                g3 = TLanes.MultiplyAdd(TLanes.Load(d + 48), v, g3);
            }

            g0.Store(sums);
            g1.Store(sums + 16);
            g2.Store(sums + 32);
            g3.Store(sums + 48);
        }
    }

    /// <summary>Eight rows × 32 columns, for machines with 32 registers of 16 lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Wide<TLanes>(
        int rows, int columns, int steps, float* dz, nint dzStride, float* x, float* gradient, int gradientStride)
        where TLanes : struct, ILanes<TLanes>
    {
        for (var k = 0; k < columns; k += 32)
        {
            for (var j = 0; j < rows; j += 8)
            {
                var g = gradient + ((nint)j * gradientStride) + k;
                var a0 = TLanes.Load(g);
                var b0 = TLanes.Load(g + 16);
                var a1 = TLanes.Load(g + gradientStride);
                var b1 = TLanes.Load(g + gradientStride + 16);
                var a2 = TLanes.Load(g + (2 * gradientStride));
                var b2 = TLanes.Load(g + (2 * gradientStride) + 16);
                var a3 = TLanes.Load(g + (3 * gradientStride));
                var b3 = TLanes.Load(g + (3 * gradientStride) + 16);
                var a4 = TLanes.Load(g + (4 * gradientStride));
                var b4 = TLanes.Load(g + (4 * gradientStride) + 16);
                var a5 = TLanes.Load(g + (5 * gradientStride));
                var b5 = TLanes.Load(g + (5 * gradientStride) + 16);
                var a6 = TLanes.Load(g + (6 * gradientStride));
                var b6 = TLanes.Load(g + (6 * gradientStride) + 16);
                var a7 = TLanes.Load(g + (7 * gradientStride));
                var b7 = TLanes.Load(g + (7 * gradientStride) + 16);

                var xs = x + k;
                for (var t = 0; t < steps; t++)
                {
                    var d = dz + (t * dzStride) + (j * 16);
                    for (var s = 0; s < 16; s++, d++, xs += columns)
                    {
                        var xa = TLanes.Load(xs);
                        var xb = TLanes.Load(xs + 16);
                        var d0 = TLanes.Broadcast(d[0]);
                        a0 = TLanes.MultiplyAdd(d0, xa, a0);
                        b0 = TLanes.MultiplyAdd(d0, xb, b0);
                        var d1 = TLanes.Broadcast(d[16]);
                        a1 = TLanes.MultiplyAdd(d1, xa, a1);
                        b1 = TLanes.MultiplyAdd(d1, xb, b1);
                        var d2 = TLanes.Broadcast(d[32]);
                        a2 = TLanes.MultiplyAdd(d2, xa, a2);
                        b2 = TLanes.MultiplyAdd(d2, xb, b2);
                        var d3 = TLanes.Broadcast(d[48]);
                        a3 = TLanes.MultiplyAdd(d3, xa, a3);
                        b3 = TLanes.MultiplyAdd(d3, xb, b3);
                        var d4 = TLanes.Broadcast(d[64]);
                        a4 = TLanes.MultiplyAdd(d4, xa, a4);
                        b4 = TLanes.MultiplyAdd(d4, xb, b4);
                        var d5 = TLanes.Broadcast(d[80]);
                        a5 = TLanes.MultiplyAdd(d5, xa, a5);
                        b5 = TLanes.MultiplyAdd(d5, xb, b5);
                        var d6 = TLanes.Broadcast(d[96]);
                        a6 = TLanes.MultiplyAdd(d6, xa, a6);
                        b6 = TLanes.MultiplyAdd(d6, xb, b6);
                        var d7 = TLanes.Broadcast(d[112]);
                        a7 = TLanes.MultiplyAdd(d7, xa, a7);
                        b7 = TLanes.MultiplyAdd(d7, xb, b7);
                    }
                }

                a0.Store(g);
                b0.Store(g + 16);
                a1.Store(g + gradientStride);
                b1.Store(g + gradientStride + 16);
                a2.Store(g + (2 * gradientStride));
                b2.Store(g + (2 * gradientStride) + 16);
                a3.Store(g + (3 * gradientStride));
                b3.Store(g + (3 * gradientStride) + 16);
                a4.Store(g + (4 * gradientStride));
                b4.Store(g + (4 * gradientStride) + 16);
                a5.Store(g + (5 * gradientStride));
                b5.Store(g + (5 * gradientStride) + 16);
                a6.Store(g + (6 * gradientStride));
                b6.Store(g + (6 * gradientStride) + 16);
                a7.Store(g + (7 * gradientStride));
                b7.Store(g + (7 * gradientStride) + 16);
            }
        }
    }

    /// <summary>Two rows × 32 columns, for machines with 16 registers or of fewer lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Narrow<TLanes>(
        int rows, int columns, int steps, float* dz, nint dzStride, float* x, float* gradient, int gradientStride)
        where TLanes : struct, ILanes<TLanes>
    {
        for (var k = 0; k < columns; k += 32)
        {
            for (var j = 0; j < rows; j += 2)
            {
                var g = gradient + ((nint)j * gradientStride) + k;
                var a0 = TLanes.Load(g);
                var b0 = TLanes.Load(g + 16);
                var a1 = TLanes.Load(g + gradientStride);
                var b1 = TLanes.Load(g + gradientStride + 16);

                var xs = x + k;
                for (var t = 0; t < steps; t++)
                {
                    var d = dz + (t * dzStride) + (j * 16);
                    for (var s = 0; s < 16; s++, d++, xs += columns)
                    {
                        var xa = TLanes.Load(xs);
                        var xb = TLanes.Load(xs + 16);
                        var d0 = TLanes.Broadcast(d[0]);
                        a0 = TLanes.MultiplyAdd(d0, xa, a0);
                        b0 = TLanes.MultiplyAdd(d0, xb, b0);
                        var d1 = TLanes.Broadcast(d[16]);
                        a1 = TLanes.MultiplyAdd(d1, xa, a1);
                        b1 = TLanes.MultiplyAdd(d1, xb, b1);
                    }
                }

                a0.Store(g);
                b0.Store(g + 16);
                a1.Store(g + gradientStride);
                b1.Store(g + gradientStride + 16);
            }
        }
    }
}
