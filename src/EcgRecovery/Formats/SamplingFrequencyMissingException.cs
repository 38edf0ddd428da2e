namespace EcgRecovery.Formats;

/// <summary>A recording that cannot be opened without a sampling frequency: its file has none, and the options give none.</summary>
internal sealed class SamplingFrequencyMissingException(string message) : IOException(message);
