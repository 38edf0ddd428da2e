using System.Buffers;
using System.Numerics;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>
/// Ridge regression from the contexts of a gap to its inside, among the places with similar contexts, at the lead's own rate.
/// </summary>
/// <remarks>
/// <code>
/// uᵢ = exp(−dᵢ/2h)·fᵢ / Σ, h = the distance of rank k/4         ā = Σ uᵢ·aᵢ, b̄ = Σ uᵢ·bᵢ
/// Aᵢ = √uᵢ·√w·(aᵢ − ā), Bᵢ = √uᵢ·(bᵢ − b̄)                      K = A·Aᵀ + λ·tr(A·Aᵀ)/k·I
/// y = b̄ + (√w·(q − ā))ᵀ·Aᵀ·K⁻¹·B                                the estimate
/// rᵢ = (K⁻¹·B)ᵢ/((K⁻¹)ᵢᵢ·√uᵢ),  e = Σ uᵢ·√(mean rᵢ²)            leave-one-out residuals and error
/// s[t] = √(Σ uᵢ·rᵢ[t]²)                                         error scale; with infinite λ, rᵢ = bᵢ − b̄
/// y = Σ cᵢ·bᵢ, cᵢ = uᵢ + √uᵢ·(gᵢ − √uᵢ·Σ √uⱼ·gⱼ)                  g = K⁻¹·A·√w·(q − ā), Σ cᵢ = 1
/// </code>
/// a: the contexts of a place, b: its inside brought to the gap's length, both without their weighted mean; w: the weights of the contexts'
/// samples, 0 where one is missing. Sources: Cleveland and Devlin 1988, doi:10.1080/01621459.1988.10478639 (local regression); Saunders et
/// al. 1998, ICML, 515–521 (dual ridge); Allen 1974, doi:10.1080/00401706.1974.10489157 (closed-form leave-one-out residuals).
/// </remarks>
internal sealed class ContextRegression
{
    /// <summary>The least number of places for an estimate.</summary>
    public const int MinimumMatches = 8;

    private readonly ReadOnlyMemory<float> _samples;
    private readonly SampleSpan _gap;

    // The runs of observed samples in both contexts, ascending; the samples' weights and their square roots, one run after the other; and
    // the samples times the roots, without the weighted mean.
    private readonly SampleSpan[] _left;
    private readonly SampleSpan[] _right;
    private readonly float[] _weights;
    private readonly float[] _roots;
    private readonly float[] _query;
    private readonly double _mean;
    private readonly double _weight;
    private readonly bool _isOneSided;

    /// <summary>Takes the contexts of a gap.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <param name="sides">The sides that count.</param>
    public ContextRegression(
        ReadOnlyMemory<float> samples,
        double samplingFrequencyHz,
        SampleSpan gap,
        ContextShape shape,
        ContextSides sides = ContextSides.Both)
    {
        (_samples, _gap, _isOneSided) = (samples, gap, sides != ContextSides.Both);
        var weights = shape.Weights(samplingFrequencyHz);
        _left = sides == ContextSides.Right ? [] : Observed(new SampleSpan(gap.Start - weights.Length, gap.Start));
        _right = sides == ContextSides.Left ? [] : Observed(new SampleSpan(gap.End, gap.End + weights.Length));
        _weights =
        [
            .. _left.SelectMany(Samples).Select(t => weights[gap.Start - 1 - t]),
            .. _right.SelectMany(Samples).Select(t => weights[t - gap.End]),
        ];
        _roots = Array.ConvertAll(_weights, MathF.Sqrt);
        _weight = _weights.Sum(weight => (double)weight);
        _query = new float[_weights.Length];
        _mean = Take(0, 0, _query) ?? 0;

        SampleSpan[] Observed(SampleSpan context)
        {
            var within = context.Intersect(new SampleSpan(0, samples.Length));
            var missing = MissingRuns.Of(samples.Span[within.ToRange()]).ConvertAll(run => run.Shift(within.Start));
            return [.. within.Subtract(missing)];
        }

        static IEnumerable<long> Samples(SampleSpan run)
        {
            for (var t = run.Start; t < run.End; t++)
                yield return t;
        }
    }

