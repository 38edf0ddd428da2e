using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>What an epoch of the original's training takes: its steps times the median step.</summary>
internal static class EpochTable
{
    /// <summary>Nine tenths of Kaggle's training file, as the original trained.</summary>
    public const int Beats = 78_798;

    /// <summary>As many as the original trained.</summary>
    public const int Epochs = 20;

    public static int StepsPerEpoch => (Beats + WorkloadList.OriginalTraining.Sequences - 1) / WorkloadList.OriginalTraining.Sequences;

    public static string Write(Results results)
    {
        var table = new MarkdownTable($"{StepsPerEpoch:N0} steps of batch 32", "an epoch", $"{Epochs} epochs");
        TimedEngine[] engines = [OurEngine.Active, Prototype.Instance, PyTorch.Instance];
        foreach (var engine in engines)
        {
            if (results.Of(WorkloadList.OriginalTraining)?.Milliseconds(engine, ContestList.Threads) is { } milliseconds)
                table.Add(engine.Name, $"{milliseconds * StepsPerEpoch / 1e3:F1} s", $"{milliseconds * StepsPerEpoch * Epochs / 60e3:F1} min");
        }

        return table.ToString();
    }
}
