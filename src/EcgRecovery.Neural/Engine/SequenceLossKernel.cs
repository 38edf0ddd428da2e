using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>The kernel of a <see cref="SequenceLoss"/>: the loss of a group, and its gradient in place of the outputs.</summary>
/// <remarks>A lane is a sequence, so every sum over time is lane-wise.</remarks>
internal static unsafe class SequenceLossKernel
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    // Rows of a partial sum: rounding errors then grow with the number of blocks or of rows in a block, not with their product.
    private const int BlockRows = 64;

    /// <summary>Returns B′·L of the group's sequences and replaces y by B′·∂L/∂y·scale.</summary>
    /// <param name="y">[T][O][16].</param>
    /// <param name="target">[T][O][16].</param>
    /// <param name="weights">w, [T][O][16]; a lane of zeros adds nothing.</param>
    /// <param name="steps">T.</param>
    /// <param name="outputs">O.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="scale">1 / B′.</param>
    public static double Run<TLanes>(float* y, float* target, float* weights, int steps, int outputs, SequenceLoss loss, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        if (loss is not EstimateAndQuantilesLoss quantiles)
            return RootMeanSquare<TLanes>(y, target, weights, steps * outputs, 16, steps, loss.Floor, scale);
        // Samples and time steps are one sequence of rows.
        var (rows, stride) = (steps * outputs / quantiles.OutputsPerSample, quantiles.OutputsPerSample * 16);
        var sum = RootMeanSquare<TLanes>(y, target, weights, rows, stride, steps, loss.Floor, scale);
        for (var k = 0; k < quantiles.Levels.Count; k++)
        {
            var at = (k + 1) * 16;
            sum += Pinball<TLanes>(
                y + at, target + at, weights + at, rows, stride, steps, quantiles.Levels[k], quantiles.QuantileWeight, scale);
        }

        return sum;
    }

    /// <summary>Returns the sum of r − f over the lanes and replaces y by w·e·scale / (T·r).</summary>
    /// <param name="y">[rows], <paramref name="stride"/> apart.</param>
    /// <param name="target">t, with the same stride.</param>
    /// <param name="weights">w, with the same stride.</param>
    /// <param name="rows">Number of values of a sequence.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="steps">T.</param>
    /// <param name="floor">f.</param>
    /// <param name="scale">Factor of the gradient.</param>
    [MethodImpl(Kernel)]
    private static double RootMeanSquare<TLanes>(
        float* y, float* target, float* weights, int rows, nint stride, int steps, float floor, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        var squares = TLanes.Zero;
        for (var first = 0; first < rows; first += BlockRows)
        {
            var block = TLanes.Zero;
            var end = Math.Min(rows, first + BlockRows);
            for (var row = first; row < end; row++)
            {
                var at = row * stride;
                var e = TLanes.Load(y + at) - TLanes.Load(target + at);
                block = TLanes.MultiplyAdd(TLanes.Load(weights + at) * e, e, block);
                e.Store(y + at);
            }

            squares += block;
        }

        var perStep = TLanes.Broadcast(1f / steps);
        var f = TLanes.Broadcast(floor);
        var mean = squares * perStep;
        var root = TLanes.SquareRoot(TLanes.MultiplyAdd(f, f, mean));
        var factor = TLanes.Broadcast(scale) * perStep / root;
        for (var row = 0; row < rows; row++)
        {
            var at = row * stride;
            (TLanes.Load(weights + at) * TLanes.Load(y + at) * factor).Store(y + at);
        }

        // √(m + f²) − f without its cancellation: exactly 0 where m is.
        return TLanes.Sum(mean / (root + f));
    }

    /// <summary>Returns the sum of λ/T·Σ w·ρ(t − y) over the lanes and replaces y by −λ/T·w·ρ′(t − y)·scale.</summary>
    /// <remarks><code>q = clamp(e/κ, ±1), g = τ·max(q, 0) + (1 − τ)·min(q, 0):   ρ = g·(e − ½κ·q), ρ′ = g</code></remarks>
    /// <param name="y">[rows], <paramref name="stride"/> apart.</param>
    /// <param name="target">t, with the same stride.</param>
    /// <param name="weights">w, with the same stride.</param>
    /// <param name="rows">Number of values of a sequence.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="steps">T.</param>
    /// <param name="level">τ.</param>
    /// <param name="quantileWeight">λ.</param>
    /// <param name="scale">Factor of the gradient.</param>
    [MethodImpl(Kernel)]
    private static double Pinball<TLanes>(
        float* y, float* target, float* weights, int rows, nint stride, int steps, float level, float quantileWeight, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        var above = TLanes.Broadcast(level);
        var below = TLanes.Broadcast(1f - level);
        var one = TLanes.Broadcast(1f);
        var minusOne = TLanes.Broadcast(-1f);
        var steepness = TLanes.Broadcast(1f / EstimateAndQuantilesLoss.PinballRounding);
        var half = TLanes.Broadcast(0.5f * EstimateAndQuantilesLoss.PinballRounding);
        var gradientScale = TLanes.Broadcast(-scale * quantileWeight / steps);
        var sum = TLanes.Zero;
        for (var first = 0; first < rows; first += BlockRows)
        {
            var block = TLanes.Zero;
            var end = Math.Min(rows, first + BlockRows);
            for (var row = first; row < end; row++)
            {
                var at = row * stride;
                var e = TLanes.Load(target + at) - TLanes.Load(y + at);
                var q = TLanes.Min(TLanes.Max(e * steepness, minusOne), one);
                var slope = TLanes.MultiplyAdd(above, TLanes.Max(q, TLanes.Zero), below * TLanes.Min(q, TLanes.Zero));
                var weighted = TLanes.Load(weights + at) * slope;
                block = TLanes.MultiplyAdd(weighted, TLanes.MultiplySubtractFrom(e, half, q), block);
                (weighted * gradientScale).Store(y + at);
            }

            sum += block;
        }

        return TLanes.Sum(sum) * (quantileWeight / steps);
    }
}
