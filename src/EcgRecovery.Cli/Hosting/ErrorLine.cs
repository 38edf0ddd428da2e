using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery.Training;

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
        if (OptionFor(cause) is { } option)
            text = $"{text.TrimEnd('.')}; {option}.";
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
        UsageException or OutputExistsException or CheckpointExistsException or FormatException => (ExitCode.Usage, exception.Message),
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException or EndOfStreamException
            or SamplingFrequencyMissingException or ArrayNotChosenException or HeartbeatFileException =>
            (ExitCode.InvalidInput, exception.Message),
        OperationCanceledException => (ExitCode.Cancelled, "cancelled"),
        IOException or UnauthorizedAccessException or PlatformNotSupportedException => (ExitCode.Failure, exception.Message),
        OutOfMemoryException => (ExitCode.Failure, "there is not enough memory for this"),
        _ => (
            ExitCode.Failure,
            $"unexpected: {exception.Message} ({exception.GetType().Name}; set {DebugVariable}=1 for the stack trace)"),
    };

    // The option that helps: the libraries, which throw these exceptions, know no command line.
    private static string? OptionFor(Exception exception) => exception switch
    {
        OutputExistsException { CanBeReplaced: true } => "give --overwrite to replace it",
        CheckpointExistsException => "give --resume to continue from it",
        SamplingFrequencyMissingException => "give it with --sampling-frequency",
        ArrayNotChosenException => "give it with --variable",
        HeartbeatFileException => "'recover --beats' reads heartbeats",
        _ => null,
    };

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
