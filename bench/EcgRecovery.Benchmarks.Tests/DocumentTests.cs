using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Tables;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Tests;

public class DocumentTests
{
    [Fact]
    public void The_performance_page_has_a_place_for_every_table()
    {
        var document = File.ReadAllText(Path.Combine(Tools.FindCheckout(), "docs", "performance.md"));
        foreach (var (name, contents) in Report.Blocks(Nothing(), DateTime.UnixEpoch))
            document = MarkedDocument.Replace(document, name, contents);
        Assert.Contains("1970-01-01", document);
    }

    [Fact]
    public void Ratios_and_shares_come_from_the_medians_of_the_rounds()
    {
        var workload = WorkloadList.OriginalTraining;
        var ours = new Contestant(OurEngine.Active, 2);
        var rival = new Contestant(PyTorch.Instance, 2);
        var absent = new Contestant(OneDnn.Instance, 2);
        var result = new ContestResult(new Contest(workload, [ours, rival, absent]));
        foreach (var milliseconds in new[] { 9.0, 10, 50 })
            result[ours].Add(milliseconds);
        foreach (var milliseconds in new[] { 100.0, 104, 102 })
            result[rival].Add(milliseconds);
        result[absent].Refused = "not installed";
        result.AddPeak(2, 200);
        result.AddPeak(2, 240);

        Assert.Equal(10.2, result.TimesAsFast(PyTorch.Instance, 2)!.Value, 1e-12);
        Assert.Equal(workload.Operations / 10e-3 / 1e9 / 220, result.ShareOfPeak(OurEngine.Active, 2)!.Value, 1e-12);
        Assert.Null(result.TimesAsFast(OneDnn.Instance, 2));
        Assert.Null(result.Milliseconds(OurEngine.Active, 1));

        var goals = Goal.All(new Results(Peak: null, [result], [], new Effort(1, 3, 0.5))).ToList();
        Assert.Contains(goals, goal => goal is { Work: "… against PyTorch", IsMet: true });
        Assert.Contains(goals, goal => goal is { Work: "… against oneDNN, its LSTM layers alone", IsMet: null });
        Assert.Contains(goals, goal => goal.Asked == "< 12 min" && goal.Measured == "8.2 min");
    }

    [Fact]
    public void The_peak_loop_multiplies_and_adds()
    {
        // If an optimiser merged the sums, the rate would be hundreds of operations per cycle. 4 GHz · 2 · 32 lanes are 256.
        var peak = FmaPeak.GigaflopsPerSecond(EnginePaths.Available[^1], threads: 1, seconds: 0.02);
        Assert.InRange(peak, 0.1, 1000);
    }

    private static Results Nothing() => new(Peak: null, [], [], new Effort(1, 1, 0));
}
