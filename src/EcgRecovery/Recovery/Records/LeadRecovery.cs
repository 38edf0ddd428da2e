using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records;

/// <summary>Recovers the gaps of a lead of any length, which is read by blocks with a window on each side.</summary>
/// <remarks>
/// A gap is estimated from the window before it and the window after it, wherever its block ends. Memory: one block with its windows, 4
/// bytes a sample, what the method needs for them, and the filled samples.
/// </remarks>
internal static class LeadRecovery
{
    /// <summary>Length of a block, in seconds: with the default window on each side, every sample is read twice.</summary>
    public const double BlockSeconds = 1800;

    // A second of work or so: often enough for progress, seldom enough for what a method prepares at each call.
    private const int GapsAtOnce = 64;

    /// <summary>Estimates the samples of gaps.</summary>
    /// <param name="source">The lead and those beside it.</param>
    /// <param name="gaps">The runs of missing samples to fill, in order.</param>
    /// <param name="method">The method.</param>
    /// <param name="options">The window and the threads.</param>
    /// <param name="filled">Receives the gaps in order, some at a time, as soon as they are done.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static void Run(
        LeadSource source,
        IReadOnlyList<SampleSpan> gaps,
        RecordRecoveryMethod method,
        RecoveryOptions options,
        Action<IReadOnlyList<FilledGap>> filled,
        CancellationToken cancellationToken)
    {
        var count = source.Samples.Count;
        var block = Math.Max(1, (long)Math.Ceiling(BlockSeconds * source.SamplingFrequencyHz));
        // The samples beside a gap are always seen.
        var window = (long)Math.Clamp(options.WindowSeconds * source.SamplingFrequencyHz, 1, Math.Max(1, count));
        for (var first = 0; first < gaps.Count;)
        {
            var blockEnd = ((gaps[first].Start / block) + 1) * block;
            var last = first;
            while (last < gaps.Count && gaps[last].Start < blockEnd)
                last++;
            var some = gaps.Skip(first).Take(last - first).ToList();
            var read = new SampleSpan(some[0].Start - window, some[^1].End + window).Intersect(new SampleSpan(0, count));
            RunBlock(source, read, some, method, options, filled, cancellationToken);
            first = last;
        }
    }

    private static void RunBlock(
        LeadSource source,
        SampleSpan read,
        List<SampleSpan> gaps,
        RecordRecoveryMethod method,
        RecoveryOptions options,
        Action<IReadOnlyList<FilledGap>> filled,
        CancellationToken cancellationToken)
    {
        var lead = source.Read(read, options);
        var whole = new float[lead.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        foreach (var some in gaps.Chunk(GapsAtOnce))
        {
            var shifted = Array.ConvertAll(some, gap => gap.Shift(-read.Start));
            var outcomes = method.Fill(lead, shifted, whole, cancellationToken);
            var results = new FilledGap[some.Length];
            Parallel.For(0, some.Length, parallel, i => results[i] = Look(lead, read.Start, shifted[i], outcomes[i], whole, options));
            filled(results);
        }
    }

    private static FilledGap Look(LeadSignal lead, long start, SampleSpan gap, GapOutcome outcome, float[] whole, RecoveryOptions options)
    {
        var result = new FilledGap(gap.Shift(start), outcome, outcome.IsFilled ? whole[gap.ToRange()] : []);
        if (!outcome.IsFilled)
            return result;
        var around = GapView.Around(gap, lead.Length, lead.SamplingFrequencyHz);
        var view = new GapView(lead.Samples[around.ToRange()].ToArray(), gap.Shift(-around.Start), lead.SamplingFrequencyHz);
        var height = view.Height();
        var line = new float[gap.Length];
        MissingRuns.Line(lead.Samples, gap, line);
        result.Samples.CopyTo(view.Samples.AsSpan(view.Gap.ToRange()));
        return result with
        {
            Height = height,
            Line = line,
            // Without a self-test nothing is left that a method can fill.
            Doubt = options.SelfTestGaps > 0 ? GapSurroundings.ReasonToLeave(lead, gap) : null,
            PeaksAround = [.. view.Peaks().Select(peak => start + around.Start + peak)],
        };
    }
}
