using System.Text;

namespace EcgRecovery.Cli.Help.Completion;

/// <summary>The completion script for PowerShell, from version 5.1 on.</summary>
/// <remarks>
/// Where a completer returns nothing, PowerShell offers files. Source: the PowerShell documentation, "Register-ArgumentCompleter".
/// </remarks>
internal static class PowerShellCompletion
{
    /// <summary>Returns the script.</summary>
    /// <param name="program">The page of the program.</param>
    /// <param name="version">Its version.</param>
    public static string Write(HelpPage program, string version)
    {
        var pages = program.All().ToList();
        return $$"""
            # {{CompletionScript.Heading(program, version, "pwsh")}}
            Register-ArgumentCompleter -Native -CommandName {{Quote(program.Program)}}, {{Quote($"{program.Program}.exe")}} -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                # By command: the commands below it, then its options, each with what it does.
                $commands = @{
            {{Table(pages.Where(page => page.Commands.Count > 0).Select(page => (page.Path, Named(page.Commands.Select(child => (child.Name, child.Summary))))))}}
                }
                $options = @{
            {{Table(pages.Select(page => (page.Path, Named(page.Options.SelectMany(Names)))))}}
                }
                # By command and option: the values, and whether files or folders are values too.
                $values = @{
            {{Table(ValuePlace.Of(program).Select(place => ($"{place.Command} {place.Option}", Values(place.Value))))}}
                }
                $several = @({{List(ValuePlace.Of(program).Where(place => place.Value.TakesSeveral).Select(place => $"{place.Command} {place.Option}"))}})

                $command = ''
                $option = ''
                foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
                    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                    $word = $element.Extent.Text
                    if ($word.StartsWith('-')) {
                        $option = if ($values.ContainsKey("$command $word")) { $word } else { '' }
                    } elseif ($commands.ContainsKey($command) -and $commands[$command].Contains($word)) {
                        $command = "$command $word".Trim()
                    } elseif ($several -notcontains "$command $option") {
                        $option = ''
                    }
                }
                $prefix = ''
                $current = $wordToComplete
                if ($current -match '^(--[^=]+)=(.*)$') {
                    $option = $Matches[1]
                    $prefix = "$option="
                    $current = $Matches[2]
                }

                $found = [ordered]@{}
                $files = ''
                if ($current.StartsWith('-')) {
                    $found = $options[$command]
                } else {
                    if ($option -eq '' -and $commands.ContainsKey($command)) { $found = $commands[$command] }
                    $value = $values["$command $option"]
                    if ($value) {
                        foreach ($word in $value.Words) { $found[$word] = $word }
                        $files = $value.Files
                    }
                }
                foreach ($word in $found.Keys) {
                    if ($word.StartsWith($current)) {
                        [System.Management.Automation.CompletionResult]::new("$prefix$word", $word, 'ParameterValue', $found[$word])
                    }
                }
                if ($files -and $prefix -eq '') {
                    [System.Management.Automation.CompletionCompleters]::CompleteFilename($current) |
                        Where-Object { $files -eq 'all' -or $_.ResultType -eq 'ProviderContainer' }
                }
            }

            """;
    }

    private static IEnumerable<(string Name, string Help)> Names(HelpParameter option) =>
        option.Names.Select(name => (name, HelpPage.FirstSentence(option.Description)));

    private static string Named(IEnumerable<(string Name, string Help)> names) =>
        $"[ordered]@{{ {string.Join("; ", names.Select(one => $"{Quote(one.Name)} = {Quote(one.Help)}"))} }}";

    private static string Values(HelpValue value)
    {
        var files = value.Files switch
        {
            HelpFiles.Files => "all",
            HelpFiles.Folders => "folders",
            _ => "",
        };
        return $"@{{ Words = @({List(value.Choices)}); Files = {Quote(files)} }}";
    }

    private static string Table(IEnumerable<(string Key, string Value)> entries) => new StringBuilder()
        .AppendJoin('\n', entries.Select(entry => $"        {Quote(entry.Key)} = {entry.Value}")).ToString();

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(Quote));

    // PowerShell takes typographic apostrophes for quotes, too.
    private static string Quote(string text) =>
        $"'{string.Concat(text.Select(sign => sign is '\'' or '‘' or '’' or '‚' or '‛' ? $"{sign}{sign}" : $"{sign}"))}'";
}
