namespace EcgRecovery.Beats;

/// <summary>A hump of the detection signal that may be a beat.</summary>
/// <param name="Sample">Approximate sample of its QRS complex: the hump's top minus the delay of the filters.</param>
/// <param name="Height">The hump's height.</param>
/// <param name="Slope">The steepest slope under it, in the filtered signal.</param>
/// <param name="MissingBefore">Number of missing samples before the hump's top, for counting time in observed samples.</param>
internal readonly record struct RPeakCandidate(long Sample, double Height, double Slope, long MissingBefore);

/// <summary>The first pass of <see cref="RPeakDetector"/>: the humps of the detection signal.</summary>
internal static class RPeakCandidates
{
    /// <summary>Finds the humps; of two within the refractory period only the higher one is kept.</summary>
    /// <param name="source">The detection signal.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="options">The constants.</param>
    public static List<RPeakCandidate> Find<TSource>(
        TSource source, long count, double samplingFrequencyHz, RPeakDetectorOptions options)
        where TSource : IHumpSource, allows ref struct
    {
        var candidates = new List<RPeakCandidate>();
        if (count == 0)
            return candidates;
        var refractory = HumpFilter.Samples(options.RefractorySeconds, samplingFrequencyHz);
        var delay = HumpFilter.Samples(HumpFilter.DelaySeconds, samplingFrequencyHz);
        double before = 0, height = 0;

        // The last value is repeated for the filters' delay, so that a beat at the very end makes its hump.
        var end = count + (2 * delay);
        for (var t = 0L; t < end; t++)
        {
            var next = source.Next();
            // A top is found one sample late: `height` is that of t − 1.
            if (height > before && height >= next && height > 0)
            {
                var sample = Math.Clamp(t - 1 - delay, 0, count - 1);
                Keep(candidates, new RPeakCandidate(sample, height, source.Steepest(), source.MissingSoFar), refractory);
            }

            before = height;
            height = next;
        }

        return candidates;
    }

    private static void Keep(List<RPeakCandidate> candidates, RPeakCandidate candidate, int refractory)
    {
        if (candidates.Count == 0 || candidate.Sample - candidates[^1].Sample >= refractory)
            candidates.Add(candidate);
        else if (candidate.Height > candidates[^1].Height)
            candidates[^1] = candidate;
    }
}
