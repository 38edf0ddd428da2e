using System.Text;

namespace EcgRecovery.Cli.Help.Completion;

/// <summary>The completion script for zsh: a file <c>_ecg-recovery</c> of <c>fpath</c>, or text for <c>source</c>.</summary>
/// <remarks>Source: the zsh manual, "Completion System" and its function <c>_arguments</c>.</remarks>
internal static class ZshCompletion
{
    // No command has its name: they do not begin with a dash.
    private const string FilesFunction = "_ecg-recovery--values-or-files";

    /// <summary>Returns the script.</summary>
    /// <param name="program">The page of the program.</param>
    /// <param name="version">Its version.</param>
    public static string Write(HelpPage program, string version)
    {
        var text = new StringBuilder();
        text.Append($"#compdef {program.Program}\n");
        text.Append($"# {CompletionScript.Heading(program, version, "zsh")}\n\n");
        foreach (var page in program.All().Reverse())
            text.Append(page.Commands.Count > 0 ? Group(page) : Leaf(page));
        text.Append(
            $$"""
            {{FilesFunction}}() {
                _alternative "values:value:($*)" 'files:file:_files'
            }

            # A file of fpath is the function itself.
            if [[ ${funcstack[1]} == {{Function(program)}} ]]; then
                {{Function(program)}} "$@"
            else
                compdef {{Function(program)}} {{program.Program}}
            fi

            """);
        return text.ToString();
    }

    private static string Leaf(HelpPage page) =>
        $"{Function(page)}() {{\n    _arguments{Lines([.. page.Options.SelectMany(Specs), .. Operands(page)])}\n}}\n\n";

    private static string Group(HelpPage page)
    {
        var commands = page.Commands.Select(child => $"\n        {Quote($"{child.Name}:{child.Summary}")}");
        var cases = page.Commands.Select(child => $"\n                {child.Name}) {Function(child)} ;;");
        return $$"""
            {{Function(page)}}() {
                local curcontext=$curcontext state line
                local -a commands=({{string.Concat(commands)}}
                )
                typeset -A opt_args
                _arguments -C{{Lines([.. page.Options.SelectMany(Specs), "'1: :->command'", "'*:: :->rest'"])}}
                case $state in
                    command) _describe -t commands command commands ;;
                    rest)
                        case $line[1] in{{string.Concat(cases)}}
                        esac
                        ;;
                esac
            }


            """;
    }

    // A spec for each name; a name excludes the others, and itself unless it may be repeated.
    private static IEnumerable<string> Specs(HelpParameter option)
    {
        var isRepeatable = option.Value is { IsRepeatable: true };
        var excluded = isRepeatable ? "*" : $"({string.Join(' ', option.Names)})";
        var help = $"[{Escape(HelpPage.FirstSentence(option.Description), "[]")}]";
        foreach (var name in option.Names)
        {
            var assigned = option.Value is not null && name.StartsWith("--", StringComparison.Ordinal) ? "=" : "";
            yield return Quote($"{excluded}{name}{assigned}{help}{(option.Value is { } value ? Action(value) : "")}");
        }
    }

    private static IEnumerable<string> Operands(HelpPage page) => page.Arguments.Select(argument => Quote(Action(argument.Value!)));

    private static string Action(HelpValue value)
    {
        var choices = string.Join(' ', value.Choices);
        var action = (value.Files, choices) switch
        {
            (HelpFiles.Folders, _) => "_files -/",
            (HelpFiles.Files, "") => "_files",
            // The space keeps away the arguments that a function of completions would get.
            (HelpFiles.Files, _) => $" {FilesFunction} {choices}",
            (_, "") => " ",
            _ => $"({choices})",
        };
        return $":{Escape(value.Name, ":")}:{action}";
    }

    private static string Function(HelpPage page) => $"_{page.CommandLine.Replace(' ', '-')}";

    private static string Lines(IEnumerable<string> specs) => string.Concat(specs.Select(spec => $" \\\n        {spec}"));

    private static string Escape(string text, string signs) =>
        string.Concat(text.Select(sign => sign == '\\' || signs.Contains(sign) ? $"\\{sign}" : $"{sign}"));

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
