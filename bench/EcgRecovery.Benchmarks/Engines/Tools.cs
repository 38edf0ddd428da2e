using System.ComponentModel;
using System.Diagnostics;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>The checkout, and programs that are run to the end.</summary>
internal static class Tools
{
    /// <summary>The checkout's <c>bench</c> folder.</summary>
    public static string BenchFolder { get; } = Path.Combine(FindCheckout(), "bench");

    /// <summary>Where things are built; git ignores it.</summary>
    public static string BuildFolder => Path.Combine(BenchFolder, "out");

    /// <summary>The checkout that this program was built from.</summary>
    public static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No EcgRecovery.slnx above {AppContext.BaseDirectory}.");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="EngineFailedException">It cannot be started, or fails.</exception>
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
            var said = (errors.Result + output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
            throw new EngineFailedException($"{Path.GetFileName(program)} failed: {said}");
        }
        catch (Win32Exception exception)
        {
            throw new EngineFailedException($"{program} is not installed", exception);
        }
    }

    /// <summary>Builds a program that is not of this repository's solution, without the repository's properties and packages.</summary>
    /// <param name="source">A project, or a single C# file.</param>
    /// <param name="output">Receives the program.</param>
    /// <exception cref="EngineFailedException">It cannot be built.</exception>
    public static void BuildDotnet(string source, string output) => Run(
        "dotnet",
        [
            "build", source, "-c", "Release", "-v", "q", "--nologo", "-o", output,
            "-p:ImportDirectoryBuildProps=false", "-p:ImportDirectoryPackagesProps=false",
        ]);

    /// <summary>Whether a file must be built: it is missing, or older than a source.</summary>
    public static bool IsOutdated(string built, params IEnumerable<string> sources) =>
        !File.Exists(built) || sources.Any(source => File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(built));
}
