using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>What more threads gain.</summary>
internal static class ThreadTable
{
    public static string Write(Results results)
    {
        var others = ContestList.ThreadCounts.Where(threads => threads > 1).ToList();
        var table = new MarkdownTable(["training step", Goal.ThreadText(1), .. others.Select(Goal.ThreadText)]);
        foreach (var result in results.Contests.Where(result => result.Workload.Work == Work.Training && Gain(result, ContestList.Threads) is not null))
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

    /// <summary>How often as fast as one thread so many are.</summary>
    public static double? Gain(ContestResult? result, int threads) => result?.Milliseconds(OurEngine.Active, 1) / result?.Milliseconds(OurEngine.Active, threads);
}