    /// <summary>
    /// Moves matches of the search to the lead's rate: the nearest place within half a step. Those that touch missing samples go.
    /// </summary>
    /// <param name="matches">Matches at the search's rate.</param>
    /// <param name="step">Samples of the lead in one of the search.</param>
    /// <returns>Matches at the lead's rate, nearest first.</returns>
    public List<ContextMatch> Refine(IEnumerable<ContextMatch> matches, int step)
    {
        var refined = new List<ContextMatch>();
        var row = new float[_query.Length];
        foreach (var match in matches)
        {
            var (best, stretch) = (new ContextMatch(0, 0, double.PositiveInfinity), match.Stretch * step);
            var penalty = 1 + (ContextMatch.StretchPenalty * stretch * stretch / ((double)_gap.Length * _gap.Length));
            for (var shift = (match.Shift * step) - (step / 2); shift <= (match.Shift * step) + (step / 2); shift++)
            {
                if (Take(shift, stretch, row) is null)
                    continue;
                var distance = SquaredDistance(row, _query) * penalty;
                if (distance < best.Distance)
                    best = new ContextMatch(shift, stretch, distance);
            }

            if (double.IsFinite(best.Distance) && InsideIsObserved(best))
                refined.Add(best);
        }

        refined.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        return refined;
    }

    /// <summary>Estimates the inside of the gap.</summary>
    /// <param name="matches">The places, at the lead's rate, nearest first.</param>
    /// <param name="factors">A factor on the weight of each; null = 1.</param>
    /// <param name="count">k: the places with the largest weights are used.</param>
    /// <param name="ridge">λ; infinite for the weighted mean of the insides alone.</param>
    /// <returns>The estimate and its errors; null where there are too few places or numbers overflow.</returns>
    public ContextEstimate? Estimate(List<ContextMatch> matches, double[]? factors, int count, double ridge)
    {
        if (matches.Count < MinimumMatches)
            return null;
        var (order, weights) = Weigh(matches, factors, count);
        // Two large buffers for every estimate would keep the garbage collector busy.
        var contexts = ArrayPool<float>.Shared.Rent((order.Length + 1) * RowProducts.Padded(_query.Length));
        var insides = ArrayPool<float>.Shared.Rent(order.Length * RowProducts.Padded((int)_gap.Length));
        try
        {
            return Estimate([.. order.Select(i => matches[i])], weights, ridge, contexts, insides);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(contexts);
            ArrayPool<float>.Shared.Return(insides);
        }
    }

    private ContextEstimate? Estimate(ContextMatch[] matches, double[] weights, double ridge, Span<float> contexts, Span<float> insides)
    {
        var (k, width, length) = (matches.Length, RowProducts.Padded(_query.Length), RowProducts.Padded((int)_gap.Length));
        contexts = contexts[..((k + 1) * width)];
        insides = insides[..(k * length)];
        contexts.Clear();
        insides.Clear();
        var offsets = new double[k];
        for (var i = 0; i < k; i++)
        {
            var row = contexts.Slice(i * width, _query.Length);
            var mean = Take(matches[i].Shift, matches[i].Stretch, row)!.Value;
            offsets[i] = _mean - mean;
            Inside(matches[i], mean, insides.Slice(i * length, (int)_gap.Length));
        }

        _query.CopyTo(contexts[(k * width)..]);
        var roots = Array.ConvertAll(weights, Math.Sqrt);
        Centre(contexts, width, weights, roots, withQuery: true);
        var meanInside = Centre(insides, length, weights, roots, withQuery: false);
        var estimate = Array.ConvertAll(meanInside[..(int)_gap.Length], value => value + (float)_mean);
        // Estimates from one side are not weighed against others.
        var squares = new double[_isOneSided ? 0 : estimate.Length];
        var coefficients = (double[])weights.Clone();
        var error = double.IsPositiveInfinity(ridge)
            ? Scatter(insides, length, squares)
            : Regress(contexts, width, insides, length, roots, ridge, estimate, squares, coefficients);
        if (!double.IsFinite(error) || !Array.TrueForAll(estimate, float.IsFinite))
            return null;
        var scale = Array.ConvertAll(squares, square => (float)Math.Min(Math.Sqrt(square), float.MaxValue));
        return new ContextEstimate(estimate, error, scale)
        {
            Places = [.. matches.Select((match, i) => new WeightedPlace(match, weights[i], coefficients[i], offsets[i]))],
        };
    }

