namespace EcgRecovery.Cli.Hosting;

/// <summary>What the process says when it ends; documented in docs/command-line.md.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The machine failed us: disk full, no permission.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong, or an output exists and <c>--overwrite</c> was not given.</summary>
    public const int Usage = 2;

    /// <summary>An input file is missing, broken or not what was expected.</summary>
    public const int InvalidInput = 3;

    /// <summary>Some of what was asked for could not be recovered and is still missing.</summary>
    public const int PartlyRecovered = 4;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
