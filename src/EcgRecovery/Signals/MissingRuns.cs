using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>The walk over runs of missing samples (NaN), and the straight line across one.</summary>
internal static class MissingRuns
{
    /// <summary>Returns every run of missing samples, in order.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    public static List<SampleSpan> Of<T>(ReadOnlySpan<T> samples)
        where T : INumberBase<T>
    {
        var runs = new List<SampleSpan>();
        for (var run = Next(samples, 0); !run.IsEmpty; run = Next(samples, (int)run.End))
            runs.Add(run);
        return runs;
    }

    /// <summary>Returns the first run of missing samples at or after a sample; empty at the end where there is none.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="from">Where to begin.</param>
    public static SampleSpan Next<T>(ReadOnlySpan<T> samples, int from)
        where T : INumberBase<T>
    {
        var start = from;
        while (start < samples.Length && !T.IsNaN(samples[start]))
            start++;
        var end = start;
        while (end < samples.Length && T.IsNaN(samples[end]))
            end++;
        return new SampleSpan(start, end);
    }

    /// <summary>
    /// Replaces every missing sample by the straight line between the observed samples beside its run, as <see cref="Line"/>.
    /// </summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    public static void Bridge<T>(Span<T> samples)
        where T : INumberBase<T>
    {
        for (var run = Next<T>(samples, 0); !run.IsEmpty; run = Next<T>(samples, (int)run.End))
            Line<T>(samples, run, samples[run.ToRange()]);
    }

    /// <summary>
    /// Writes the straight line between the two samples beside a run, level where it has one side only and 0 where it has none.
    /// </summary>
    /// <remarks><code>y = left + (right − left)·(t − start + 1)/(length + 1)</code></remarks>
    /// <param name="samples">[N].</param>
    /// <param name="run">The run.</param>
    /// <param name="destination">[length of the run].</param>
    public static void Line<T>(ReadOnlySpan<T> samples, SampleSpan run, Span<T> destination)
        where T : INumberBase<T>
    {
        int start = (int)run.Start, end = (int)run.End;
        var left = start > 0 ? samples[start - 1] : end < samples.Length ? samples[end] : T.Zero;
        var right = end < samples.Length ? samples[end] : left;
        var rise = right - left;
        var steps = T.CreateChecked(end - start + 1);
        for (var t = start; t < end; t++)
            destination[t - start] = left + (rise * T.CreateChecked(t - start + 1) / steps);
    }
}