    internal static (int[] Order, double[] Weights) Weigh(List<ContextMatch> matches, double[]? factors, int count)
    {
        var k = Math.Min(count, matches.Count);
        var h = Math.Max(matches[Math.Min(matches.Count - 1, k / 4)].Distance, 1e-30);
        var weights = matches.Select((match, i) => Math.Exp(-0.5 * match.Distance / h) * (factors?[i] ?? 1)).ToArray();
        int[] order = [.. Enumerable.Range(0, matches.Count)];
        if (factors is not null)
            Array.Sort(order, (a, b) => weights[a] == weights[b] ? a.CompareTo(b) : weights[b].CompareTo(weights[a]));
        order = order[..k];
        var sum = order.Sum(i => weights[i]);
        return (order, Array.ConvertAll(order, i => weights[i] / sum));
    }

    /// <summary>Copies the contexts of a place without their weighted mean, times the roots of the weights.</summary>
    /// <returns>The mean; null where a sample is missing or lies outside the lead.</returns>
    private double? Take(int shift, int stretch, Span<float> row)
    {
        var at = 0;
        if (!Copy(_left, shift, row, ref at) || !Copy(_right, shift + stretch, row, ref at))
            return null;
        var mean = DotOfAny(row, _weights) / _weight;
        // NaN where one of the samples is.
        if (!double.IsFinite(mean))
            return null;
        Centre(row, (float)mean, _roots);
        return mean;
    }

    private bool Copy(SampleSpan[] runs, int shift, Span<float> row, ref int at)
    {
        if (runs.Length > 0 && (runs[0].Start + shift < 0 || runs[^1].End + shift > _samples.Length))
            return false;
        foreach (var run in runs)
        {
            _samples.Span.Slice((int)run.Start + shift, (int)run.Length).CopyTo(row[at..]);
            at += (int)run.Length;
        }

        return true;
    }

    private bool InsideIsObserved(ContextMatch match)
    {
        var inside = new SampleSpan(_gap.Start + match.Shift, _gap.End + match.Shift + match.Stretch);
        if (inside.Start < 0 || inside.End > _samples.Length || inside.IsEmpty || (inside.Length < 2 && match.Stretch != 0))
            return false;
        foreach (var sample in _samples.Span[inside.ToRange()])
        {
            if (float.IsNaN(sample))
                return false;
        }

        return true;
    }

    /// <summary>Brings the inside of a place to the gap's length, by straight lines, and removes its contexts' mean.</summary>
    private void Inside(ContextMatch match, double mean, Span<float> destination)
    {
        var inside = _samples.Span.Slice((int)_gap.Start + match.Shift, (int)_gap.Length + match.Stretch);
        if (match.Stretch == 0)
        {
            for (var t = 0; t < inside.Length; t++)
                destination[t] = (float)(inside[t] - mean);
            return;
        }

        var ratio = (double)inside.Length / destination.Length;
        for (var t = 0; t < destination.Length; t++)
        {
            var at = Math.Clamp(((t + 0.5) * ratio) - 0.5, 0, inside.Length - 1);
            var before = Math.Min((int)at, inside.Length - 2);
            destination[t] = (float)(inside[before] + ((inside[before + 1] - (double)inside[before]) * (at - before)) - mean);
        }
    }

