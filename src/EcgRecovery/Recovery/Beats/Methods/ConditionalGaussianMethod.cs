using System.Collections.Concurrent;
using System.Numerics;
using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>The mean of the missing samples given the visible ones, under one normal distribution fitted to the reference beats.</summary>
/// <remarks>
/// <code>
/// x̂ₘ = μₘ + Σₘᵥ·(Σᵥᵥ + λI)⁻¹·(xᵥ − μᵥ)          m missing, v visible; λ = 0.03 · the mean variance of a sample
/// </code>
/// Equivalent to ridge regression of every missing sample on all visible ones. The weights are computed once per missing pattern.
/// Source: Bishop, Pattern Recognition and Machine Learning, 2006, equations 2.81 and 2.82; ridge: Hoerl and Kennard 1970,
/// doi:10.1080/00401706.1970.10488634.
/// </remarks>
internal sealed class ConditionalGaussianMethod : PatternRecoveryMethod
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>
    /// λ over the mean variance. Chosen on DS1, the validation patients' beats against those of the other patients (records 201 and 208 in
    /// neither group): 10 % less error than with 10⁻⁴; for patients of the reference beats no difference (0.1 %).
    /// </summary>
    private const double RelativeRidge = 0.03;

    /// <summary>Minimum of λ, for references that are equal up to rounding: far below an ADC step's variance, far above rounding.</summary>
    private const double MinimumRidge = 1e-12;

    /// <summary>Maximum number of patterns whose weights are kept: at most 187²/4 floats each, 9 MB in total.</summary>
    private const int CachedPatterns = 256;

    private readonly double[] _mean;
    private readonly double[] _covariance = new double[Length * Length];
    private readonly ConcurrentDictionary<string, float[]> _weights = new(StringComparer.Ordinal);

    /// <param name="references">The beats to learn from.</param>
    /// <param name="threads">Maximum number of threads.</param>
    public ConditionalGaussianMethod(ReferenceBeats references, int threads)
        : base(threads, references.Records)
    {
        _mean = [.. references.Mean];
        FitCovariance(references.Beats, threads);
    }

    /// <inheritdoc/>
    public override string Name => "conditional-gaussian";

    /// <inheritdoc/>
    protected override void Fill(
        MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellationToken)
    {
        var weights = WeightsOf(pattern);
        var visible = new float[pattern.Visible.Length];
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var beat = Row(beats, row);
            for (var v = 0; v < visible.Length; v++)
                visible[v] = (float)(beat[pattern.Visible[v]] - _mean[pattern.Visible[v]]);
            var filled = Row(destination, row);
            for (var m = 0; m < pattern.Missing.Length; m++)
            {
                var sum = _mean[pattern.Missing[m]];
                var weight = weights.AsSpan(m * visible.Length, visible.Length);
                for (var v = 0; v < visible.Length; v++)
                    sum += weight[v] * visible[v];
                filled[pattern.Missing[m]] = (float)sum;
            }
        }
    }

    /// <summary>Computes Σ in strips of rows, each summed over the beats in order, so that the thread count changes no bit.</summary>
    private void FitCovariance(HeartbeatSet beats, int threads)
    {
        const int strip = 17;
        Parallel.For(0, Length / strip, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            Span<double> beat = stackalloc double[Length];
            for (var row = 0; row < beats.Count; row++)
            {
                var samples = beats[row];
                for (var t = 0; t < Length; t++)
                    beat[t] = samples[t] - _mean[t];
                for (var i = part * strip; i < (part + 1) * strip; i++)
                    AddScaled(beat[..(i + 1)], beat[i], _covariance.AsSpan(i * Length, i + 1));
            }
        });

        for (var i = 0; i < Length; i++)
        {
            for (var j = 0; j <= i; j++)
                _covariance[(j * Length) + i] = _covariance[(i * Length) + j] /= beats.Count;
        }
    }

    private static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> destination)
    {
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(destination[i..]) + (new Vector<double>(x[i..]) * factor)).CopyTo(destination[i..]);
        for (; i < x.Length; i++)
            destination[i] += factor * x[i];
    }

    /// <summary>Returns Σₘᵥ·(Σᵥᵥ + λI)⁻¹, [M, V].</summary>
    private float[] WeightsOf(MissingPattern pattern)
    {
        var key = string.Join(',', pattern.VisibleRuns);
        if (_weights.TryGetValue(key, out var weights))
            return weights;
        weights = Solve(pattern.Visible, pattern.Missing);
        if (_weights.Count < CachedPatterns)
            _weights.TryAdd(key, weights);
        return weights;
    }

    private float[] Solve(int[] visible, int[] missing)
    {
        var count = visible.Length;
        var trace = 0.0;
        for (var t = 0; t < Length; t++)
            trace += _covariance[(t * Length) + t];
        var ridge = Math.Max(RelativeRidge * trace / Length, MinimumRidge);

        var a = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
                a[(i * count) + j] = _covariance[(visible[i] * Length) + visible[j]];
            a[(i * count) + i] += ridge;
        }

        Cholesky.Factor(a, count);
        var weights = new float[missing.Length * count];
        var column = new double[count];
        for (var m = 0; m < missing.Length; m++)
        {
            for (var v = 0; v < count; v++)
                column[v] = _covariance[(missing[m] * Length) + visible[v]];
            Cholesky.Solve(a, count, column);
            for (var v = 0; v < count; v++)
                weights[(m * count) + v] = (float)column[v];
        }

        return weights;
    }
}
