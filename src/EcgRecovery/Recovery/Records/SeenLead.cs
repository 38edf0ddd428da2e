using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead of a recording as methods see it: without what was recovered before, and without samples that are no signal.</summary>
/// <param name="Number">Number of the lead in the recording.</param>
/// <param name="Lead">The lead without what was recovered before.</param>
/// <param name="RecoveredBefore">The samples that were recovered before, in order.</param>
/// <param name="Found">Its missing spans: all that the file states, and those of the judged causes that were chosen.</param>
/// <param name="Named">Further gaps.</param>
internal sealed record SeenLead(
    int Number,
    EcgLead Lead,
    IReadOnlyList<SampleSpan> RecoveredBefore,
    IReadOnlyList<MissingSpan> Found,
    IReadOnlyList<SampleSpan> Named)
{
    /// <summary>
    /// All missing samples, in order. Samples that are no signal are no neighbours, whether they are to be recovered or not.
    /// </summary>
    public IReadOnlyList<SampleSpan> Missing => field ??= SampleSpan.Merge(Found.Select(span => span.Span).Concat(Named));

    /// <summary>The samples, in the lead's unit; NaN where missing.</summary>
    public ISamples<float> Samples => field ??= new PhysicalValuesAsFloats(RecordViews.WithMissing(Lead, Missing));

    /// <summary>Whether no sample of a span is missing.</summary>
    public bool IsObserved(SampleSpan span) => SampleSpan.Intersect([span], Missing).Count == 0;

    /// <summary>Whether the samples are voltages, or counts as another lead's, of the same times as those of that lead.</summary>
    public bool IsBeside(SeenLead other) =>
        Number != other.Number
        && (Lead.IsVoltage || (Lead.IsInCounts && other.Lead.IsInCounts))
        && Lead.SampleCount == other.Lead.SampleCount
        && Lead.SamplingFrequencyHz == other.Lead.SamplingFrequencyHz;
}
