using System.Runtime.CompilerServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>The weight gradients of a few time steps.</summary>
/// <remarks>
/// <code>
/// dW[j][k] += Σₜ Σₛ dz[t][j][s]·x[t][s][k]        t: steps of the block, s: the 16 sequences of the group
/// </code>
/// dz is [row][sequence], as the backward step computes it; x is transposed to [sequence][column], so that 16 neighbouring weights are one
/// vector. Callers process the rows in tiles: dz of a tile stays in the first-level cache for all columns of x.
/// </remarks>
internal static unsafe class WeightGradient
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Adds the gradients of a few time steps.</summary>
    /// <param name="rows">Gradient rows, a multiple of 16.</param>
    /// <param name="columns">Gradient columns, a multiple of 16.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="dz">dz of the first step, [rows][16].</param>
    /// <param name="dzStride">Floats from step to step; negative for a direction backward in time.</param>
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

    /// <summary>Adds one column lane by lane, for biases (x of ones) and few raw inputs: sums[j] += Σₜ dz[t][j]·x[t].</summary>
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

    /// <summary>Computes tiles of 16 rows × 16 columns, for machines with 32 registers of 16 lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Wide<TLanes>(
        int rows, int columns, int steps, float* dz, nint dzStride, float* x, float* gradient, int gradientStride)
        where TLanes : struct, ILanes<TLanes>
    {
        nint row = gradientStride;
        for (var k = 0; k < columns; k += 16)
        {
            for (var j = 0; j < rows; j += 16)
            {
                var g = gradient + (j * row) + k;
                var s0 = TLanes.Load(g);
                var s1 = TLanes.Load(g + row);
                var s2 = TLanes.Load(g + (2 * row));
                var s3 = TLanes.Load(g + (3 * row));
                var s4 = TLanes.Load(g + (4 * row));
                var s5 = TLanes.Load(g + (5 * row));
                var s6 = TLanes.Load(g + (6 * row));
                var s7 = TLanes.Load(g + (7 * row));
                var s8 = TLanes.Load(g + (8 * row));
                var s9 = TLanes.Load(g + (9 * row));
                var s10 = TLanes.Load(g + (10 * row));
                var s11 = TLanes.Load(g + (11 * row));
                var s12 = TLanes.Load(g + (12 * row));
                var s13 = TLanes.Load(g + (13 * row));
                var s14 = TLanes.Load(g + (14 * row));
                var s15 = TLanes.Load(g + (15 * row));

                var xs = x + k;
                for (var t = 0; t < steps; t++)
                {
                    var d = dz + (t * dzStride) + (j * 16);
                    for (var s = 0; s < 16; s++, d++, xs += columns)
                    {
                        var v = TLanes.Load(xs);
                        s0 = TLanes.MultiplyAddBroadcast(d, v, s0);
                        s1 = TLanes.MultiplyAddBroadcast(d + 16, v, s1);
                        s2 = TLanes.MultiplyAddBroadcast(d + 32, v, s2);
                        s3 = TLanes.MultiplyAddBroadcast(d + 48, v, s3);
                        s4 = TLanes.MultiplyAddBroadcast(d + 64, v, s4);
                        s5 = TLanes.MultiplyAddBroadcast(d + 80, v, s5);
                        s6 = TLanes.MultiplyAddBroadcast(d + 96, v, s6);
                        s7 = TLanes.MultiplyAddBroadcast(d + 112, v, s7);
                        s8 = TLanes.MultiplyAddBroadcast(d + 128, v, s8);
                        s9 = TLanes.MultiplyAddBroadcast(d + 144, v, s9);
                        s10 = TLanes.MultiplyAddBroadcast(d + 160, v, s10);
                        s11 = TLanes.MultiplyAddBroadcast(d + 176, v, s11);
                        s12 = TLanes.MultiplyAddBroadcast(d + 192, v, s12);
                        s13 = TLanes.MultiplyAddBroadcast(d + 208, v, s13);
                        s14 = TLanes.MultiplyAddBroadcast(d + 224, v, s14);
                        s15 = TLanes.MultiplyAddBroadcast(d + 240, v, s15);
                    }
                }

                s0.Store(g);
                s1.Store(g + row);
                s2.Store(g + (2 * row));
                s3.Store(g + (3 * row));
                s4.Store(g + (4 * row));
                s5.Store(g + (5 * row));
                s6.Store(g + (6 * row));
                s7.Store(g + (7 * row));
                s8.Store(g + (8 * row));
                s9.Store(g + (9 * row));
                s10.Store(g + (10 * row));
                s11.Store(g + (11 * row));
                s12.Store(g + (12 * row));
                s13.Store(g + (13 * row));
                s14.Store(g + (14 * row));
                s15.Store(g + (15 * row));
            }
        }
    }

    /// <summary>Computes tiles of 4 rows × 16 columns, for machines with 16 registers or fewer lanes.</summary>
    [MethodImpl(Kernel)]
    private static void Narrow<TLanes>(
        int rows, int columns, int steps, float* dz, nint dzStride, float* x, float* gradient, int gradientStride)
        where TLanes : struct, ILanes<TLanes>
    {
        nint row = gradientStride;
        for (var k = 0; k < columns; k += 16)
        {
            for (var j = 0; j < rows; j += 4)
            {
                var g = gradient + (j * row) + k;
                var s0 = TLanes.Load(g);
                var s1 = TLanes.Load(g + row);
                var s2 = TLanes.Load(g + (2 * row));
                var s3 = TLanes.Load(g + (3 * row));

                var xs = x + k;
                for (var t = 0; t < steps; t++)
                {
                    var d = dz + (t * dzStride) + (j * 16);
                    for (var s = 0; s < 16; s++, d++, xs += columns)
                    {
                        var v = TLanes.Load(xs);
                        s0 = TLanes.MultiplyAddBroadcast(d, v, s0);
                        s1 = TLanes.MultiplyAddBroadcast(d + 16, v, s1);
                        s2 = TLanes.MultiplyAddBroadcast(d + 32, v, s2);
                        s3 = TLanes.MultiplyAddBroadcast(d + 48, v, s3);
                    }
                }

                s0.Store(g);
                s1.Store(g + row);
                s2.Store(g + (2 * row));
                s3.Store(g + (3 * row));
            }
        }
    }
}
