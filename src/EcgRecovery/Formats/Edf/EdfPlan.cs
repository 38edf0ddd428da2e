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
        foreach (var (from, to) in leaveOut && leads.Count > 0 ? AllMissing(grid, leads, surveys, total) : [])
        {
            var end = start + (Math.Max(1, RoundUp(Math.Max(from - start, 0), grid.Steps)) * grid.Steps);
            if (to <= end || (to - end < grid.Steps && !IsTimeGap(leads[0], end * grid.SamplesPerStep(0), to * grid.SamplesPerStep(0))))
                continue;
            stretches.Add(new EdfStretch(start, (end - start) / grid.Steps));
            start = to;
        }

        if (start < total)
            stretches.Add(new EdfStretch(start, RoundUp(total - start, grid.Steps)));
        return new EdfPlan(stretches);
    }

    // In steps: where no lead has a sample, half-open and in order.
    private static List<(long From, long To)> AllMissing(EdfGrid grid, IReadOnlyList<EcgLead> leads, IReadOnlyList<EdfSurvey> surveys, long total)
    {
        List<(long From, long To)> common = [(0, total)];
        for (var i = 0; i < leads.Count && common.Count > 0; i++)
            common = Intersect(common, InSteps(surveys[i].Missing, leads[i].SampleCount, grid.SamplesPerStep(i), total));
        return common;
    }

    private static IEnumerable<(long From, long To)> InSteps(List<(long Start, long End)> missing, long count, int samplesPerStep, long total)
    {
        // Behind its last sample a lead is missing to the end.
        var endsMissing = missing.Count > 0 && missing[^1].End == count;
        foreach (var (start, end) in endsMissing ? missing.Take(missing.Count - 1) : missing)
        {
            var from = RoundUp(start, samplesPerStep);
            if (end / samplesPerStep > from)
                yield return (from, end / samplesPerStep);
        }

        var last = RoundUp(endsMissing ? missing[^1].Start : count, samplesPerStep);
        if (last < total)
            yield return (last, total);
    }

    private static List<(long From, long To)> Intersect(List<(long From, long To)> some, IEnumerable<(long From, long To)> others)
    {
        var result = new List<(long From, long To)>();
        var i = 0;
        foreach (var (from, to) in others)
        {
            while (i < some.Count && some[i].To <= from)
                i++;
            for (var j = i; j < some.Count && some[j].From < to; j++)
                result.Add((Math.Max(some[j].From, from), Math.Min(some[j].To, to)));
        }

        return result;
    }

    private static bool IsTimeGap(EcgLead lead, long start, long end)
    {
        int low = 0, high = lead.UnrecordedSpans.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (lead.UnrecordedSpans[middle].Span.End <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return low < lead.UnrecordedSpans.Count && lead.UnrecordedSpans[low].Cause == MissingCause.TimeGap && lead.UnrecordedSpans[low].Span.Start < end;
    }

    private static long RoundUp(long value, int step) => (value + step - 1) / step;
}

/// <summary>Data records that follow each other.</summary>
/// <param name="Start">Where the first begins, in steps of the grid.</param>
/// <param name="Records">How many.</param>
internal readonly record struct EdfStretch(long Start, long Records);
