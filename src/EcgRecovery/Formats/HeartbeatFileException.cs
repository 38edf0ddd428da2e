namespace EcgRecovery.Formats;

/// <summary>A file that was opened as a recording but holds heartbeats, one row each.</summary>
internal sealed class HeartbeatFileException(string message) : IOException(message);
