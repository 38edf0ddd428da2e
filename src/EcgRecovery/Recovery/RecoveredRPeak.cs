namespace EcgRecovery.Recovery;

/// <summary>An R peak in recovered samples.</summary>
/// <param name="Sample">Where it is, counted in the lead's own samples.</param>
/// <param name="WithinSeconds">
/// The true peak lies at most this far away in 95 of 100 cases, by the recording's own hidden gaps; null where that is not known.
/// </param>
public sealed record RecoveredRPeak(long Sample, double? WithinSeconds);
