using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>The time of an epoch of the original's training: number of steps times median step.</summary>
internal static class EpochTable
{
    /// <summary>Number of training beats of the original: nine tenths of Kaggle's training file.</summary>
    public const int Beats = 78_798;

    /// <summary>Number of epochs of the original.</summary>
    public const int Epochs = 20;

    public static int StepsPerEpoch => (Beats + WorkloadList.OriginalTraining.Sequences - 1) / WorkloadList.OriginalTraining.Sequences;

    public static string Write(Results results)
    {
        var table = new MarkdownTable($"{StepsPerEpoch:N0} steps of batch 32", "an epoch", $"{Epochs} epochs");
        TimedEngine[] engines = [OurEngine.Active, Prototype.Instance, PyTorch.Instance];
        foreach (var engine in engines)
        {
            if (results.Of(WorkloadList.OriginalTraining)?.Milliseconds(engine, ContestList.Threads) is { } milliseconds)
            {
                var epoch = milliseconds * StepsPerEpoch;
                table.Add(engine.Name, $"{epoch / 1e3:F1} s", $"{epoch * Epochs / 60e3:F1} min");
            }
        }

        return table.ToString();
    }
}
