using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The rows that a beat model is trained on.</summary>
/// <param name="Set">Whole beats, none missing; the file's order decides which are held out for validation.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
public sealed record BeatTrainingData(HeartbeatSet Set, string Sha256);
