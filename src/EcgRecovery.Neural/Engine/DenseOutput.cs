using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>The dense layer of a time step, y = W·h + b, and its gradients.</summary>
internal static unsafe class DenseOutput
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Computes y[o] = b[o] + Σₖ w[o][k]·h[k].</summary>
    /// <param name="weights">[O][rows].</param>
    /// <param name="bias">[O].</param>
    /// <param name="outputs">O.</param>
    /// <param name="rows">A multiple of 16.</param>
    /// <param name="hidden">[rows][16].</param>
    /// <param name="y">Receives [O][16].</param>
    [MethodImpl(Kernel)]
    public static void Forward<TLanes>(float* weights, float* bias, int outputs, int rows, float* hidden, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        for (var o = 0; o < outputs; o++, weights += rows, y += 16)
        {
            // Four sums, so that an addition does not wait for the previous one.
            var s0 = TLanes.Broadcast(bias[o]);
            var s1 = TLanes.Zero;
            var s2 = TLanes.Zero;
            var s3 = TLanes.Zero;
            for (var k = 0; k < rows; k += 4)
            {
                var h = hidden + (k * 16);
                s0 = TLanes.MultiplyAddBroadcast(weights + k, TLanes.Load(h), s0);
                s1 = TLanes.MultiplyAddBroadcast(weights + k + 1, TLanes.Load(h + 16), s1);
                s2 = TLanes.MultiplyAddBroadcast(weights + k + 2, TLanes.Load(h + 32), s2);
                s3 = TLanes.MultiplyAddBroadcast(weights + k + 3, TLanes.Load(h + 48), s3);
            }

            ((s0 + s1) + (s2 + s3)).Store(y);
        }
    }

    /// <summary>Computes dh[k] = Σₒ w[o][k]·dy[o];  dw[o][k] += dy[o]·h[k];  db[o] += dy[o].</summary>
    /// <param name="weights">[O][rows].</param>
    /// <param name="outputs">O.</param>
    /// <param name="rows">A multiple of 16.</param>
    /// <param name="hidden">[rows][16].</param>
    /// <param name="dy">[O][16].</param>
    /// <param name="dh">Receives [rows][16].</param>
    /// <param name="gradients">Receives dw and db, lane by lane.</param>
    [MethodImpl(Kernel)]
    public static void Backward<TLanes>(
        float* weights, int outputs, int rows, float* hidden, float* dy, float* dh, GradientSlot gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        for (var o = 0; o < outputs; o++, weights += rows, dy += 16)
        {
            var d = TLanes.Load(dy);
            var g = gradients.DenseRow(o);
            for (var k = 0; k < rows; k++)
            {
                var at = k * 16;
                TLanes.MultiplyAdd(d, TLanes.Load(hidden + at), TLanes.Load(g + at)).Store(g + at);
                var before = o == 0 ? TLanes.Zero : TLanes.Load(dh + at);
                TLanes.MultiplyAddBroadcast(weights + k, d, before).Store(dh + at);
            }

            (TLanes.Load(g + (rows * 16)) + d).Store(g + (rows * 16));
        }
    }
}
