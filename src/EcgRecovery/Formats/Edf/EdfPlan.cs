using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The data records to be written: runs between the time gaps that are skipped.</summary>
/// <param name="Runs">The runs, in order, at least one; each begins at a step of the grid.</param>
internal sealed record EdfPlan(IReadOnlyList<EdfRecordRun> Runs)
{
    /// <summary>Number of data records.</summary>
    public long RecordCount => Runs.Sum(run => run.Records);

    /// <summary>Whether time gaps are skipped.</summary>
    public bool IsDiscontinuous => Runs.Count > 1;

    /// <summary>Plans runs around the spans in which all leads are missing.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="leads">The leads.</param>
    /// <param name="surveys">The missing samples of each lead.</param>
    /// <param name="skipGaps">Whether time gaps may be skipped.</param>
    /// <remarks>
    /// Whole data records are skipped, and shorter spans if the recording itself has a time gap there. The first data record is always
    /// written, since a file must begin within the second of its header's start time.
    /// </remarks>
    public static EdfPlan Lay(EdfGrid grid, IReadOnlyList<EcgLead> leads, IReadOnlyList<EdfSurvey> surveys, bool skipGaps)
    {
        var total = 1L;
        for (var i = 0; i < leads.Count; i++)
            total = Math.Max(total, RoundUp(leads[i].SampleCount, grid.SamplesPerStep(i)));
        var runs = new List<EdfRecordRun>();
        var start = 0L;
        var perStep = leads.Count > 0 ? grid.SamplesPerStep(0) : 0;
        foreach (var missing in skipGaps && leads.Count > 0 ? AllMissing(grid, leads, surveys, total) : [])
        {
            var end = start + (Math.Max(1, RoundUp(Math.Max(missing.Start - start, 0), grid.Steps)) * grid.Steps);
            var skipped = new SampleSpan(end, missing.End);
            if (skipped.IsEmpty
                || (skipped.Length < grid.Steps && !IsTimeGap(leads[0], new SampleSpan(skipped.Start * perStep, skipped.End * perStep))))
            {
                continue;
            }

            runs.Add(new EdfRecordRun(start, (end - start) / grid.Steps));
            start = missing.End;
        }

        if (start < total)
            runs.Add(new EdfRecordRun(start, RoundUp(total - start, grid.Steps)));
        return new EdfPlan(runs);
    }

    // The spans in which no lead has a sample, in steps of the grid.
    private static IReadOnlyList<SampleSpan> AllMissing(
        EdfGrid grid, IReadOnlyList<EcgLead> leads, IReadOnlyList<EdfSurvey> surveys, long total)
    {
        IReadOnlyList<SampleSpan> common = [new SampleSpan(0, total)];
        for (var i = 0; i < leads.Count && common.Count > 0; i++)
            common = SampleSpan.Intersect(common, [.. InSteps(surveys[i].Missing, leads[i].SampleCount, grid.SamplesPerStep(i), total)]);
        return common;
    }

    private static IEnumerable<SampleSpan> InSteps(List<SampleSpan> missing, long count, int samplesPerStep, long total)
    {
        // A lead is missing from its last sample to the end.
        var endsMissing = missing.Count > 0 && missing[^1].End == count;
        foreach (var span in endsMissing ? missing.Take(missing.Count - 1) : missing)
        {
            var steps = new SampleSpan(RoundUp(span.Start, samplesPerStep), span.End / samplesPerStep);
            if (!steps.IsEmpty)
                yield return steps;
        }

        var last = RoundUp(endsMissing ? missing[^1].Start : count, samplesPerStep);
        if (last < total)
            yield return new SampleSpan(last, total);
    }

    private static bool IsTimeGap(EcgLead lead, SampleSpan samples)
    {
        var spans = lead.UnrecordedSpans;
        var next = OrderedSearch.CountWhile(spans.Count, i => spans[i].Span.End <= samples.Start);
        return next < spans.Count && spans[next].Cause == MissingCause.TimeGap && spans[next].Span.Start < samples.End;
    }

    private static long RoundUp(long value, int step) => (value + step - 1) / step;
}

/// <summary>A run of data records without a gap.</summary>
/// <param name="Start">Begin of the first record, in steps of the grid.</param>
/// <param name="Records">Number of records.</param>
internal readonly record struct EdfRecordRun(long Start, long Records);
