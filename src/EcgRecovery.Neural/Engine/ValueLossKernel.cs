using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>The kernel of a <see cref="ValueLoss"/>: the loss of a group, and its gradient in place of the outputs.</summary>
internal static unsafe class ValueLossKernel
{
    /// <summary>Returns Σ w·ℓ(y − t) and replaces y by w·ℓ′(y − t)·scale.</summary>
    /// <remarks><code>ℓ = e², ℓ′ = 2e (MSE);  q = clamp(e, ±δ), ℓ = q·(e − ½q), ℓ′ = q (Huber)</code></remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Run<TLanes>(float* y, float* target, float* weights, int rows, ValueLoss loss, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        // The squared error is Huber's loss without a bend, doubled.
        var (delta, multiple) = loss is HuberLoss huber ? (huber.Delta, 1f) : (float.MaxValue, 2f);
        var limit = TLanes.Broadcast(delta);
        var negativeLimit = TLanes.Zero - limit;
        var factor = TLanes.Broadcast(multiple);
        var half = TLanes.Broadcast(0.5f);
        var gradientScale = TLanes.Broadcast(multiple * scale);
        var sum = TLanes.Zero;
        for (var row = 0; row < rows; row++)
        {
            var at = (nint)row * 16;
            var e = TLanes.Load(y + at) - TLanes.Load(target + at);
            var w = TLanes.Load(weights + at);
            var q = TLanes.Min(TLanes.Max(e, negativeLimit), limit);
            sum = TLanes.MultiplyAdd(w * factor, q * TLanes.MultiplySubtractFrom(e, half, q), sum);
            (w * q * gradientScale).Store(y + at);
        }

        return TLanes.Sum(sum);
    }
}