    /// <summary>Removes the weighted mean of the rows from each and multiplies it by the root of its weight.</summary>
    /// <param name="rows">[k, width], and the query's row where there is one.</param>
    /// <param name="width">Samples in a row.</param>
    /// <param name="weights">[k].</param>
    /// <param name="roots">[k].</param>
    /// <param name="withQuery">Whether the row after the last is the query's; only the mean is removed from it.</param>
    /// <returns>The mean, [width].</returns>
    internal static float[] Centre(Span<float> rows, int width, double[] weights, double[] roots, bool withQuery)
    {
        var mean = new float[width];
        for (var i = 0; i < weights.Length; i++)
            AddScaled(rows.Slice(i * width, width), (float)weights[i], mean);
        for (var i = 0; i < weights.Length + (withQuery ? 1 : 0); i++)
        {
            var row = rows.Slice(i * width, width);
            AddScaled(mean, -1, row);
            if (i == weights.Length)
                break;
            var root = (float)roots[i];
            foreach (ref var value in row)
                value *= root;
        }

        return mean;
    }

    /// <summary>Adds up the squares of insides without their mean, times their weights.</summary>
    /// <param name="insides">[k, length], times the roots of their weights.</param>
    /// <param name="length">Samples in a row.</param>
    /// <param name="squares">[length of the gap]; receives the sums.</param>
    /// <returns>1 in place of a leave-one-out error.</returns>
    private static double Scatter(ReadOnlySpan<float> insides, int length, Span<double> squares)
    {
        for (var i = 0; i < insides.Length; i += length)
            AddSquares(insides.Slice(i, squares.Length), 1, squares);
        return 1;
    }

    /// <summary>Adds the regression to the mean inside, and adds up the weighted squares of the leave-one-out residuals.</summary>
    /// <param name="contexts">[k + 1, width], centred; the last row is the query's.</param>
    /// <param name="width">Samples in a row of them.</param>
    /// <param name="insides">[k, length], centred.</param>
    /// <param name="length">Samples in a row of them.</param>
    /// <param name="roots">[k]: √uᵢ.</param>
    /// <param name="ridge">λ.</param>
    /// <param name="estimate">[length of the gap]; holds the mean inside.</param>
    /// <param name="errorSquares">[length of the gap]; receives s[t]². Empty where the errors are not wanted.</param>
    /// <param name="coefficients">[k]; holds uᵢ and receives cᵢ.</param>
    /// <returns>The leave-one-out error, 1 where it is not wanted; NaN or infinite where numbers overflow.</returns>
    internal static double Regress(
        ReadOnlySpan<float> contexts,
        int width,
        ReadOnlySpan<float> insides,
        int length,
        double[] roots,
        double ridge,
        Span<float> estimate,
        Span<double> errorSquares,
        Span<double> coefficients)
    {
        var k = roots.Length;
        var (gram, products) = (new double[k * k], new double[k]);
        RowProducts.Gram(contexts, width, k, gram);
        var trace = 0.0;
        for (var i = 0; i < k; i++)
        {
            trace += gram[(i * k) + i];
            products[i] = RowProducts.Dot(contexts.Slice(i * width, width), contexts.Slice(k * width, width));
        }

        // Equal contexts, flat ones for example, have no trace: with any λ, the estimate is the mean.
        var lambda = trace > 0 ? Math.Max(ridge * trace / k, 1e-30) : 1;
        if (!double.IsFinite(lambda))
            return double.NaN;
        for (var i = 0; i < k; i++)
            gram[(i * k) + i] += lambda;
        Cholesky.Factor(gram, k);
        var error = errorSquares.IsEmpty ? 1 : LeaveOneOut(gram, insides, length, roots, errorSquares);
        Cholesky.Solve(gram, k, products);
        for (var i = 0; i < k; i++)
            AddScaled(insides.Slice(i * length, estimate.Length), (float)products[i], estimate);

        // The mean inside is no part of any Bᵢ, so what a place gains by its own, all lose by the mean.
        var total = InnerProduct.Of(products, roots);
        for (var i = 0; i < k; i++)
            coefficients[i] += roots[i] * (products[i] - (roots[i] * total));
        return error;
    }

