using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Writes one line for an exception, without its stack trace, and chooses the exit code.</summary>
internal static class ErrorLine
{
    /// <summary>The environment variable that, set to 1, adds the stack trace.</summary>
    public const string DebugVariable = "ECGRECOVERY_DEBUG";

    /// <summary>Writes <c>error: …</c>; returns the exit code.</summary>
    public static int Write(Exception exception, TextWriter error)
    {
        var cause = Unwrap(exception);
        var (code, text) = Describe(cause);
        try
        {
            error.WriteLine($"error: {OneLine(text)}");
            if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
                error.WriteLine(exception.ToString());
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // stderr cannot be written either; the exit code is all that remains
        }

        return code;
    }

    private static (int Code, string Text) Describe(Exception exception) => exception switch
    {
        OutputExistsException { CanBeReplaced: true } => (ExitCode.Usage, WithHint(exception, "give --overwrite to replace it")),
        SamplingFrequencyMissingException => (ExitCode.InvalidInput, WithHint(exception, "give it with --sampling-frequency")),
        HeartbeatFileException => (ExitCode.InvalidInput, WithHint(exception, "heartbeats are read by recover --beats")),
        UsageException or OutputExistsException or FormatException => (ExitCode.Usage, exception.Message),
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException or EndOfStreamException =>
            (ExitCode.InvalidInput, exception.Message),
        OperationCanceledException => (ExitCode.Cancelled, "cancelled"),
        IOException or UnauthorizedAccessException or PlatformNotSupportedException => (ExitCode.Failure, exception.Message),
        OutOfMemoryException => (ExitCode.Failure, "there is not enough memory for this"),
        _ => (
            ExitCode.Failure,
            $"unexpected: {exception.Message} ({exception.GetType().Name}; set {DebugVariable}=1 for the stack trace)"),
    };

    private static string WithHint(Exception exception, string hint) => $"{exception.Message.TrimEnd('.')}; {hint}.";

    // Parallel loops and static constructors wrap the exception.
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Unwrap(first),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
