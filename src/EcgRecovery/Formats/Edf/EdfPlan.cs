using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Which data records are written: stretches of time between the gaps that are left out.</summary>
/// <param name="Stretches">Each begins at a step of the grid and has whole data records; in order, at least one.</param>
internal sealed record EdfPlan(IReadOnlyList<EdfStretch> Stretches)
{
    /// <summary>Data records in all.</summary>
    public long RecordCount => Stretches.Sum(stretch => stretch.Records);

    /// <summary>Whether time is left out between data records.</summary>
    public bool IsDiscontinuous => Stretches.Count > 1;

    /// <summary>Lays stretches around the times in which every lead is missing.</summary>
    /// <param name="grid">The data record.</param>
    /// <param name="leads">The leads.</param>
    /// <param name="surveys">What is missing of each.</param>
    /// <param name="leaveOut">Whether time may be left out.</param>
    /// <remarks>
    /// Left out are whole data records, and shorter times where the recording itself had a time gap; the first data record is always written, for a file
    /// begins within the second of its header's start time.
    /// </remarks>
    public static EdfPlan Lay(EdfGrid grid, IReadOnlyList<EcgLead> leads, IReadOnlyList<EdfSurvey> surveys, bool leaveOut)
    {
        var total = 1L;
        for (var i = 0; i < leads.Count; i++)
            total = Math.Max(total, RoundUp(leads[i].SampleCount, grid.SamplesPerStep(i)));
        var stretches = new List<EdfStretch>();
        var start = 0L;
        var perStep = leads.Count > 0 ? grid.SamplesPerStep(0) : 0;
        foreach (var missing in leaveOut && leads.Count > 0 ? AllMissing(grid, leads, surveys, total) : [])
        {
            var end = start + (Math.Max(1, RoundUp(Math.Max(missing.Start - start, 0), grid.Steps)) * grid.Steps);
            var skipped = new SampleSpan(end, missing.End);
            if (skipped.IsEmpty
                || (skipped.Length < grid.Steps && !IsTimeGap(leads[0], new SampleSpan(skipped.Start * perStep, skipped.End * perStep))))
            {
                continue;
            }

            stretches.Add(new EdfStretch(start, (end - start) / grid.Steps));
            start = missing.End;
        }

        if (start < total)
            stretches.Add(new EdfStretch(start, RoundUp(total - start, grid.Steps)));
        return new EdfPlan(stretches);
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
        // Behind its last sample a lead is missing to the end.
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

/// <summary>Data records that follow each other.</summary>
/// <param name="Start">Where the first begins, in steps of the grid.</param>
/// <param name="Records">How many.</param>
internal readonly record struct EdfStretch(long Start, long Records);
