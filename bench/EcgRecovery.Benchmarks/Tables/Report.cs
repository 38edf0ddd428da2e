using System.Globalization;
using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>The blocks of docs/performance.md.</summary>
internal static class Report
{
    private const int Threads = ContestList.Threads;

    /// <summary>Returns name and contents of every block, in the order of the document.</summary>
    public static IEnumerable<(string Name, string Contents)> Blocks(Results results, DateTime date)
    {
        yield return ("machine", MachineBlock(results, date));
        yield return ("goals", GoalBlock(results));
        yield return ("peak", PeakBlock(results));
        yield return ("training", TrainingBlock(results));
        yield return ("paths", PathBlock(results));
        yield return ("threads", ThreadTable.Write(results));
        yield return ("epoch", EpochTable.Write(results));
        yield return ("profile", ProfileTable.Write(results.Profiles));
        yield return ("inference", InferenceBlock(results));
        yield return ("live", LiveBlock(results));
        yield return ("values", ValueBlock(results));
    }

    private static string MachineBlock(Results results, DateTime date)
    {
        var (sittings, rounds, seconds) = results.Effort;
        var unit = sittings == 1 ? "sitting" : "sittings";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {MachineDescription.Line}; {date:yyyy-MM-dd}.
            Every figure is the median of {sittings * rounds} rounds of {seconds} s in {sittings} {unit};
            the figure of a round is the median of its steps.

            """);
    }

    private static string GoalBlock(Results results)
    {
        var table = new MarkdownTable("work", "goal", "measured", "met");
        foreach (var goal in Goal.All(results))
            table.Add(goal.Work, goal.Asked, goal.Measured, goal.IsMet is { } met ? met ? "yes" : "**no**" : Cell.None);
        return table.ToString();
    }

    private static string PeakBlock(Results results)
    {
        if (results.Peak is not { } peak)
            return "not measured\n";
        var table = new MarkdownTable("GFLOP/s", "1 thread", "2 threads");
        foreach (var (path, figures) in peak.Widths)
            table.Add(path.ToString(), Cell.Gigaflops(figures.OneThread), Cell.Gigaflops(figures.TwoThreads));
        if (peak.C is not { } c)
            return $"{table}\nThe C program for comparison was not run: {peak.WhyNoC}.\n";
        var widest = peak.Widths[^1].Figures;
        table.Add("the same in C (gcc), AVX-512", Cell.Gigaflops(c.OneThread), Cell.Gigaflops(c.TwoThreads));
        table.Add("ours / C, AVX-512", Cell.Percent(widest.OneThread / c.OneThread), Cell.Percent(widest.TwoThreads / c.TwoThreads));
        return table.ToString();
    }

    private static string TrainingBlock(Results results)
    {
        var table = new MarkdownTable(
            "training step, two threads", "ours", "GFLOP/s", "of peak", "prototype", "PyTorch", "oneDNN, LSTM layers alone");
        foreach (var result in results.Contests.Where(result => result.Workload.Work == Work.Training))
        {
            table.Add(
                result.Workload.Name,
                Cell.Milliseconds(result.Milliseconds(OurEngine.Active, Threads)),
                Cell.Gigaflops(result.Gigaflops(OurEngine.Active, Threads)),
                Cell.Percent(result.ShareOfPeak(OurEngine.Active, Threads)),
                RivalCell(result, Prototype.Instance, Threads),
                RivalCell(result, PyTorch.Instance, Threads),
                RivalCell(result, OneDnn.Instance, Threads));
        }

        return table.ToString();
    }

    private static string PathBlock(Results results)
    {
        var paths = ContestList.NarrowerPaths;
        var table = new MarkdownTable(
            ["training step, two threads", EnginePaths.Active.ToString(), .. paths.Select(path => $"{path.Path}")]);
        foreach (var result in results.Contests.Where(result => paths.Any(path => result.Milliseconds(path, Threads) is not null)))
        {
            var ours = result.Milliseconds(OurEngine.Active, Threads);
            table.Add(
            [
                result.Workload.Name,
                Cell.Milliseconds(ours),
                .. paths.Select(path => result.Milliseconds(path, Threads) is { } ms
                    ? $"{Cell.Milliseconds(ms)}, {Cell.Percent(ours / ms)} of the speed"
                    : Cell.None),
            ]);
        }

        return table.ToString();
    }

    private static string InferenceBlock(Results results)
    {
        var table = new MarkdownTable(
            "inference", "threads", "ours", "beats/s", "of peak", "ONNX Runtime", "oneDNN, LSTM layers alone", "PyTorch", "prototype");
        foreach (var result in results.Contests.Where(result => result.Workload.Work == Work.Inference))
        {
            foreach (var threads in new[] { 1, Threads })
            {
                var ours = result.Milliseconds(OurEngine.Active, threads);
                table.Add(
                    result.Workload.Name,
                    threads.ToString(CultureInfo.InvariantCulture),
                    Cell.Milliseconds(ours),
                    ours is { } ms ? $"{1000 * result.Workload.Sequences / ms:N0}" : Cell.None,
                    Cell.Percent(result.ShareOfPeak(OurEngine.Active, threads)),
                    RivalCell(result, OnnxRuntime.Instance, threads),
                    RivalCell(result, OneDnn.Instance, threads),
                    RivalCell(result, PyTorch.Instance, threads),
                    RivalCell(result, Prototype.Instance, threads));
            }
        }

        return table.ToString();
    }

    /// <summary>Returns the time per time step: that of a sequence, divided by its steps.</summary>
    private static string LiveBlock(Results results)
    {
        var table = new MarkdownTable("time step by time step, 1 thread", "a time step", "a sequence");
        foreach (var result in results.Contests.Where(result => result.Milliseconds(OurStream.Instance, 1) is not null))
        {
            var milliseconds = result.Milliseconds(OurStream.Instance, 1);
            table.Add(result.Workload.Name, $"{1000 * milliseconds / result.Workload.TimeSteps:F2} µs", Cell.Milliseconds(milliseconds));
        }

        return table.ToString();
    }

    /// <summary>Returns one line per engine: the maximum errors over its contests, or the reason why it was not timed.</summary>
    private static string ValueBlock(Results results)
    {
        var table = new MarkdownTable("engine", "output, absolute", "loss, relative", "gradients, relative", "contests");
        var all = results.Contests.SelectMany(
            result => result.Contest.Contestants.Select(contestant => (contestant.Engine, Outcome: result[contestant])));
        foreach (var engine in all.GroupBy(entry => entry.Engine, entry => entry.Outcome))
        {
            var errors = engine.Select(outcome => outcome.Errors).OfType<Cases.ValueErrors>().ToList();
            var worst = errors.Count == 0 ? null : errors.Aggregate((a, b) => a.Worst(b));
            var reasons = engine.Select(outcome => outcome.Refused).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var version = engine.Key is OurStream
                ? engine.Key.Name
                : engine.Select(outcome => outcome.Version).OfType<string>().FirstOrDefault() ?? engine.Key.Name;
            var timed = engine.Count(outcome => outcome.MedianMilliseconds is not null);
            table.Add(
                reasons.Count == 0 ? version : $"{version}; not timed: {string.Join("; ", reasons)}",
                Cell.Error(worst?.Output), Cell.Error(worst?.Loss), Cell.Error(worst?.Gradient),
                timed.ToString(CultureInfo.InvariantCulture));
        }

        return table.ToString();
    }

    private static string RivalCell(ContestResult result, TimedEngine rival, int threads) =>
        Cell.Rival(result.Milliseconds(rival, threads), result.TimesAsFast(rival, threads));
}
