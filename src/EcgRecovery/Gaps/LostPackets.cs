using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Judges which runs of one value are lost packets, and adds the packets that were repeated.</summary>
/// <remarks>
/// A receiver without a packet shows a fixed value (fill), the last one that it has (hold), or the last packet again. Fill and hold are runs of one value,
/// which a quiet signal has too; what tells them apart is the packet:
/// <list type="bullet">
/// <item>it carries all leads: the runs of at least two leads begin and end together, and no lead has signal meanwhile; or</item>
/// <item>it is one of many of its length: see <see cref="PacketGrid"/>.</item>
/// </list>
/// Of a held run the first sample is the one that was measured last, so it is not part of the loss.
/// </remarks>
internal static class LostPackets
{
    // A run is longer than the loss where the signal happens to have the same value beside it: by a sample in ten cases, by two in a hundred.
    private const int ChanceSamples = 2;

    /// <summary>Of every lead the lost packets, in order; none overlap.</summary>
    public static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(IReadOnlyList<LeadScan> scans)
    {
        var silences = scans.Select(Silences).ToArray();
        var runs = scans.Select(Losses).ToArray();
        var found = scans.Select(scan => scan.Constant is { IsCoarse: false } ? scan.Repeated.ToList() : []).ToArray();
        foreach (var group in Enumerable.Range(0, scans.Count).GroupBy(i => scans[i].SamplingFrequencyHz))
            AddSimultaneous([.. group.Where(lead => scans[lead].Constant is not null)], silences, runs, found);
        for (var i = 0; i < scans.Count; i++)
            found[i].AddRange(PacketGrid.Find(runs[i]));
        return [.. found.Select(Merge)];
    }

    // What would be lost if the run were a loss.
    private static MissingSpan[] Losses(LeadScan scan) =>
        scan.Constant is not { IsCoarse: false } constant
            ? []
            : [.. constant.OfPackets.Select(run => new MissingSpan(new SampleSpan(run.Span.Start + (scan.IsFill(run.Value) ? 0 : 1), run.Span.End), MissingCause.PacketLoss))];

    // Where a lead has no signal, of whatever cause.
    private static MissingSpan[] Silences(LeadScan scan) =>
    [
        .. scan.Stated.Concat((scan.Constant?.OfPackets ?? []).Select(run => new MissingSpan(run.Span, MissingCause.FlatLine)))
            .OrderBy(span => span.Span.Start),
    ];

    private static void AddSimultaneous(int[] leads, MissingSpan[][] silences, MissingSpan[][] runs, List<MissingSpan>[] found)
    {
        var alike = new List<int>();
        foreach (var lead in leads)
        {
            foreach (var run in runs[lead])
            {
                alike.Clear();
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
                        alike.Clear();
                        break;
                    }
                }

                // The other leads' runs find the same; each is added once, with the lead that comes first.
                if (alike.Count < 2 || alike[0] != lead)
                    continue;
                foreach (var one in alike)
                    found[one].Add(common);
            }
        }
    }

    private static bool IsAlike(MissingSpan one, MissingSpan other) =>
        Math.Abs(one.Span.Start - other.Span.Start) <= ChanceSamples && Math.Abs(one.Span.End - other.Span.End) <= ChanceSamples;

    private static bool Covers(MissingSpan? outer, MissingSpan inner) => outer?.Span.End >= inner.Span.End;

    // The last of ordered spans that begins no later than a sample.
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
