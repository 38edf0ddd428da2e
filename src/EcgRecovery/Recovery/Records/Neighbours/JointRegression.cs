using System.Buffers;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>
/// Ridge regression from the contexts of the lost lead and the windows of the surviving leads to the inside of a gap, among like places, at
/// the leads' own rate.
/// </summary>
/// <remarks>
/// As <see cref="ContextRegression"/>, with the surviving leads' windows as further features: each feature without its mean over the
/// contexts or the window, times the root of its weight and of the factor of its lead. A gap without observed samples beside it, part of a
/// long one, keeps the level that its places have: their signal must be without its slow part.
/// </remarks>
internal sealed class JointRegression
{
    private readonly ReadOnlyMemory<float> _lost;
    private readonly SampleSpan _gap;
    private readonly Part[] _parts;
    private readonly float[] _query;
    private readonly double _mean;

    /// <summary>Takes the contexts and the windows of a gap.</summary>
    /// <param name="leads">The leads.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <param name="hasContexts">Whether the lost lead's contexts count.</param>
    public JointRegression(JointLeads leads, SampleSpan gap, ContextShape shape, bool hasContexts)
    {
        (_lost, _gap) = (leads.Lost.Lead.Memory, gap);
        var weights = shape.Weights(leads.Lost.Lead.SamplingFrequencyHz);
        var around = new SampleSpan(gap.Start - weights.Length, gap.End + weights.Length).Intersect(new SampleSpan(0, _lost.Length));
        _parts =
        [
            .. hasContexts ? [PartOf(leads.Lost, leads.LostFactor)] : (Part[])[],
            .. leads.Others.Select((other, i) => PartOf(other, leads.Factors[i])),
        ];
        HasContexts = hasContexts;
        _query = new float[_parts.Sum(part => part.Weights.Length)];
        _mean = Take(0, _query) ?? 0;

        Part PartOf(JointLead lead, double factor)
        {
            var missing = MissingRuns.Of(lead.Lead.Samples[around.ToRange()]).ConvertAll(run => run.Shift(around.Start));
            SampleSpan[] runs = [.. around.Subtract(missing)];
            var places = runs.SelectMany(run => Enumerable.Range((int)run.Start, (int)run.Length));
            return new Part(lead.Lead.Memory, runs, [.. places.Select(Weight)], factor);
        }

        float Weight(int t) => t < gap.Start ? weights[(int)gap.Start - 1 - t] : t < gap.End ? 1 : weights[t - (int)gap.End];
    }

    /// <summary>Whether the lost lead's contexts count.</summary>
    public bool HasContexts { get; }

    /// <summary>
    /// Moves matches of the search to the leads' rate: the nearest place within half a step. Those that touch missing samples go.
    /// </summary>
    /// <param name="matches">Matches at the search's rate.</param>
    /// <param name="step">Samples of the lead in one of the search.</param>
    /// <returns>Matches at the leads' rate, nearest first.</returns>
    public List<ContextMatch> Refine(IEnumerable<ContextMatch> matches, int step)
    {
        var refined = new List<ContextMatch>();
        var row = new float[_query.Length];
        foreach (var match in matches)
        {
            var best = new ContextMatch(0, 0, double.PositiveInfinity);
            for (var shift = (match.Shift * step) - (step / 2); shift <= (match.Shift * step) + (step / 2); shift++)
            {
                if (Take(shift, row) is null)
                    continue;
                var distance = ContextRegression.SquaredDistance(row, _query);
                if (distance < best.Distance)
                    best = new ContextMatch(shift, 0, distance);
            }

            if (double.IsFinite(best.Distance) && InsideIsObserved(best.Shift))
                refined.Add(best);
        }

        refined.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        return refined;
    }

    /// <summary>Estimates the inside of the gap.</summary>
    /// <param name="matches">The places, at the leads' rate, nearest first.</param>
    /// <param name="count">k: the nearest places that are used.</param>
    /// <param name="ridge">λ.</param>
    /// <returns>The estimate and its errors; null where there are too few places or numbers overflow.</returns>
    public ContextEstimate? Estimate(List<ContextMatch> matches, int count, double ridge)
    {
        if (matches.Count < ContextRegression.MinimumMatches)
            return null;
        var (order, weights) = ContextRegression.Weigh(matches, null, count);
        var (width, length) = (RowProducts.Padded(_query.Length), RowProducts.Padded((int)_gap.Length));
        var features = ArrayPool<float>.Shared.Rent((order.Length + 1) * width);
        var insides = ArrayPool<float>.Shared.Rent(order.Length * length);
        try
        {
            return Estimate(
                [.. order.Select(i => matches[i])],
                weights,
                ridge,
                features.AsSpan(0, (order.Length + 1) * width),
                insides.AsSpan(0, order.Length * length));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(features);
            ArrayPool<float>.Shared.Return(insides);
        }
    }

