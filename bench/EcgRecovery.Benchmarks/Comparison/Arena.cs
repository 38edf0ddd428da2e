using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>The duration of the measurements.</summary>
/// <param name="Sittings">Number of starts of each engine: the speed of a process depends on its place in memory.</param>
/// <param name="Rounds">Number of rounds per sitting; a round times every contestant once.</param>
/// <param name="Seconds">Time for each contestant and round.</param>
internal sealed record Effort(int Sittings, int Rounds, double Seconds);

/// <summary>The place of the contests: starts contestants, checks their values, and times those with correct values in turn.</summary>
internal sealed class Arena(Effort effort, TextWriter log)
{
    private const double PeakSeconds = 0.1;

    // Threads of OpenMP and of our engine spin for a while after their work: wait until they sleep before the next measurement.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(30);

    // Runtimes compile and collect for a moment after their start.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<TimedEngine, string?> _absent = [];

    /// <summary>Returns the reason why an engine is not available, or null if it is.</summary>
    public string? WhyAbsent(TimedEngine engine)
    {
        if (_absent.TryGetValue(engine, out var known))
            return known;
        string? reason = null;
        try
        {
            engine.Prepare();
        }
        catch (EngineFailedException exception)
        {
            reason = exception.Message;
            log.WriteLine($"{engine.Name} is skipped: {reason}");
        }

        return _absent[engine] = reason;
    }

    public ContestResult Hold(Contest contest)
    {
        log.WriteLine($"{contest.Workload.Work.ToString().ToLowerInvariant()}: {contest.Workload.Name}");
        foreach (var contestant in contest.Contestants)
            WhyAbsent(contestant.Engine);   // builds programs before the first measurement
        var folder = CaseFolder.Create(Directory.CreateTempSubdirectory("ecg-recovery-case-").FullName, contest.Workload);
        try
        {
            var result = new ContestResult(contest);
            var expected = EngineValues.Expected(folder);
            for (var sitting = 0; sitting < effort.Sittings; sitting++)
                Sit(result, folder, expected);
            foreach (var contestant in contest.Contestants)
                log.WriteLine($"  {contestant,-32} {Describe(result, contestant)}");
            return result;
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private void Sit(ContestResult result, CaseFolder folder, EngineValues expected)
    {
        var running = new List<(Outcome Outcome, IRunningEngine Engine)>();
        try
        {
            foreach (var contestant in result.Contest.Contestants)
            {
                if (Admit(contestant, result[contestant], folder, expected, result.Workload.Work) is { } engine)
                    running.Add((result[contestant], engine));
            }

            Thread.Sleep(s_settling);
            for (var round = 0; round < effort.Rounds; round++)
                Round(result, running);
        }
        finally
        {
            foreach (var (_, engine) in running)
                engine.Dispose();
        }
    }

    private void Round(ContestResult result, List<(Outcome Outcome, IRunningEngine Engine)> running)
    {
        foreach (var threads in result.ThreadCounts)
        {
            Thread.Sleep(s_pause);
            result.AddPeak(threads, FmaPeak.GigaflopsPerSecond(EnginePaths.Available[^1], threads, PeakSeconds));
        }

        foreach (var (outcome, engine) in running)
        {
            if (outcome.Refused is not null)
                continue;
            Thread.Sleep(s_pause);
            try
            {
                outcome.Add(engine.MedianMilliseconds(effort.Seconds));
            }
            catch (EngineFailedException exception)
            {
                outcome.Refused = exception.Message;
            }
        }
    }

    /// <summary>Starts a contestant and checks its values; returns null, with the reason in the outcome, if it may not be timed.</summary>
    private IRunningEngine? Admit(Contestant contestant, Outcome outcome, CaseFolder folder, EngineValues expected, Workloads.Work work)
    {
        outcome.Refused ??= WhyAbsent(contestant.Engine);
        if (outcome.Refused is not null)
            return null;
        IRunningEngine? engine = null;
        try
        {
            engine = contestant.Engine.Start(folder, work, contestant.Threads);
            outcome.Version = engine.Version;
            var errors = engine.Errors(expected);
            outcome.Errors = outcome.Errors?.Worst(errors) ?? errors;
            if (errors.AreSmall)
                return engine;
            outcome.Refused = $"its values are wrong: {errors}";
        }
        catch (Exception exception) when (exception is EngineFailedException or IOException or InvalidDataException)
        {
            outcome.Refused = exception.Message;
        }

        engine?.Dispose();
        return null;
    }

    private static string Describe(ContestResult result, Contestant contestant)
    {
        var outcome = result[contestant];
        return outcome.Refused is { } reason
            ? $"not timed: {reason}"
            : $"{outcome.MedianMilliseconds,9:F3} ms [{outcome.Milliseconds.Min():F3}, {outcome.Milliseconds.Max():F3}]"
                + $"{100 * result.ShareOfPeak(contestant.Engine, contestant.Threads),7:F1} % of peak; errors: {outcome.Errors}";
    }
}
