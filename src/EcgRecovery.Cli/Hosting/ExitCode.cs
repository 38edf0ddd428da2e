namespace EcgRecovery.Cli.Hosting;

/// <summary>Exit codes of the process; documented in docs/command-line.md.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The system failed: disk full, no permission, an unexpected error.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong, or an output exists and <c>--overwrite</c> is missing.</summary>
    public const int Usage = 2;

    /// <summary>An input file is missing, broken or of the wrong kind.</summary>
    public const int InvalidInput = 3;

    /// <summary>Some samples could not be recovered and are still missing.</summary>
    public const int PartlyRecovered = 4;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Cancelled = 130;

    /// <summary>All codes and their meaning, as the man page states it.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"),
        (Failure, "failure: disk full, no permission, out of memory, or a mistake of ours"),
        (Usage, "usage: the command line is wrong, or an output exists and --overwrite was not given"),
        (InvalidInput, "invalid input: a file is missing, broken or not what was expected"),
        (PartlyRecovered, "partly recovered: some samples are still missing"),
        (Cancelled, "cancelled by Ctrl-C or SIGTERM; a second Ctrl-C ends at once, without tidying up"),
    ];
}
