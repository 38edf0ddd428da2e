using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.Help.Completion;

/// <summary>Command lines typed into an interactive shell, on a terminal.</summary>
internal static partial class TypedLine
{
    /// <summary>A function in the place of the tool that prints its arguments, in the language of bash and zsh.</summary>
    public const string Echo = "ecg-recovery() { printf 'ARGUMENT<%s>\\n' \"$@\"; }";

    /// <summary>Types lines, in which <c>\t</c> is the Tab key, and returns the arguments that the tool would get.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="shell">The shell's command line.</param>
    /// <param name="lines">The lines.</param>
    public static string[] Arguments(string folder, string shell, params string[] lines)
    {
        // The script of util-linux runs a program on a terminal of its own.
        var input = string.Concat([.. lines.Select(line => $"{line}\n"), "exit\n"]);
        var output = ChildProcess.RunProgram("script", ["-qec", shell, "/dev/null"], folder, input).Output;
        return [.. Argument().Matches(output).Select(match => match.Groups["value"].Value)];
    }

    // What is typed comes back too, but "%s" is no argument of a line.
    [GeneratedRegex("ARGUMENT<(?<value>[^%>]+)>")]
    private static partial Regex Argument();
}
