using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>An estimate of a long gap, from overlapping pieces without the slow part of the leads, and of the slow part.</summary>
/// <remarks>
/// <code>
/// y[t] = s[t] + Σ hᵢ[t]·eᵢ⁻⁶·yᵢ[t] / Σ hᵢ[t]·eᵢ⁻⁶,   hᵢ = 1 − cos 2π(j + 1)/(n + 1) at sample j of n (Hann)
/// </code>
/// y: pieces of 0.5, 0.8 and 1.2 s, a quarter of their length apart, each estimated as a gap of its own (<see cref="JointNeighbours"/>),
/// and pieces of the regression from lead to lead; e: their errors. Pieces at an edge are also matched on the observed samples beside it.
/// <code>
/// s = (l·a⁻⁶ + r·b⁻⁶)/(a⁻⁶ + b⁻⁶)
/// </code>
/// l: the straight line across the slow part; r: the regression from the surviving leads' slow parts; a, b: their errors on stretches as
/// long as the gap.
/// </remarks>
internal static class LongGap
{
    private const double PiecesApart = 0.25;
    private const double RegressionPieceSeconds = 1;
    private static readonly double[] s_pieceSeconds = [0.5, 0.8, 1.2];
    private static readonly ContextShape[] s_shapes = [new(0.3, 0.1)];
    private static readonly JointSettings s_settings = new();

    /// <summary>Estimates a gap.</summary>
    /// <param name="lost">The lost lead.</param>
    /// <param name="surviving">The leads that survive in it.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="search">The search.</param>
    /// <returns>Null with too few places like it.</returns>
    public static ContextEstimate? Estimate(PreparedLead lost, PreparedLead[] surviving, SampleSpan gap, JointSearch search)
    {
        var fast = Array.ConvertAll(surviving, lead => lead.Fast);
        var pieces = new List<Piece>();
        foreach (var seconds in s_pieceSeconds)
        {
            foreach (var some in Split(gap, seconds * lost.Lead.SamplingFrequencyHz).Chunk(Correlation.Filters))
            {
                var found = JointNeighbours.Estimate(lost.Fast, fast, some, s_shapes, s_settings, search);
                pieces.AddRange(found.SelectMany((estimates, i) => estimates.Select(estimate => new Piece(some[i], estimate))));
            }
        }

        var leads = Array.ConvertAll(fast, lead => lead.Lead);
        if (LeadRegression.Estimate(lost.Fast.Lead, leads, gap, isLevelled: false) is var (linear, _))
        {
            pieces.AddRange(Split(gap, RegressionPieceSeconds * lost.Lead.SamplingFrequencyHz)
                .Select(span => new Piece(span, Part(linear, span.Shift(-gap.Start)))));
        }

        var slow = Slow(lost.Slow, Array.ConvertAll(surviving, lead => lead.Slow), gap);
        return Overlap(gap, pieces, slow);
    }

    /// <summary>Returns spans of one length that cover a gap.</summary>
    private static IEnumerable<SampleSpan> Split(SampleSpan gap, double samples)
    {
        var length = Math.Clamp((long)Math.Round(samples), 1, gap.Length);
        var rest = gap.Length - length;
        var last = Math.Max(1, (int)Math.Ceiling(rest / (PiecesApart * length)));
        return Enumerable.Range(0, last + 1).Select(i => new SampleSpan(gap.Start, gap.Start + length).Shift(rest * i / last)).Distinct();
    }

    private static ContextEstimate Part(ContextEstimate whole, SampleSpan part) =>
        new(whole.Samples[part.ToRange()], whole.LeaveOneOutError, whole.ErrorScale[part.ToRange()]);

    private static float[] Slow(LeadSignal lost, LeadSignal[] surviving, SampleSpan gap)
    {
        var slow = new float[gap.Length];
        MissingRuns.Line<float>(lost.Samples, gap, slow);
        if (LeadRegression.Estimate(lost, surviving, gap, isLevelled: true) is not var (linear, lineError))
            return slow;
        var least = Math.Max(Math.Min(linear.LeaveOneOutError, lineError), 1e-30);
        var weight = Math.Pow(Math.Max(linear.LeaveOneOutError, least) / least, s_settings.ErrorPower);
        var lineWeight = Math.Pow(Math.Max(lineError, least) / least, s_settings.ErrorPower);
        for (var t = 0; t < slow.Length; t++)
            slow[t] = (float)(((lineWeight * slow[t]) + (weight * linear.Samples[t])) / (lineWeight + weight));
        return slow;
    }

    private static ContextEstimate? Overlap(SampleSpan gap, List<Piece> pieces, float[] slow)
    {
        var (sums, squares, weights) = (new double[gap.Length], new double[gap.Length], new double[gap.Length]);
        var least = Math.Max(pieces.Select(piece => piece.Estimate.LeaveOneOutError).DefaultIfEmpty(1).Min(), 1e-30);
        foreach (var (span, estimate) in pieces)
        {
            var factor = Math.Pow(Math.Max(estimate.LeaveOneOutError, least) / least, s_settings.ErrorPower);
            for (var j = 0; j < span.Length; j++)
            {
                var weight = factor * (1 - Math.Cos(2 * Math.PI * (j + 1) / (span.Length + 1)));
                var t = span.Start - gap.Start + j;
                double value = estimate.Samples[j], scale = estimate.ErrorScale[j];
                sums[t] += weight * value;
                squares[t] += weight * ((value * value) + (scale * scale));
                weights[t] += weight;
            }
        }

        // A piece without enough places may be the only one at a sample.
        if (!Array.TrueForAll(weights, weight => weight > 0))
            return null;
        var scales = new float[gap.Length];
        for (var t = 0; t < scales.Length; t++)
        {
            var mean = sums[t] / weights[t];
            slow[t] += (float)mean;
            scales[t] = (float)Math.Clamp(Math.Sqrt(Math.Max(0, (squares[t] / weights[t]) - (mean * mean))), 1e-30, float.MaxValue);
        }

        return Array.TrueForAll(slow, float.IsFinite) && !scales.Contains(float.NaN) ? new ContextEstimate(slow, least, scales) : null;
    }

    private readonly record struct Piece(SampleSpan Span, ContextEstimate Estimate);
}
