using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>
/// For every broken beat a ridge regression of its own: from the visible to the missing samples of its 64 nearest reference beats, the
/// nearer ones weighing more, applied to what the beat itself shows.
/// </summary>
/// <remarks>
/// <code>
/// wᵢ = exp(−dᵢ²/2h²), h = half the mean distance       x̄ = Σ wᵢ·xᵢ / Σ wᵢ
/// Aᵢ = √wᵢ·(xᵢ,v − x̄v)      Bᵢ = √wᵢ·(xᵢ,m − x̄m)      v visible, m missing; [64, V] and [64, M]
/// x̂m = x̄m + Bᵀ·(A·Aᵀ + λI)⁻¹·A·(xv − x̄v)
/// </code>
/// This is the dual form, 64 × 64 whatever V. λ is relative to the mean diagonal of A·Aᵀ and chosen from 0.1, 0.3, 1, 3 and 10 on the
/// reference beats themselves (<see cref="HeldOutBeats"/>). The result is a weighted sum of the neighbours' own gaps, with weights that add
/// up to 1. Sources: Cleveland and Devlin 1988, doi:10.1080/01621459.1988.10478639 (local
/// regression); Saunders et al. 1998, ICML, 515–521 (dual ridge). A beat without any visible sample gets the mean beat.
/// </remarks>
internal sealed class LocallyLinearMethod : PatternRecoveryMethod
{
    private const int Neighbours = 64;

    /// <summary>
    /// h over the mean distance. Chosen on DS1 with the validation patients' beats against the other patients' (records 201 and 208 in
    /// neither): 0.5 and 1 differ by less than 1 %, weights 1/d and 1/d² no more.
    /// </summary>
    private const double RelativeBandwidth = 0.5;

    /// <summary>Where all neighbours are equal there is nothing but rounding to regress on: far below an ADC step's variance, far above that.</summary>
    private const double LeastRidge = 1e-12;

    /// <summary>λ, relative: 1 suits references that include the patient, 3 patients never seen.</summary>
    private static readonly double[] s_choices = [0.1, 0.3, 1, 3, 10];

    private readonly ReferenceBeats _references;

    /// <param name="references">The beats to learn from.</param>
    /// <param name="threads">How many threads may work at once.</param>
    public LocallyLinearMethod(ReferenceBeats references, int threads)
        : base(threads, references.Records)
    {
        _references = references;
        Ridge = references.HeldOut.LeastReferences < Neighbours ? s_choices[^1] : references.HeldOut.Choose(s_choices, FillWithEach, threads);
    }

    /// <inheritdoc/>
    public override string Name => "locally-linear";

    /// <summary>λ, relative to the mean diagonal of A·Aᵀ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    protected override void Fill(MissingPattern pattern, float[] beats, int[] rows, float[] destination, CancellationToken cancellation)
    {
        if (pattern.Visible.Length == 0)
            _references.FillWithMeanBeat(rows, destination);
        else
            FillByRegression(pattern, beats, rows, _references.Search.Find(pattern, beats, rows, Neighbours, leftOut: null, cancellation), Ridge, destination);
    }

    private List<float[]> FillWithEach(MissingPattern pattern, float[] beats, int[] rows, LeftOut leftOut)
    {
        var neighbours = _references.Search.Find(pattern, beats, rows, Neighbours, leftOut, CancellationToken.None);
        var results = new List<float[]>();
        foreach (var ridge in s_choices)
        {
            results.Add(new float[beats.Length]);
            FillByRegression(pattern, beats, rows, neighbours, ridge, results[^1]);
        }

        return results;
    }

    /// <param name="pattern">What is missing in the rows.</param>
    /// <param name="beats">[N, 187].</param>
    /// <param name="rows">Q rows of <paramref name="beats"/>.</param>
    /// <param name="neighbours">[Q, k], nearest first.</param>
    /// <param name="ridge">λ, relative.</param>
    /// <param name="destination">[N, 187].</param>
    private void FillByRegression(
        MissingPattern pattern, float[] beats, int[] rows, Neighbour[] neighbours, double ridge, float[] destination)
    {
        var count = neighbours.Length / rows.Length;
        var regression = new Regression(pattern.Visible, count);
        for (var q = 0; q < rows.Length; q++)
        {
            var nearest = neighbours.AsSpan(q * count, count);
            var weights = regression.Weights(Row(beats, rows[q]), nearest, _references.Beats, ridge);
            var filled = Row(destination, rows[q]);
            foreach (var t in pattern.Missing)
            {
                var sum = 0.0;
                for (var i = 0; i < count; i++)
                    sum += weights[i] * _references.Beats[nearest[i].Row][t];
                filled[t] = (float)sum;
            }
        }
    }

    /// <summary>Room for one regression after the other, and its arithmetic.</summary>
    private sealed class Regression(int[] visible, int count)
    {
        // Rows of A are padded with zeros to whole vectors; the beat's own row follows them.
        private readonly int _stride = Stride(visible.Length);
        private readonly float[] _a = new float[(count + 1) * Stride(visible.Length)];
        private readonly double[] _mean = new double[visible.Length];
        private readonly double[] _gram = new double[count * count];
        private readonly double[] _kernel = new double[count];
        private readonly double[] _solution = new double[count];

        /// <summary>How much of every neighbour's gap goes into the beat's, [count]; the sum is 1.</summary>
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

        private static int Stride(int length) => (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

        private double Kernel(ReadOnlySpan<Neighbour> nearest)
        {
            var bandwidth = 0.0;
            foreach (var neighbour in nearest)
                bandwidth += RelativeBandwidth * Math.Sqrt(neighbour.SquaredDistance) / nearest.Length;
            var sum = 0.0;
            for (var i = 0; i < nearest.Length; i++)
            {
                // All at distance 0: all alike.
                _kernel[i] = bandwidth > 0 ? Math.Exp(-nearest[i].SquaredDistance / (2 * bandwidth * bandwidth)) : 1;
                sum += _kernel[i];
            }

            return sum;
        }

        /// <summary>A, and in its last row xv − x̄v.</summary>
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

        /// <summary>A·Aᵀ + λI (lower triangle), and A·(xv − x̄v) where the solution will be.</summary>
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

            var lambda = Math.Max(ridge * trace / count, LeastRidge);
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
}
