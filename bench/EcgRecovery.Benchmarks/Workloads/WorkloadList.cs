using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>The workloads of the tables.</summary>
internal static class WorkloadList
{
    /// <summary>Number of samples of a beat in Kaggle's heartbeat files.</summary>
    private const int BeatSamples = 187;

    /// <summary>Gets the network of the original notebook.</summary>
    public static NetworkSpec Original { get; } = new(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);

    /// <summary>Gets the training step of the original.</summary>
    public static Workload OriginalTraining { get; } = OnOriginal(32, Work.Training);

    /// <summary>Gets the training step of the original on larger batches.</summary>
    public static Workload OriginalTrainingLarge { get; } = OnOriginal(256, Work.Training);

    /// <summary>Gets the training step of two bidirectional layers, as for gaps, with four input channels.</summary>
    public static Workload Bidirectional { get; } = OnBidirectional(BeatSamples);

    /// <summary>Gets the training step of two bidirectional layers on longer sequences.</summary>
    public static Workload BidirectionalLong { get; } = OnBidirectional(512);

    /// <summary>Gets the training steps of two layers of H units, H not always a multiple of the engine's tiles.</summary>
    public static IReadOnlyList<Workload> HiddenSizes { get; } =
    [
        .. new[] { 48, 96, 128, 200 }.Select(units => new Workload(
            $"{units} → {units}, T = 187, batch 32", TwoLayers(units, bidirectional: false, inputs: 1), BeatSamples, 32, Work.Training)),
    ];

    /// <summary>Gets the training steps for profiles of their phases.</summary>
    public static IReadOnlyList<Workload> Profiled { get; } = [OriginalTraining, OriginalTrainingLarge, Bidirectional, HiddenSizes[^1]];

    /// <summary>Gets the inference of the original.</summary>
    public static IReadOnlyList<Workload> OriginalInference { get; } =
        [.. new[] { 1, 32, 1024 }.Select(sequences => OnOriginal(sequences, Work.Inference))];

    private static Workload OnOriginal(int sequences, Work work) =>
        new($"64 → 32 → 64 (the original), T = 187, batch {sequences}", Original, BeatSamples, sequences, work);

    private static Workload OnBidirectional(int timeSteps) => new(
        $"bidirectional 2 × 64, 4 inputs, T = {timeSteps}, batch 32", TwoLayers(64, bidirectional: true, inputs: 4), timeSteps, 32,
        Work.Training);

    private static NetworkSpec TwoLayers(int units, bool bidirectional, int inputs) =>
        new(inputs, [new(units, bidirectional), new(units, bidirectional)], OutputCount: 1);
}
