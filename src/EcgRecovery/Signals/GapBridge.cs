namespace EcgRecovery.Signals;

/// <summary>Puts numbers where samples are missing, for a filter to run over; outputs that they matter to are missing afterwards.</summary>
internal static class GapBridge
{
    /// <summary>
    /// Bridges a run of at most <paramref name="longest"/> missing samples by a straight line; in a longer one, each sample gets the value of
    /// the nearer edge. What a sample gets depends only on what lies at most <paramref name="longest"/> samples away, so windows that
    /// overlap by that much agree.
    /// </summary>
    /// <param name="samples">[N]; not finite = missing. Every missing sample is replaced.</param>
    /// <param name="isMissing">[N]; receives 1 = missing, 0 = observed.</param>
    /// <param name="longest">The longest run that a line bridges.</param>
    /// <returns>How many samples are missing.</returns>
    public static int Fill(Span<double> samples, Span<double> isMissing, int longest)
    {
        isMissing.Clear();
        var missing = 0;
        for (var t = 0; t < samples.Length; t++)
        {
            if (double.IsFinite(samples[t]))
                continue;
            var start = t;
            while (t < samples.Length && !double.IsFinite(samples[t]))
                t++;
            isMissing[start..t].Fill(1);
            missing += t - start;
            Bridge(samples, start, t, longest);
        }

        return missing;
    }

    private static void Bridge(Span<double> samples, int start, int end, int longest)
    {
        var (hasLeft, hasRight) = (start > 0, end < samples.Length);
        var left = hasLeft ? samples[start - 1] : hasRight ? samples[end] : 0;
        var right = hasRight ? samples[end] : left;
        if (hasLeft && hasRight && end - start <= longest)
        {
            for (var t = start; t < end; t++)
                samples[t] = left + ((right - left) * (t - start + 1) / (end - start + 1));
            return;
        }

        var middle = hasLeft && hasRight ? start + ((end - start) / 2) : end;
        samples[start..middle].Fill(left);
        samples[middle..end].Fill(right);
    }
}
