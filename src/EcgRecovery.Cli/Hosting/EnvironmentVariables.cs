using EcgRecovery.Neural;

namespace EcgRecovery.Cli.Hosting;

/// <summary>The environment variables that the tool reads, for the man page.</summary>
internal static class EnvironmentVariables
{
    /// <summary>The variable with the date of a man page.</summary>
    public const string SourceDate = "SOURCE_DATE_EPOCH";

    /// <summary>The variables, each with what it does.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        ("COLUMNS", "The width of tables, instead of the terminal's."),
        ("NO_COLOR", "Set, it replaces progress bars by a plain line now and then. The value dumb of TERM does the same."),
        (ErrorLine.DebugVariable, "The value 1 adds the stack trace to an error, for a bug report."),
        (EnginePaths.Variable, "How networks compute: reference, vector128, avx2 or avx512. By default the widest that the machine has."),
        (SourceDate, "The date of the man page, in seconds since 1970."),
    ];
}
