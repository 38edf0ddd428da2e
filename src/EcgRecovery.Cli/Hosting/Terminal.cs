using System.Globalization;

namespace EcgRecovery.Cli.Hosting;

/// <summary>The terminal that stdout and stderr may be.</summary>
internal static class Terminal
{
    private const int DefaultColumns = 80;

    /// <summary>Whether a progress bar may be drawn on stderr.</summary>
    /// <remarks><c>NO_COLOR</c> (no-color.org: set and not empty) and <c>TERM=dumb</c> prevent it.</remarks>
    public static bool CanDraw =>
        CanDrawOn(Console.IsErrorRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"));

    /// <summary>Whether stdout is a terminal.</summary>
    public static bool HasOutput => !Console.IsOutputRedirected;

    /// <summary>The width of a table on stdout: that of <c>COLUMNS</c>, or the terminal's, or 80 for a file or a pipe.</summary>
    public static int TableColumns =>
        TableColumnsOf(Environment.GetEnvironmentVariable("COLUMNS"), HasOutput ? Columns : DefaultColumns);

    /// <summary>The width of running text on stdout: that of a table, but a file or a pipe has lines of any length.</summary>
    public static int TextColumns =>
        TableColumnsOf(Environment.GetEnvironmentVariable("COLUMNS"), HasOutput ? Columns : int.MaxValue);

    /// <inheritdoc cref="TableColumns"/>
    /// <param name="variable">The value of <c>COLUMNS</c>, as most shells know it.</param>
    /// <param name="otherwise">The width where it is none.</param>
    public static int TableColumnsOf(string? variable, int otherwise) =>
        int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0 ? width : otherwise;

    /// <summary>Number of columns.</summary>
    public static int Columns
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : DefaultColumns;
            }
            catch (IOException) // Windows, when stdout is redirected
            {
                return DefaultColumns;
            }
        }
    }

    /// <inheritdoc cref="CanDraw"/>
    /// <param name="redirected">Whether stderr is a file or a pipe.</param>
    /// <param name="noColor">The value of <c>NO_COLOR</c>.</param>
    /// <param name="term">The value of <c>TERM</c>; Windows sets none.</param>
    public static bool CanDrawOn(bool redirected, string? noColor, string? term) =>
        !redirected
        && string.IsNullOrEmpty(noColor)
        && term != "dumb"
        && (OperatingSystem.IsWindows() || !string.IsNullOrEmpty(term));
}
