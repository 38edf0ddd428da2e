using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>Options for recovering a recording: which of its gaps, and how. By default all that its file states as missing.</summary>
public sealed record RecordRecoveryOptions : RecoveryOptions
{
    /// <summary>Numbers of the leads to recover, counted from 0; null for all that are voltages.</summary>
    public IReadOnlyList<int>? Leads { get; init; }

    /// <summary>
    /// The part of the recording in which gaps are recovered, in samples at the record's frequency (as annotations are counted); a gap
    /// belongs to the part if it starts there. Null for all.
    /// </summary>
    public SampleSpan? Time { get; init; }

    /// <summary>
    /// The causes of the gaps to recover. Samples of a judged cause (flat line, saturation, packet loss) are replaced.
    /// </summary>
    public IReadOnlyCollection<MissingCause> Causes { get; init; } = GapFinderOptions.Stated.Causes;

    /// <summary>Whether the bounds of recovered samples become leads of the recording, two for each lead that has some.</summary>
    public bool AddBounds { get; init; } = true;

    /// <summary>Further gaps, whatever their samples hold. Those of leads that are not recovered are ignored.</summary>
    public IReadOnlyList<LeadSpan> Gaps { get; init; } = [];
}

/// <summary>Samples of one lead.</summary>
/// <param name="Lead">Number of the lead, counted from 0.</param>
/// <param name="Span">The samples, counted in the lead's own samples.</param>
public readonly record struct LeadSpan(int Lead, SampleSpan Span);
