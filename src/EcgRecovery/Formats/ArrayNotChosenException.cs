namespace EcgRecovery.Formats;

/// <summary>Several arrays of a file can be the recording, and the options name none.</summary>
internal sealed class ArrayNotChosenException(string message) : IOException(message);