    /// <summary>Adds up the weighted squares of the leave-one-out residuals, √uᵢ·rᵢ = (K⁻¹·B)ᵢ/(K⁻¹)ᵢᵢ.</summary>
    /// <returns>The leave-one-out error.</returns>
    private static double LeaveOneOut(
        ReadOnlySpan<double> factor, ReadOnlySpan<float> insides, int length, double[] roots, Span<double> errorSquares)
    {
        const int together = RowProducts.Together;
        var k = roots.Length;
        var (inverse, rows, solved) = (new double[k * k], new float[k * together], new float[together * length]);
        Cholesky.Invert(factor, k, inverse);
        var error = 0.0;
        for (var first = 0; first < k; first += together)
        {
            var count = Math.Min(together, k - first);
            for (var r = 0; r < count; r++)
            {
                for (var j = 0; j < k; j++)
                    rows[(j * together) + r] = (float)inverse[((first + r) * k) + j];
            }

            RowProducts.Combine(rows, insides, length, solved);
            for (var r = 0; r < count; r++)
            {
                var i = first + r;
                var row = solved.AsSpan(r * length, length);
                if (!(roots[i] > 0))
                    continue;
                var scale = 1 / inverse[(i * k) + i];
                error += roots[i] * scale * Math.Sqrt((double)RowProducts.Dot(row, row) / errorSquares.Length);
                AddSquares(row[..errorSquares.Length], scale, errorSquares);
            }
        }

        return error;
    }

    internal static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(x[i..]) - new Vector<float>(y[i..]);
            sums = Vector.MultiplyAddEstimate(difference, difference, sums);
        }

        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        return sum;
    }

    /// <summary>Returns the inner product of two vectors of any length.</summary>
    internal static float DotOfAny(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var whole = x.Length / Vector<float>.Count * Vector<float>.Count;
        var sum = RowProducts.Dot(x[..whole], y[..whole]);
        for (var i = whole; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>Removes a mean from a row and multiplies its samples by factors.</summary>
    internal static void Centre(Span<float> row, float mean, ReadOnlySpan<float> factors)
    {
        var offset = new Vector<float>(mean);
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            ((new Vector<float>(row[i..]) - offset) * new Vector<float>(factors[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] = (row[i] - mean) * factors[i];
    }

    private static void AddSquares(ReadOnlySpan<float> x, double factor, Span<double> destination)
    {
        for (var t = 0; t < x.Length; t++)
        {
            var value = x[t] * factor;
            destination[t] += value * value;
        }
    }

    private static void AddScaled(ReadOnlySpan<float> x, float factor, Span<float> destination)
    {
        var scale = new Vector<float>(factor);
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.MultiplyAddEstimate(scale, new Vector<float>(x[i..]), new Vector<float>(destination[i..])).CopyTo(destination[i..]);
        for (; i < x.Length; i++)
            destination[i] += factor * x[i];
    }
}

/// <summary>An estimate of the samples of a gap.</summary>
/// <param name="Samples">[length of the gap].</param>
/// <param name="LeaveOneOutError">Weighted mean RMSE over the places, each estimated from the others; 1 where it is not computed.</param>
/// <param name="ErrorScale">
/// [length of the gap], not below 0, or empty for an estimate from one side: per sample the root of the weighted mean square error over the
/// places, each estimated from the others;
/// for a mean of insides, their weighted standard deviation.
/// </param>
internal sealed record ContextEstimate(float[] Samples, double LeaveOneOutError, float[] ErrorScale)
{
    /// <summary>The places that it is made of.</summary>
    public IReadOnlyList<WeightedPlace> Places { get; init; } = [];

    /// <summary>Whether its places are longer or shorter than the gap.</summary>
    public bool IsElastic { get; init; }

    /// <summary>How much the expected beats counted in the choice of places.</summary>
    public BeatRanking Ranking { get; init; }

    /// <summary>The sides of the gap whose samples were compared.</summary>
    public ContextSides Sides { get; init; }
}
