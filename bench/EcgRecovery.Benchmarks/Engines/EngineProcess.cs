using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Benchmarks.Cases;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>An engine in a separate process, for many measurements.</summary>
/// <remarks>
/// <code>
/// PROGRAM CASE RESULTS training|inference THREADS
/// writes its values to RESULTS, then prints           ready NAME VERSION
/// answers each line of seconds with milliseconds      0.5 → 9.812345      until its input ends
/// </code>
/// Between measurements it waits for input.
/// </remarks>
internal sealed class EngineProcess : IRunningEngine
{
    /// <summary>The first word of the line after the values are written.</summary>
    public const string ReadyWord = "ready";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CaseFolder _folder;
    private readonly string _results;
    private readonly bool _training;

    private EngineProcess(Process process, CaseFolder folder, string results, bool training)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _folder = folder;
        _results = results;
        _training = training;
        Version = Answer() is { } line && line.StartsWith(ReadyWord + " ", StringComparison.Ordinal)
            ? line[(ReadyWord.Length + 1)..]
            : throw Failed();
    }

    public string Version { get; }

    /// <summary>Starts a process and waits until its values are written.</summary>
    /// <exception cref="EngineFailedException">It cannot be started, or ends before.</exception>
    public static EngineProcess Start(ProcessStartInfo start, CaseFolder folder, Workloads.Work work, int threads)
    {
        var results = Directory.CreateTempSubdirectory("ecg-recovery-values-").FullName;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var training = work == Workloads.Work.Training;
        start.ArgumentList.Add(folder.Path);
        start.ArgumentList.Add(results);
        start.ArgumentList.Add(training ? "training" : "inference");
        start.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        try
        {
            return new EngineProcess(Process.Start(start)!, folder, results, training);
        }
        catch (Exception exception) when (exception is Win32Exception or EngineFailedException)
        {
            Directory.Delete(results, recursive: true);
            throw new EngineFailedException(exception.Message, exception);
        }
    }

    public ValueErrors Errors(EngineValues expected) =>
        ValueErrors.Between(expected, EngineValues.Read(_results, _folder.Network, _training));

    public double MedianMilliseconds(double seconds)
    {
        _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.TryParse(Answer(), CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : throw Failed();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_results, recursive: true);
    }

    /// <summary>Returns the next line, or null if the process ended or did not answer in time.</summary>
    private string? Answer()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(s_patience) ? line.Result : null;
    }

    /// <summary>Ends the process and returns an error with the last line of its error output.</summary>
    private EngineFailedException Failed()
    {
        _process.Kill();
        var last = _errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return new EngineFailedException(last ?? "it ended, or did not answer in time");
    }
}
