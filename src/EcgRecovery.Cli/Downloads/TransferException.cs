namespace EcgRecovery.Cli.Downloads;

/// <summary>A server could not be reached, broke off, or refused; one line that names the address.</summary>
internal sealed class TransferException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether another try may help.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Whether the server lives and says no, as with 404: other files may still be had.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>The same, of the last of several tries.</summary>
    public TransferException AfterTries(int tries) => new($"{Message} ({tries} tries)", this) { IsRefusal = IsRefusal };
}
