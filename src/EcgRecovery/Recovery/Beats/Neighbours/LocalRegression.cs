using System.Numerics;
using EcgRecovery.Beats;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>Ridge regression from the visible to the missing samples of a beat's nearest reference beats. Buffers are reused.</summary>
/// <remarks>
/// <code>
/// wᵢ = exp(−dᵢ²/2h²), h = half the mean distance       x̄ = Σ wᵢ·xᵢ / Σ wᵢ
/// Aᵢ = √wᵢ·(xᵢ,v − x̄v)      Bᵢ = √wᵢ·(xᵢ,m − x̄m)      v visible, m missing; [k, V] and [k, M]
/// x̂m = x̄m + Bᵀ·(A·Aᵀ + λI)⁻¹·A·(xv − x̄v)
/// </code>
/// This is the dual form, k × k for any V; λ is relative to the mean diagonal of A·Aᵀ. The result is a weighted sum of the neighbours'
/// samples in the gap, with weights that add up to 1. Sources: Cleveland and Devlin 1988, doi:10.1080/01621459.1988.10478639 (local
/// regression); Saunders et al. 1998, ICML, 515–521 (dual ridge).
/// </remarks>
/// <param name="visible">The visible samples.</param>
/// <param name="count">k, number of neighbours.</param>
internal sealed class LocalRegression(int[] visible, int count)
{
    /// <summary>
    /// h over the mean distance. Chosen on DS1, the validation patients' beats against those of the other patients (records 201 and 208 in
    /// neither group): 0.5 and 1 differ by less than 1 %, as do weights 1/d and 1/d².
    /// </summary>
    private const double RelativeBandwidth = 0.5;

    /// <summary>Minimum of λ, for neighbours that are equal up to rounding: far below an ADC step's variance, far above rounding.</summary>
    private const double MinimumRidge = 1e-12;

    // Rows of A are padded with zeros to whole vectors; the beat's own row comes last.
    private readonly int _stride = Stride(visible.Length);
    private readonly float[] _a = new float[(count + 1) * Stride(visible.Length)];
    private readonly double[] _mean = new double[visible.Length];
    private readonly double[] _gram = new double[count * count];
    private readonly double[] _kernel = new double[count];
    private readonly double[] _solution = new double[count];

    /// <summary>Returns the weight of every neighbour, [k]; the sum is 1. Valid until the next call.</summary>
    public ReadOnlySpan<double> Weights(ReadOnlySpan<float> beat, ReadOnlySpan<Neighbour> nearest, HeartbeatSet references, double ridge)
    {
        var kernelSum = Kernel(nearest);
        Centre(beat, nearest, references, kernelSum);
        Gram(ridge);
        Cholesky.Factor(_gram, count);
        Cholesky.Solve(_gram, count, _solution);

        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += _solution[i] *= Math.Sqrt(_kernel[i]);
        for (var i = 0; i < count; i++)
            _solution[i] += (1 - sum) * _kernel[i] / kernelSum;
        return _solution;
    }

    /// <summary>Returns the weighted sum of the neighbours at a sample.</summary>
    /// <param name="weights">[k], from <see cref="Weights"/>.</param>
    /// <param name="nearest">[k].</param>
    /// <param name="references">The reference beats.</param>
    /// <param name="t">The sample.</param>
    public static float Sum(ReadOnlySpan<double> weights, ReadOnlySpan<Neighbour> nearest, HeartbeatSet references, int t)
    {
        var sum = 0.0;
        for (var i = 0; i < nearest.Length; i++)
            sum += weights[i] * references[nearest[i].Row][t];
        return (float)sum;
    }

    private static int Stride(int length) => (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    private double Kernel(ReadOnlySpan<Neighbour> nearest)
    {
        var bandwidth = 0.0;
        foreach (var neighbour in nearest)
            bandwidth += RelativeBandwidth * Math.Sqrt(neighbour.SquaredDistance) / nearest.Length;
        var sum = 0.0;
        for (var i = 0; i < nearest.Length; i++)
        {
            // All at distance 0: equal weights.
            _kernel[i] = bandwidth > 0 ? Math.Exp(-nearest[i].SquaredDistance / (2 * bandwidth * bandwidth)) : 1;
            sum += _kernel[i];
        }

        return sum;
    }

    /// <summary>Computes A, with xv − x̄v as the last row.</summary>
    private void Centre(ReadOnlySpan<float> beat, ReadOnlySpan<Neighbour> nearest, HeartbeatSet references, double kernelSum)
    {
        Array.Clear(_mean);
        for (var i = 0; i < count; i++)
        {
            var neighbour = references[nearest[i].Row];
            var share = _kernel[i] / kernelSum;
            for (var v = 0; v < visible.Length; v++)
                _mean[v] += share * neighbour[visible[v]];
        }

        for (var i = 0; i <= count; i++)
        {
            var samples = i < count ? references[nearest[i].Row] : beat;
            var scale = i < count ? Math.Sqrt(_kernel[i]) : 1;
            var row = _a.AsSpan(i * _stride, visible.Length);
            for (var v = 0; v < row.Length; v++)
                row[v] = (float)(scale * (samples[visible[v]] - _mean[v]));
        }
    }

    /// <summary>Computes A·Aᵀ + λI (lower triangle), and A·(xv − x̄v) in the solution's place.</summary>
    private void Gram(double ridge)
    {
        var trace = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
                _gram[(i * count) + j] = Dot(i, j);
            trace += _gram[(i * count) + i];
            _solution[i] = Dot(i, count);
        }

        var lambda = Math.Max(ridge * trace / count, MinimumRidge);
        for (var i = 0; i < count; i++)
            _gram[(i * count) + i] += lambda;
    }

    private float Dot(int i, int j)
    {
        ReadOnlySpan<float> x = _a.AsSpan(i * _stride, _stride), y = _a.AsSpan(j * _stride, _stride);
        var sums = Vector<float>.Zero;
        for (var v = 0; v < x.Length; v += Vector<float>.Count)
            sums = Vector.MultiplyAddEstimate(new Vector<float>(x[v..]), new Vector<float>(y[v..]), sums);
        return Vector.Sum(sums);
    }
}
