using System.Collections;
using System.Diagnostics;

namespace EcgRecovery.Packages.Tests;

/// <summary>Runs lines of bash as a new user would: with an empty home, and none of the settings of the test's own run.</summary>
/// <param name="home">The home: its NuGet caches, tools and settings are those of the lines.</param>
internal sealed class Shell(string home)
{
    // A line that hangs must not hang the build. Generous, because the machine may be shared.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs lines, which end at the first error; fails the test where there is one.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <returns>What was written to standard output.</returns>
    public string Run(string folder, string lines, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", lines])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in NewUser().Concat(variables.ToArray()))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"no end after {s_patience}: {lines}");
        }

        var written = output.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {lines}\n{written}\n{error.GetAwaiter().GetResult()}");
        return written;
    }

    /// <summary>Returns the machine's environment without what the SDK has set for the test's own run, and with the new home.</summary>
    private IEnumerable<(string Name, string Value)> NewUser()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && name is not ("NUGET_PACKAGES" or "DOTNET_CLI_HOME"))
                yield return (name, (string)variable.Value!);
        }

        yield return ("HOME", home);
        yield return ("PATH", $"{Path.Combine(home, ".dotnet", "tools")}:{Environment.GetEnvironmentVariable("PATH")}");
        yield return ("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
        yield return ("DOTNET_NOLOGO", "1");
        yield return ("MSBUILDDISABLENODEREUSE", "1");
    }
}
