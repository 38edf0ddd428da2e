using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>
/// Puts numbers where samples are missing, so that a filter can run over them; outputs that depend on them are missing afterwards.
/// </summary>
internal static class GapBridge
{
    /// <summary>
    /// Bridges a run of at most <paramref name="longest"/> missing samples by a straight line. In a longer run, each sample gets the value
    /// of the nearer edge. A sample's value depends only on samples at most <paramref name="longest"/> away, so windows that overlap by
    /// that much agree.
    /// </summary>
    /// <param name="samples">[N]; not finite = missing. Every missing sample is replaced.</param>
    /// <param name="isMissing">[N]; receives 1 = missing, 0 = observed.</param>
    /// <param name="longest">The longest run that a line bridges.</param>
    /// <returns>Number of missing samples.</returns>
    public static int Fill(Span<double> samples, Span<double> isMissing, int longest)
    {
        isMissing.Clear();
        // An infinite value carries no signal, and a filter would spread it.
        foreach (ref var sample in samples)
        {
            if (!double.IsFinite(sample))
                sample = double.NaN;
        }

        var missing = 0;
        for (var run = MissingRuns.Next<double>(samples, 0); !run.IsEmpty; run = MissingRuns.Next<double>(samples, (int)run.End))
        {
            isMissing[run.ToRange()].Fill(1);
            missing += (int)run.Length;
            Bridge(samples, run, longest);
        }

        return missing;
    }

    private static void Bridge(Span<double> samples, SampleSpan run, int longest)
    {
        int start = (int)run.Start, end = (int)run.End;
        var hasBothSides = start > 0 && end < samples.Length;
        if (!hasBothSides || run.Length <= longest)
        {
            MissingRuns.Line(samples, run, samples[run.ToRange()]);
            return;
        }

        var middle = start + ((end - start) / 2);
        samples[start..middle].Fill(samples[start - 1]);
        samples[middle..end].Fill(samples[end]);
    }
}
