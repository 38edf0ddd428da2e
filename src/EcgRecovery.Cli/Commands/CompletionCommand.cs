using System.CommandLine;
using EcgRecovery.Cli.Help.Completion;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>completion</c>: prints the script that completes command lines in a shell.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        string[] shells = [.. CompletionScript.All.Select(script => script.Shell)];
        var names = string.Join(", ", shells);
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {names}.", CompletionSources = { shells } };
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !shells.Contains(token.Value))
                result.AddError($"'{token.Value}' is not a shell with completion; known here: {names}");
        });
        var command = new Verb(
            "completion",
            "Prints a script for a shell, which then completes commands, options, their values and files.",
            [.. shells.Select(name => $"completion {name}")])
        {
            shell,
        };
        command.SetAction((parse, _) =>
        {
            var script = CompletionScript.All.Single(script => script.Shell == parse.GetRequiredValue(shell));
            parse.InvocationConfiguration.Output.Write(
                script.Write(HelpPages.Of(parse.RootCommandResult.Command), CommandHost.Version));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
