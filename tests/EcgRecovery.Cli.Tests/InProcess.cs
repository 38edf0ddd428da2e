using System.CommandLine;
using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests;

/// <summary>What a command line wrote and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The house's promise for every failure: this exit code, one line on stderr, nothing on stdout, no stack trace.</summary>
    public void AssertOneErrorLine(int exitCode, params string[] parts)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}, expected {exitCode}: {Error}");
        Assert.StartsWith("error: ", Error);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n'));
        Assert.DoesNotContain("   at ", Error);
        Assert.Equal("", Output);
        foreach (var part in parts)
            Assert.Contains(part, Error);
    }
}

/// <summary>Runs command lines inside the test's process, on writers of its own.</summary>
internal static class InProcess
{
    /// <summary>The tool's verbs.</summary>
    public static CommandResult Run(params string[] args) => Run(VerbList.Create(), args);

    /// <summary>Other verbs under the tool's hosting.</summary>
    public static CommandResult Run(IEnumerable<Command> verbs, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandHost.Run(verbs, args, output, error, TestContext.Current.CancellationToken);
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}
