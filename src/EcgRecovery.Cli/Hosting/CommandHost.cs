using System.CommandLine;

namespace EcgRecovery.Cli.Hosting;

/// <summary>The root command, its list of verbs, and the one place where an error becomes a line and an exit code.</summary>
internal static class CommandHost
{
    /// <summary>Parses and runs; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Recovers lost segments of electrocardiograms. Not for diagnosis.");
        root.Subcommands.Add(EcgRecovery.Cli.Commands.PrepareCommand.Create());
        root.Subcommands.Add(EcgRecovery.Cli.Commands.TrainCommand.Create());
        return root.Parse(args).Invoke();
    }
}