    private ContextEstimate? Estimate(ContextMatch[] matches, double[] weights, double ridge, Span<float> features, Span<float> insides)
    {
        var k = matches.Length;
        var (width, length) = (features.Length / (k + 1), insides.Length / k);
        features.Clear();
        insides.Clear();
        var offsets = new double[k];
        for (var i = 0; i < k; i++)
        {
            var mean = Take(matches[i].Shift, features.Slice(i * width, _query.Length))!.Value;
            offsets[i] = _mean - mean;
            var inside = _lost.Span.Slice((int)_gap.Start + matches[i].Shift, (int)_gap.Length);
            for (var t = 0; t < inside.Length; t++)
                insides[(i * length) + t] = (float)(inside[t] - mean);
        }

        _query.CopyTo(features[(k * width)..]);
        var roots = Array.ConvertAll(weights, Math.Sqrt);
        ContextRegression.Centre(features, width, weights, roots, withQuery: true);
        var meanInside = ContextRegression.Centre(insides, length, weights, roots, withQuery: false);
        var estimate = Array.ConvertAll(meanInside[..(int)_gap.Length], value => value + (float)_mean);
        var squares = new double[estimate.Length];
        var coefficients = (double[])weights.Clone();
        var error = ContextRegression.Regress(features, width, insides, length, roots, ridge, estimate, squares, coefficients);
        if (!double.IsFinite(error) || !Array.TrueForAll(estimate, float.IsFinite))
            return null;
        return new ContextEstimate(
            estimate, error, Array.ConvertAll(squares, square => (float)Math.Min(Math.Sqrt(square), float.MaxValue)))
        {
            Places = [.. matches.Select((match, i) => new WeightedPlace(match, weights[i], coefficients[i], offsets[i]))],
        };
    }

    /// <summary>Copies the features of a place.</summary>
    /// <returns>The mean of the lost lead's contexts, 0 without them; null where a sample is missing or lies outside the leads.</returns>
    private double? Take(int shift, Span<float> row)
    {
        var lostMean = 0.0;
        for (var (i, start) = (0, 0); i < _parts.Length; start += _parts[i].Weights.Length, i++)
        {
            if (_parts[i].Take(shift, row.Slice(start, _parts[i].Weights.Length)) is not { } mean)
                return null;
            if (i == 0 && HasContexts)
                lostMean = mean;
        }

        return lostMean;
    }

    private bool InsideIsObserved(int shift)
    {
        var inside = _gap.Shift(shift);
        return inside.Start >= 0 && inside.End <= _lost.Length && !_lost.Span[inside.ToRange()].Contains(float.NaN);
    }

    /// <summary>The samples of one lead in the contexts or the window.</summary>
    /// <param name="Samples">[N].</param>
    /// <param name="Runs">The runs of observed samples with a weight, ascending.</param>
    /// <param name="Weights">[samples of the runs].</param>
    /// <param name="Factor">The lead's factor.</param>
    private sealed record Part(ReadOnlyMemory<float> Samples, SampleSpan[] Runs, float[] Weights, double Factor)
    {
        private readonly double _weight = Weights.Sum(weight => (double)weight);
        private readonly float[] _roots = Array.ConvertAll(Weights, weight => (float)Math.Sqrt(weight * Factor));

        /// <summary>Copies the samples at a shift, without their weighted mean, times the roots of weight and factor.</summary>
        /// <returns>The mean; null where a sample is missing or lies outside the lead.</returns>
        public double? Take(int shift, Span<float> row)
        {
            if (Runs.Length == 0)
                return 0;
            if (Runs[0].Start + shift < 0 || Runs[^1].End + shift > Samples.Length)
                return null;
            var at = 0;
            foreach (var run in Runs)
            {
                Samples.Span.Slice((int)run.Start + shift, (int)run.Length).CopyTo(row[at..]);
                at += (int)run.Length;
            }

            var mean = ContextRegression.DotOfAny(row, Weights) / _weight;
            // NaN where one of the samples is.
            if (!double.IsFinite(mean))
                return null;
            ContextRegression.Centre(row, (float)mean, _roots);
            return mean;
        }
    }
}
