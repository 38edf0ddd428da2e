using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>The speed with more threads.</summary>
internal static class ThreadTable
{
    public static string Write(Results results)
    {
        var others = ContestList.ThreadCounts.Where(threads => threads > 1).ToList();
        var table = new MarkdownTable(["training step", Goal.ThreadText(1), .. others.Select(Goal.ThreadText)]);
        var training = results.Contests.Where(result => result.Workload.Work == Work.Training);
        foreach (var result in training.Where(result => Gain(result, ContestList.Threads) is not null))
        {
            table.Add(
            [
                result.Workload.Name,
                Cell.Milliseconds(result.Milliseconds(OurEngine.Active, 1)),
                .. others.Select(threads => Cell.Rival(result.Milliseconds(OurEngine.Active, threads), Gain(result, threads))),
            ]);
        }

        return table.ToString();
    }

    /// <summary>Returns the speed of a number of threads as a multiple of one thread's.</summary>
    public static double? Gain(ContestResult? result, int threads) =>
        result?.Milliseconds(OurEngine.Active, 1) / result?.Milliseconds(OurEngine.Active, threads);
}
