using System.Diagnostics;

namespace EcgRecovery.Cli.Tests;

/// <summary>Runs the built tool as a process of its own, where signals, exit codes and closed pipes are real.</summary>
internal static class ChildProcess
{
    // A child that hangs must not hang the build.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly string s_tool = Path.Combine(AppContext.BaseDirectory, "ecg-recovery.dll");

    /// <summary>Runs the tool to its end.</summary>
    public static CommandResult Run(params string[] args)
    {
        using var process = Start("dotnet", [s_tool, .. args]);
        return Finish(process);
    }

    /// <summary>Runs another program to its end, in a folder.</summary>
    /// <param name="program">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="input">What it reads from stdin.</param>
    public static CommandResult RunProgram(string program, IEnumerable<string> args, string folder, string input = "")
    {
        using var process = Start(program, args, folder);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return Finish(process);
    }

    /// <summary>Returns whether a program can be run by its name.</summary>
    public static bool IsHere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a line of bash in which <c>"$@"</c> stands for the tool with the arguments.</summary>
    public static CommandResult Bash(string line, params string[] args)
    {
        using var process = Start("bash", ["-c", line, "bash", "dotnet", s_tool, .. args]);
        return Finish(process);
    }

    /// <summary>Starts the tool; the caller signals it and then calls <see cref="Finish"/>.</summary>
    public static Process StartTool(params string[] args) => Start("dotnet", [s_tool, .. args]);

    /// <summary>Waits for the end and gathers what was written.</summary>
    public static CommandResult Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"no end after {s_patience}");
        }

        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Process Start(string program, IEnumerable<string> args, string? folder = null)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder ?? "",
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
