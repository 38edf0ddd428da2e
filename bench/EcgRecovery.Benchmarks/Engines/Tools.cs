using System.ComponentModel;
using System.Diagnostics;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>Paths of the checkout, and calls of programs.</summary>
internal static class Tools
{
    /// <summary>Gets the <c>bench</c> folder of the checkout.</summary>
    public static string BenchFolder { get; } = Path.Combine(FindCheckout(), "bench");

    /// <summary>Gets the folder for built programs; git ignores it.</summary>
    public static string BuildFolder => Path.Combine(BenchFolder, "out");

    /// <summary>Returns the checkout of this program.</summary>
    public static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No EcgRecovery.slnx above {AppContext.BaseDirectory}.");
    }

    /// <summary>Runs a program and returns its standard output.</summary>
    /// <exception cref="EngineFailedException">The program cannot be started, or fails.</exception>
    public static string Run(string program, string[] arguments, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? "",
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            var first = (errors.Result + output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault();
            throw new EngineFailedException($"{Path.GetFileName(program)} failed: {first}");
        }
        catch (Win32Exception exception)
        {
            throw new EngineFailedException($"{program} is not installed", exception);
        }
    }

    /// <summary>Builds a program outside the solution, without the repository's properties and package versions.</summary>
    /// <param name="source">A project, or a single C# file.</param>
    /// <param name="output">Receives the program.</param>
    /// <exception cref="EngineFailedException">The program cannot be built.</exception>
    public static void BuildDotnet(string source, string output) => Run(
        "dotnet",
        [
            "build", source, "-c", "Release", "-v", "q", "--nologo", "-o", output,
            "-p:ImportDirectoryBuildProps=false", "-p:ImportDirectoryPackagesProps=false",
        ]);

    /// <summary>Returns whether a file is missing or older than a source.</summary>
    public static bool IsOutdated(string built, params IEnumerable<string> sources) =>
        !File.Exists(built) || sources.Any(source => File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(built));
}
