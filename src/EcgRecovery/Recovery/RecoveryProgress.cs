namespace EcgRecovery.Recovery;

/// <summary>How far a recovery is.</summary>
/// <param name="Done">Samples of gaps that are done.</param>
/// <param name="Total">Samples of all gaps to fill.</param>
public readonly record struct RecoveryProgress(long Done, long Total);
