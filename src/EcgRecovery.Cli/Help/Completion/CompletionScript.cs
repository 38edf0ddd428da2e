namespace EcgRecovery.Cli.Help.Completion;

/// <summary>A shell and the script that completes the program's command lines in it.</summary>
/// <remarks>
/// A script holds all names and values. It starts no program while a user types: that would take as long as the program's start for every
/// key, and fail where the program is busy or moved. It belongs to one version of the program; a later one writes it anew.
/// </remarks>
/// <param name="Shell">The shell's name.</param>
/// <param name="Write">Returns the script for the page of the program and its version.</param>
internal sealed record CompletionScript(string Shell, Func<HelpPage, string, string> Write)
{
    /// <summary>The scripts of all shells.</summary>
    public static IReadOnlyList<CompletionScript> All { get; } =
    [
        new("bash", BashCompletion.Write),
        new("zsh", ZshCompletion.Write),
        new("fish", FishCompletion.Write),
        new("pwsh", PowerShellCompletion.Write),
    ];

    /// <summary>Returns the first line, without the sign that begins a comment.</summary>
    /// <param name="page">The page of the program.</param>
    /// <param name="version">Its version.</param>
    /// <param name="shell">The shell's name.</param>
    public static string Heading(HelpPage page, string version, string shell) =>
        $"Completion of {page.Program} {version}, written by: {page.Program} completion {shell}";
}

/// <summary>A place of a command line where a value belongs.</summary>
/// <param name="Command">The words of the command, as in <c>prepare heartbeats</c>; empty for the program.</param>
/// <param name="Option">The option before the value; empty for an argument.</param>
/// <param name="Value">The value.</param>
internal sealed record ValuePlace(string Command, string Option, HelpValue Value)
{
    /// <summary>Returns all places: of every name of every option with a value, and one for the arguments of a command.</summary>
    public static IEnumerable<ValuePlace> Of(HelpPage program)
    {
        foreach (var page in program.All())
        {
            if (page.Arguments is [{ Value: { } first }, ..])
                yield return new ValuePlace(page.Path, "", first);
            foreach (var option in page.Options.Where(option => option.Value is not null))
            {
                foreach (var name in option.Names)
                    yield return new ValuePlace(page.Path, name, option.Value!);
            }
        }
    }
}
