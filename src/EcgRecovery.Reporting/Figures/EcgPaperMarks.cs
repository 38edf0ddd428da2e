using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Findings that are marked on the traces of a recording.</summary>
internal sealed record EcgPaperMarks
{
    /// <summary>Saturated samples.</summary>
    public IReadOnlyList<LeadSpan> Clipped { get; init; } = [];

    /// <summary>Gaps that are left as they were: missing, or with samples that are no signal.</summary>
    public IReadOnlyList<LeadSpan> Left { get; init; } = [];

    /// <summary>Gaps that a drawing is about.</summary>
    public IReadOnlyList<LeadSpan> Shown { get; init; } = [];

    /// <summary>R peaks in recovered samples, by the number of their lead.</summary>
    public ILookup<int, RecoveredRPeak> RPeaks { get; init; } = Array.Empty<RecoveredRPeak>().ToLookup(_ => 0);

    /// <summary>What recovered samples really were, by the number of their lead; of a demonstration.</summary>
    public IReadOnlyDictionary<int, EcgLead> Truth { get; init; } = new Dictionary<int, EcgLead>();

    /// <summary>Returns spans of a lead between two times, in seconds since the first.</summary>
    /// <param name="spans">Spans of any leads.</param>
    /// <param name="number">Number of the lead.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="start">Start, in seconds since the record's start.</param>
    /// <param name="end">End, in seconds since the record's start.</param>
    public static IReadOnlyList<(double Start, double End)> Seconds(
        IReadOnlyList<LeadSpan> spans, int number, EcgLead lead, double start, double end) =>
    [
        .. spans
            .Where(span => span.Lead == number)
            .Select(span => (
                Start: Math.Max(start, (span.Span.Start - 0.5) / lead.SamplingFrequencyHz) - start,
                End: Math.Min(end, (span.Span.End - 0.5) / lead.SamplingFrequencyHz) - start))
            .Where(span => span.End > span.Start),
    ];

    /// <summary>Returns the R peaks of a lead between two times, in seconds since the first.</summary>
    /// <param name="number">Number of the lead.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="start">Start, in seconds since the record's start.</param>
    /// <param name="end">End, in seconds since the record's start.</param>
    public IReadOnlyList<(double Seconds, double? Within)> PeakSeconds(int number, EcgLead lead, double start, double end) =>
    [
        .. RPeaks[number]
            .Select(peak => (Seconds: peak.Sample / lead.SamplingFrequencyHz, peak.WithinSeconds))
            .Where(peak => peak.Seconds >= start && peak.Seconds < end)
            .Select(peak => (peak.Seconds - start, peak.WithinSeconds)),
    ];
}
