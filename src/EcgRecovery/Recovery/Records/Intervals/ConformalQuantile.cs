namespace EcgRecovery.Recovery.Records.Intervals;

/// <summary>Quantiles of errors of hidden gaps that hold, on average, for a further gap like them.</summary>
internal static class ConformalQuantile
{
    /// <summary>Returns the least bound q that a given share of a further gap's samples lies within.</summary>
    /// <remarks>
    /// Samples of one gap are alike, gaps are exchangeable: so a gap, not a sample, is the unit. Its loss is the share of its samples above
    /// q, and q is the least with
    /// <code>(Σ lossᵢ(q) + 1)/(n + 1) ≤ 1 − level,   i = 1…n gaps</code>
    /// Then the expected share of a further gap's samples above q is at most 1 − level. Source: Angelopoulos et al. 2024, Conformal risk
    /// control, arXiv:2208.02814; with gaps of one sample it is the split conformal quantile of Vovk et al. 2005.
    /// </remarks>
    /// <param name="gaps">The scores of each gap's samples, 0 or more; at least one a gap.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>Null where there are too few gaps for the level: fewer than level/(1 − level).</returns>
    public static double? OfGaps(IReadOnlyList<float[]> gaps, double level)
    {
        // What the losses may add up to.
        var left = ((1 - level) * (gaps.Count + 1)) - 1;
        // 0 up to rounding is enough: 19 gaps for 95 %.
        if (gaps.Count == 0 || left < -1e-9)
            return null;
        var count = gaps.Sum(gap => gap.Length);
        var (scores, weights, at) = (new float[count], new double[count], 0);
        foreach (var gap in gaps)
        {
            gap.CopyTo(scores, at);
            weights.AsSpan(at, gap.Length).Fill(1.0 / gap.Length);
            at += gap.Length;
        }

        Array.Sort(scores, weights);
        for (at = count - 1; at > 0 && left - weights[at] >= -1e-9; at--)
            left -= weights[at];
        return scores[at];
    }

    /// <summary>Returns the split conformal quantile of single values: the ⌈(n + 1)·level⌉-th smallest.</summary>
    /// <param name="values">Infinite where a value has no bound.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>Null where there are too few values, or the quantile is infinite.</returns>
    public static double? OfValues(IEnumerable<double> values, double level)
    {
        double[] sorted = [.. values.Order()];
        var rank = (int)Math.Ceiling(((sorted.Length + 1) * level) - 1e-9);
        return rank >= 1 && rank <= sorted.Length && double.IsFinite(sorted[rank - 1]) ? sorted[rank - 1] : null;
    }
}
