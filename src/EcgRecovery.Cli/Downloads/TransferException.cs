namespace EcgRecovery.Cli.Downloads;

/// <summary>A failed request: no connection, an interruption, or a refusal. The message is one line with the address.</summary>
internal sealed class TransferException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Whether the server answered with a refusal, such as 404; other files may still be available.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The time that the server asks to wait before the next attempt.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Returns the exception with the number of attempts in its message.</summary>
    public TransferException AfterTries(int tries) => new($"{Message} ({tries} tries)", this) { IsRefusal = IsRefusal };
}
