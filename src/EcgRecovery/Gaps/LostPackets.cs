using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds lost packets among the runs of one value, and adds the repeated packets.</summary>
/// <remarks>
/// Instead of a lost packet, a receiver outputs a fixed value (fill), the last value (hold), or the last packet again. Fill and hold are
/// runs of one value, which a quiet signal has too. A run is taken for a loss if
/// <list type="bullet">
/// <item>runs of at least two leads begin and end together, and no lead has signal meanwhile, as a packet carries all leads; in leads that
/// were smoothed, only longer runs of all leads that have a signal; or</item>
/// <item>the lead has many runs of whole packets: see <see cref="PacketGrid"/>.</item>
/// </list>
/// The first sample of a held run was measured, so it is not part of the loss.
/// </remarks>
internal static class LostPackets
{
    // A run is longer than the loss if the signal beside it has the same value: by one sample in 1 of 10 cases, by two in 1 of 100.
    private const int ChanceSamples = 2;

    // In leads that were smoothed, runs that all of them begin and end together are at most 0.09 s by chance.
    private const double SmoothSeconds = 0.15;

    /// <summary>Returns the lost packets of each lead, in order and without overlap.</summary>
    public static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(IReadOnlyList<LeadScan> scans)
    {
        var runs = scans.Select(Losses).ToArray();
        var found = scans.Select(scan => scan.Constant is { IsCoarse: false } ? scan.Repeated.ToList() : []).ToArray();
        foreach (var group in Enumerable.Range(0, scans.Count).GroupBy(i => scans[i].SamplingFrequencyHz))
            AddSimultaneous([.. group.Where(lead => scans[lead].Constant is not null)], scans, runs, found);
        for (var i = 0; i < scans.Count; i++)
        {
            if (scans[i].Constant is { IsCoarse: false })
                found[i].AddRange(PacketGrid.Find(runs[i]));
        }

        return [.. found.Select(Merge)];
    }

    // The losses that the runs would be. At the lead's start there is no last measured sample to hold.
    private static MissingSpan[] Losses(LeadScan scan)
    {
        if (scan.Constant is not { } constant || (constant.IsCoarse && !constant.IsSmooth))
            return [];
        var minimum = constant.IsCoarse ? SmoothSeconds * scan.SamplingFrequencyHz : 0;
        return
        [
            .. constant.OfPackets.Where(run => run.Span.Length >= minimum).Select(run => new MissingSpan(
                run.Span with { Start = run.Span.Start + (run.Span.Start == 0 || scan.IsFill(run.Value) ? 0 : 1) },
                MissingCause.PacketLoss)),
        ];
    }

    // The spans without signal, of any cause. A lead that was smoothed has runs in its signal.
    private static MissingSpan[] Silences(LeadScan scan, bool withRuns) =>
    [
        .. scan.Stated
            .Concat((withRuns || scan.Constant is { IsStill: true } ? scan.Constant?.OfPackets ?? [] : [])
                .Select(run => new MissingSpan(run.Span, MissingCause.FlatLine)))
            .OrderBy(span => span.Span.Start),
    ];

    private static void AddSimultaneous(
        int[] leads, IReadOnlyList<LeadScan> scans, MissingSpan[][] runs, List<MissingSpan>[] found)
    {
        var silences = scans.Select(scan => Silences(scan, withRuns: true)).ToArray();
        var surely = scans.Select(scan => Silences(scan, withRuns: false)).ToArray();
        foreach (var lead in leads)
        {
            var isFine = scans[lead].Constant is { IsCoarse: false };
            foreach (var run in runs[lead])
            {
                var (alike, common) = Alike(leads, runs, isFine ? silences : surely, run);
                // The same loss is found from each of these leads; it is added from the first one only, or the first fine one.
                if (alike.Count < 2 || lead != alike.FirstOrDefault(one => scans[one].Constant is { IsCoarse: false }, alike[0]))
                    continue;
                foreach (var one in alike)
                    found[one].Add(common);
            }
        }
    }

    // Returns the leads with a run like this one, and the span that these have in common; none if a lead has signal meanwhile.
    private static (List<int> Leads, MissingSpan Common) Alike(int[] leads, MissingSpan[][] runs, MissingSpan[][] silences, MissingSpan run)
    {
        var alike = new List<int>();
        var common = run;
        foreach (var other in leads)
        {
            if (Last(runs[other], run.Span.Start + ChanceSamples) is { } its && IsAlike(its, run))
            {
                alike.Add(other);
                common = common with { Span = common.Span.Intersect(its.Span) };
            }
            else if (!Covers(Last(silences[other], run.Span.Start), run))
            {
                return ([], run);
            }
        }

        return (alike, common);
    }

    private static bool IsAlike(MissingSpan one, MissingSpan other) =>
        Math.Abs(one.Span.Start - other.Span.Start) <= ChanceSamples && Math.Abs(one.Span.End - other.Span.End) <= ChanceSamples;

    private static bool Covers(MissingSpan? outer, MissingSpan inner) => outer?.Span.End >= inner.Span.End;

    // Returns the last of ordered spans that begins at or before a sample.
    private static MissingSpan? Last(MissingSpan[] spans, long sample)
    {
        var count = OrderedSearch.CountWhile(spans.Length, i => spans[i].Span.Start <= sample);
        return count == 0 ? null : spans[count - 1];
    }

    // Unlike SampleSpan.Merge, it keeps spans apart that only touch: two packets that were lost in a row.
    private static List<MissingSpan> Merge(List<MissingSpan> spans)
    {
        spans.Sort((one, other) => (one.Span.Start, one.Span.End).CompareTo((other.Span.Start, other.Span.End)));
        var merged = new List<MissingSpan>(spans.Count);
        foreach (var span in spans)
        {
            if (merged is [.., var last] && span.Span.Start < last.Span.End)
                merged[^1] = last with { Span = last.Span with { End = Math.Max(last.Span.End, span.Span.End) } };
            else
                merged.Add(span);
        }

        return merged;
    }
}
