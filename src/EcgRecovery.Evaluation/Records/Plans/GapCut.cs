using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Gaps of a record that are missing at the same time.</summary>
/// <param name="Lost">
/// For each lead that loses samples, its number in the order of the record's leads, and its gaps, in order and without overlap.
/// </param>
internal sealed record GapCut(IReadOnlyList<LostLead> Lost)
{
    /// <summary>Number of gaps that are scored, in all leads.</summary>
    public int ScoredCount => Lost.Sum(lead => lead.Scored.Count);

    /// <summary>Returns the gaps of every lead of a record.</summary>
    /// <param name="leadCount">Leads of the record.</param>
    public IReadOnlyList<IReadOnlyList<SampleSpan>> ByLead(int leadCount) =>
        [.. Enumerable.Range(0, leadCount).Select(lead => Lost.FirstOrDefault(lost => lost.Lead == lead)?.Gaps ?? [])];
}

/// <summary>What one lead loses.</summary>
/// <param name="Lead">Its number, in the order of the record's leads.</param>
/// <param name="Gaps">All its gaps, in order.</param>
/// <param name="Scored">
/// Those that methods are to fill and are scored on, in order; none in a lead that is lost beside a tested one.
/// </param>
internal sealed record LostLead(int Lead, IReadOnlyList<SampleSpan> Gaps, IReadOnlyList<SampleSpan> Scored);
