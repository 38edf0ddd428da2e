using System.CommandLine;
using EcgRecovery.Cli.Demo;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>demo</c>: all steps from a real recording to a report, without a download.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--output")
        {
            Description = "The demo's own folder, rewritten by every run.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(".", "ecg-recovery-demo"),
        };
        var seed = StandardOptions.Seed();
        var threads = StandardOptions.Threads();
        var command = new Verb(
            "demo",
            "Recovers gaps in a real five-minute recording and compares with the truth; then trains on its beats and recovers gaps in the "
            + "last fifth. Needs no download.",
            "demo",
            "demo --output my-demo --seed 7")
        {
            output, seed, threads,
        };
        command.SetAction((parse, token) =>
        {
            var folder = parse.GetRequiredValue(output);
            DemoFolder.Prepare(folder);
            new DemoRun
            {
                Folder = folder,
                Seed = parse.GetValue(seed),
                Threads = parse.GetValue(threads),
                Output = parse.InvocationConfiguration.Output,
                Error = parse.InvocationConfiguration.Error,
            }.All(token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
