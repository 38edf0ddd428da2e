using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>A recording with its gaps recovered, and what became of each gap.</summary>
/// <param name="Record">
/// A view of the recording, which must stay open: observed samples unchanged, recovered ones filled and marked in
/// <see cref="EcgRecord.Provenance"/>. Behind its leads come the bounds of recovered samples, see <see cref="EcgRecord.FindBounds"/>.
/// </param>
/// <param name="Gaps">For each lead its gaps, in order; empty for leads that were not to be recovered.</param>
public sealed record RecoveredRecord(EcgRecord Record, IReadOnlyList<IReadOnlyList<RecoveredGap>> Gaps)
{
    /// <summary>
    /// What the recording's own hidden gaps told, for each lead, length of gaps and method; empty where nothing was hidden.
    /// </summary>
    public IReadOnlyList<SelfTestCell> SelfTest { get; init; } = [];
}
