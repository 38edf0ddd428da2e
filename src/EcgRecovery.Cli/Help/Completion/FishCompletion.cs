using System.Text;

namespace EcgRecovery.Cli.Help.Completion;

/// <summary>The completion script for fish, from version 3.0 on.</summary>
/// <remarks>Source: the fish manual, "complete".</remarks>
internal static class FishCompletion
{
    private const string Begins = "__ecg_recovery_begins";
    private const string Is = "__ecg_recovery_is";

    /// <summary>Returns the script.</summary>
    /// <param name="program">The page of the program.</param>
    /// <param name="version">Its version.</param>
    public static string Write(HelpPage program, string version)
    {
        var text = new StringBuilder();
        text.Append($"# {CompletionScript.Heading(program, version, "fish")}\n");
        text.Append(
            $$"""
            function {{Begins}} --description 'Whether the words after the program begin with these'
                set -l words (commandline -opc)
                set -e words[1]
                set -l count (count $argv)
                test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
            end
            function {{Is}} --description 'Whether the words after the program are these'
                set -l words (commandline -opc)
                set -e words[1]
                test "$words" = "$argv"
            end

            """);
        text.Append($"complete -c {program.Program} -f\n");
        foreach (var page in program.All())
        {
            foreach (var child in page.Commands)
                Line(page.Path, Is, $"-a {Quote(child.Name)} -d {Quote(child.Summary)}");
            foreach (var argument in page.Arguments)
                Line(page.Path, Begins, Candidates(argument.Value!, isOption: false));
            foreach (var option in page.Options)
                Line(page.Path, page.Path.Length > 0 ? Begins : Is, Option(option));
        }

        return text.ToString();

        void Line(string path, string condition, string rest) =>
            text.Append($"complete -c {program.Program} -n {Quote($"{condition} {path}".TrimEnd())} {rest}\n");
    }

    private static string Option(HelpParameter option)
    {
        var names = option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}");
        var value = option.Value is null ? "" : $"{Candidates(option.Value, isOption: true)} ";
        return $"{string.Join(' ', names)} {value}-d {Quote(HelpPage.FirstSentence(option.Description))}";
    }

    // -r: a value follows; -F: files; -x: a value that is no file.
    private static string Candidates(HelpValue value, bool isOption)
    {
        var files = (isOption, value.Files == HelpFiles.Files) switch
        {
            (true, true) => "-r -F",
            (true, false) => "-x",
            (false, true) => "-F",
            _ => "",
        };
        var words = value.Files == HelpFiles.Folders ? "(__fish_complete_directories)" : string.Join(' ', value.Choices);
        return words.Length > 0 ? $"{files} -a {Quote(words)}".TrimStart() : files;
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
