using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>The observed samples beside a run of missing ones, up to the next missing sample.</summary>
internal static class ObservedRuns
{
    /// <summary>Returns the observed samples that end where a run begins.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="run">The run.</param>
    /// <param name="maximum">Maximum number of samples.</param>
    public static SampleSpan Before(ReadOnlySpan<float> samples, SampleSpan run, long maximum)
    {
        var start = run.Start;
        while (start > 0 && run.Start - start < maximum && !float.IsNaN(samples[(int)start - 1]))
            start--;
        return new SampleSpan(start, run.Start);
    }

    /// <summary>Returns the observed samples that begin where a run ends.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="run">The run.</param>
    /// <param name="maximum">Maximum number of samples.</param>
    public static SampleSpan After(ReadOnlySpan<float> samples, SampleSpan run, long maximum)
    {
        var end = run.End;
        while (end < samples.Length && end - run.End < maximum && !float.IsNaN(samples[(int)end]))
            end++;
        return new SampleSpan(run.End, end);
    }
}
