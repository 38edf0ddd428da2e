using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The R peaks of a part of a lead.</summary>
internal static class PeaksWithin
{
    /// <summary>Returns the R peaks in a span, ascending.</summary>
    public static int[] Of(LeadSignal lead, SampleSpan span)
    {
        var peaks = lead.RPeaks;
        var first = OrderedSearch.CountWhile(peaks.Count, i => peaks[i] < span.Start);
        var end = OrderedSearch.CountWhile(peaks.Count, i => peaks[i] < span.End);
        return [.. Enumerable.Range(first, end - first).Select(i => peaks[i])];
    }
}
