namespace EcgRecovery.Formats.Files;

/// <summary>An output that must not be written: it exists and may not be replaced, or it is an input, a directory or a device.</summary>
public sealed class OutputExistsException(string message) : IOException(message)
{
    /// <summary>Whether the output could be written if existing files might be replaced.</summary>
    public bool CanBeReplaced { get; init; }
}
