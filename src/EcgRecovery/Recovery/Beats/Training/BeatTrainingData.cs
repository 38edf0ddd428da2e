using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The rows that a beat model is trained on.</summary>
/// <param name="Set">Complete beats; training may hold out the last rows for validation.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
internal sealed record BeatTrainingData(HeartbeatSet Set, string Sha256);
