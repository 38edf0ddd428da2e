namespace EcgRecovery.Cli.Hosting;

/// <summary>The terminal that stderr may be.</summary>
internal static class Terminal
{
    private const int DefaultColumns = 80;

    /// <summary>Whether a progress bar may be drawn on stderr.</summary>
    /// <remarks><c>NO_COLOR</c> (no-color.org: set and not empty) and <c>TERM=dumb</c> prevent it.</remarks>
    public static bool CanDraw =>
        CanDrawOn(Console.IsErrorRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"));

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
