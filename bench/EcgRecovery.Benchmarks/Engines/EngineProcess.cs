using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Benchmarks.Cases;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>An engine in a process of its own that stays for many timings.</summary>
/// <remarks>
/// <code>
/// PROGRAM CASE RESULTS training|inference THREADS
/// it writes its values to RESULTS, then says       ready NAME VERSION
/// we ask with seconds, it answers milliseconds     0.5 → 9.812345      until its input ends
/// </code>
/// While others are timed it waits for its input.
/// </remarks>
internal sealed class EngineProcess : IRunningEngine
{
    /// <summary>The first word of the line that says that the values are written.</summary>
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
        Version = Answer() is { } line && line.StartsWith(ReadyWord + " ", StringComparison.Ordinal) ? line[(ReadyWord.Length + 1)..] : throw Failed();
    }

    public string Version { get; }

    /// <summary>Starts the process and waits until its values are written.</summary>
    /// <exception cref="EngineFailedException">It cannot be started, or ends instead.</exception>
    public static EngineProcess Start(ProcessStartInfo start, CaseFolder folder, Workloads.Work work, int threads)
    {
        var results = Directory.CreateTempSubdirectory("ecg-recovery-values-").FullName;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var training = work == Workloads.Work.Training;
        foreach (var argument in new[] { folder.Path, results, training ? "training" : "inference", threads.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
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

    public ValueErrors Errors(EngineValues expected) => ValueErrors.Between(expected, EngineValues.Read(_results, _folder.Network, _training));

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

    /// <summary>The next line; null where the process ended, or is silent for too long.</summary>
    private string? Answer()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(s_patience) ? line.Result : null;
    }

    /// <summary>What the process said last before it gave up.</summary>
    private EngineFailedException Failed()
    {
        _process.Kill();
        var said = _errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return new EngineFailedException(said ?? "it ended, or was silent for too long");
    }
}
