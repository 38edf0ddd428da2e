using System.Text;

namespace EcgRecovery.Cli.Help.Completion;

/// <summary>The completion script for bash, from version 3.2 on, which macOS has.</summary>
/// <remarks>Source: the GNU bash manual, "Programmable Completion".</remarks>
internal static class BashCompletion
{
    /// <summary>Returns the script.</summary>
    /// <param name="program">The page of the program.</param>
    /// <param name="version">Its version.</param>
    public static string Write(HelpPage program, string version)
    {
        var function = $"_{program.Program.Replace('-', '_')}";
        var pages = program.All().ToList();
        var places = ValuePlace.Of(program).ToList();
        return $$"""
            # {{CompletionScript.Heading(program, version, "bash")}}
            {{function}}() {
                local current=${COMP_WORDS[COMP_CWORD]} command='' option='' words='' files='' word i
                # The command, and the option before the current word that still waits for a value.
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == -* ]]; then
                        case "$command $word" in
            {{Cases([.. Switches(pages).Select(key => (key, "option=''")), ("*", "option=$word")], 16)}}
                        esac
                    elif [[ $word != '=' ]]; then
                        case "$command/$word" in
            {{Cases(pages.SelectMany(page => page.Commands.Select(child => ($"{page.Path}/{child.Name}", $"command='{child.Path}'"))), 16)}}
                        esac
                        case "$command $option" in
            {{Cases([.. places.Where(place => place.Value.TakesSeveral).Select(place => (Key(place), "")), ("*", "option=''")], 16)}}
                        esac
                    fi
                done
                [[ $current == '=' ]] && current=''
                if [[ $current == -* ]]; then
                    case $command in
            {{Cases(pages.Select(page => (page.Path, $"words='{Join(page.Options.SelectMany(option => option.Names))}'")), 12)}}
                    esac
                else
                    case "$command $option" in
            {{Cases(places.Select(place => (Key(place), Values(place.Value))).Where(one => one.Item2.Length > 0), 12)}}
            {{Cases(pages.Where(page => page.Commands.Count > 0)
                .Select(page => ($"{page.Path} ", $"words='{Join(page.Commands.Select(child => child.Name))}'")), 12)}}
                    esac
                fi
                COMPREPLY=()
                while IFS='' read -r word; do
                    COMPREPLY+=("$word")
                done < <(
                    compgen -W "$words" -- "$current"
                    [[ $files == some ]] && compgen -f -- "$current"
                )
                # Bash 3.2 has no compopt and offers files everywhere.
                case $files in
                    all) ;;
                    some) compopt -o filenames ;;
                    folders) compopt -o dirnames +o default ;;
                    *) compopt +o default ;;
                esac 2> /dev/null
            }
            complete -o default -F {{function}} {{program.Program}}

            """;
    }

    private static IEnumerable<string> Switches(IEnumerable<HelpPage> pages) => pages.SelectMany(page =>
        page.Options.Where(option => option.Value is null).SelectMany(option => option.Names).Select(name => $"{page.Path} {name}"));

    private static string Key(ValuePlace place) => $"{place.Command} {place.Option}";

    // "some" are files beside the words; where there are files alone, readline completes them.
    private static string Values(HelpValue value)
    {
        var files = value.Files switch
        {
            HelpFiles.Folders => "folders",
            HelpFiles.Files => value.Choices.Count > 0 ? "some" : "all",
            _ => "",
        };
        string[] parts = [value.Choices.Count > 0 ? $"words='{Join(value.Choices)}'" : "", files.Length > 0 ? $"files={files}" : ""];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);

    // Keys with the same effect share a line.
    private static string Cases(IEnumerable<(string Key, string Effect)> cases, int indent)
    {
        var lines = cases.GroupBy(one => one.Effect, one => one.Key).Select(group =>
            $"{new string(' ', indent)}{string.Join(" | ", group.Select(key => key == "*" ? key : $"'{key}'"))}) {group.Key} ;;");
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }
}
