namespace EcgRecovery.Cli.Hosting;

/// <summary>What stderr can show.</summary>
internal static class Terminal
{
    /// <summary>Whether a progress bar may be drawn on stderr.</summary>
    /// <remarks>
    /// Asked before Spectre.Console is touched, because version 0.49 writes escape codes into redirected output.
    /// Honours <c>NO_COLOR</c> (no-color.org: set and not empty) and <c>TERM=dumb</c>.
    /// </remarks>
    public static bool CanDraw =>
        CanDrawOn(Console.IsErrorRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"));

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
