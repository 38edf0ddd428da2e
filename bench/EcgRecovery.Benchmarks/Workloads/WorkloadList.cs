using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>The workloads of the tables.</summary>
internal static class WorkloadList
{
    /// <summary>The samples of a beat of Kaggle's heartbeat files.</summary>
    private const int BeatSamples = 187;

    /// <summary>The original notebook's network.</summary>
    public static NetworkSpec Original { get; } = new(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);

    /// <summary>The original's training step.</summary>
    public static Workload OriginalTraining { get; } = Training("64 → 32 → 64 (the original), T = 187, batch 32", Original, BeatSamples, 32);

    /// <summary>The original's training step on larger batches.</summary>
    public static Workload OriginalTrainingLarge { get; } = Training("64 → 32 → 64 (the original), T = 187, batch 256", Original, BeatSamples, 256);

    /// <summary>Two bidirectional layers that see both sides of a gap, four input channels.</summary>
    public static Workload Bidirectional { get; } = Training("bidirectional 2 × 64, 4 inputs, T = 187, batch 32", TwoLayers(64, bidirectional: true, inputs: 4), BeatSamples, 32);

    /// <summary>The same over longer sequences.</summary>
    public static Workload BidirectionalLong { get; } = Training("bidirectional 2 × 64, 4 inputs, T = 512, batch 32", TwoLayers(64, bidirectional: true, inputs: 4), 512, 32);

    /// <summary>Two layers of H units, H not always a multiple of the engine's tiles.</summary>
    public static IReadOnlyList<Workload> HiddenSizes { get; } =
        [.. new[] { 48, 96, 128, 200 }.Select(units => Training($"{units} → {units}, T = 187, batch 32", TwoLayers(units, bidirectional: false, inputs: 1), BeatSamples, 32))];

    /// <summary>Training steps whose phases are told apart.</summary>
    public static IReadOnlyList<Workload> Profiled { get; } = [OriginalTraining, OriginalTrainingLarge, Bidirectional, HiddenSizes[^1]];

    /// <summary>The original's inference.</summary>
    public static IReadOnlyList<Workload> OriginalInference { get; } =
        [.. new[] { 1, 32, 1024 }.Select(sequences => new Workload($"64 → 32 → 64 (the original), T = 187, batch {sequences}", Original, BeatSamples, sequences, Work.Inference))];

    private static Workload Training(string name, NetworkSpec network, int timeSteps, int sequences) => new(name, network, timeSteps, sequences, Work.Training);

    private static NetworkSpec TwoLayers(int units, bool bidirectional, int inputs) =>
        new(inputs, [new(units, bidirectional), new(units, bidirectional)], OutputCount: 1);
}
