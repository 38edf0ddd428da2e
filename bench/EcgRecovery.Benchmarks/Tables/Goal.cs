using EcgRecovery.Benchmarks.Comparison;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>A goal of the engine and the measured figure.</summary>
/// <param name="Work">The work.</param>
/// <param name="Asked">The goal.</param>
/// <param name="Measured">The measured figure, formatted.</param>
/// <param name="IsMet">Whether the goal is met; null if not measured.</param>
internal sealed record Goal(string Work, string Asked, string Measured, bool? IsMet)
{
    private const int Threads = ContestList.Threads;
    private const double MaximumMinutes = 12;

    /// <summary>Returns the goals of the engine's design, in its order.</summary>
    public static IEnumerable<Goal> All(Results results)
    {
        var original = results.Of(WorkloadList.OriginalTraining);
        yield return Share(results, WorkloadList.OriginalTraining, 0.85);
        yield return Fast("… against the prototype", original?.TimesAsFast(Prototype.Instance, Threads), 0.97);
        yield return Fast("… against PyTorch", original?.TimesAsFast(PyTorch.Instance, Threads), 10);
        yield return Fast("… against oneDNN, its LSTM layers alone", original?.TimesAsFast(OneDnn.Instance, Threads), 2);
        yield return Share(results, WorkloadList.OriginalTrainingLarge, 0.83);
        yield return Share(results, WorkloadList.Bidirectional, 0.80);
        yield return Share(results, WorkloadList.BidirectionalLong, 0.80);
        foreach (var workload in WorkloadList.HiddenSizes)
            yield return Share(results, workload, 0.75);
        foreach (var workload in WorkloadList.OriginalInference)
        {
            foreach (var threads in new[] { 1, Threads })
            {
                yield return Fast(
                    $"inference, {workload.Name}, {ThreadText(threads)}, against ONNX Runtime",
                    results.Of(workload)?.TimesAsFast(OnnxRuntime.Instance, threads), workload.Sequences == 1 ? 1.5 : 2);
            }
        }

        yield return Fast("AVX2 path against the AVX-512 path", PathRatio(original), 0.85);
        var minutes = original?.Milliseconds(OurEngine.Active, Threads) * EpochTable.StepsPerEpoch * EpochTable.Epochs / 60_000;
        yield return new Goal(
            $"{EpochTable.Epochs} epochs of the original's training, {EpochTable.Beats:N0} beats, batch 32", $"< {MaximumMinutes} min",
            minutes is { } m ? $"{m:F1} min" : Cell.None, minutes is { } known ? known < MaximumMinutes : null);
        yield return Fast("two threads against one, batch 32", ThreadTable.Gain(original, Threads), 1.85);
    }

    public static string ThreadText(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static double? PathRatio(ContestResult? original) =>
        ContestList.NarrowerPaths is [var next, ..] && next.Path == Neural.EnginePath.Avx2
            ? original?.Milliseconds(OurEngine.Active, Threads) / original?.Milliseconds(next, Threads)
            : null;

    private static Goal Share(Results results, Workload workload, double asked)
    {
        var share = results.Of(workload)?.ShareOfPeak(OurEngine.Active, Threads);
        return new Goal(
            $"training step, {workload.Name}, {ThreadText(Threads)}", $"≥ {100 * asked:F0} % of peak", Cell.Percent(share),
            share is { } known ? known >= asked : null);
    }

    private static Goal Fast(string work, double? times, double asked) =>
        new(work, $"≥ {asked} ×", Cell.Times(times), times is { } known ? known >= asked : null);
}
