using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>Who is timed at what.</summary>
internal static class ContestList
{
    /// <summary>The threads of most figures.</summary>
    public const int Threads = 2;

    private const int MaximumThreads = 8;

    /// <summary>Our narrower paths that this machine has too, widest first; not the scalar reference.</summary>
    public static IReadOnlyList<OurEngine> NarrowerPaths { get; } =
        [.. EnginePaths.Available.Where(path => path != EnginePath.Reference && path < EnginePaths.Active).Reverse().Select(path => new OurEngine(path))];

    /// <summary>Thread counts of the scaling table: 1, 2, and on larger machines 4 and 8.</summary>
    public static IReadOnlyList<int> ThreadCounts { get; } =
        [1, Threads, .. new[] { 4, MaximumThreads }.Where(threads => threads <= Environment.ProcessorCount)];

    /// <summary>Training steps.</summary>
    public static IReadOnlyList<Contest> Training { get; } =
    [
        new(WorkloadList.OriginalTraining, [.. WithTwo(OurEngine.Active, Prototype.Instance, PyTorch.Instance, OneDnn.Instance), .. OtherThreadCounts(), .. WithTwo([.. NarrowerPaths])]),
        new(WorkloadList.OriginalTrainingLarge, [.. WithTwo(OurEngine.Active, Prototype.Instance, PyTorch.Instance, OneDnn.Instance), .. OtherThreadCounts()]),
        .. new[] { WorkloadList.Bidirectional, WorkloadList.BidirectionalLong }.Concat(WorkloadList.HiddenSizes)
            .Select(workload => new Contest(workload, [.. WithTwo(OurEngine.Active, PyTorch.Instance, OneDnn.Instance), .. WithTwo([.. NarrowerPaths.Take(1)])])),
    ];

    /// <summary>Inference, each engine with one thread and with two; PyTorch not at the largest batch, where it would take most of the time.</summary>
    public static IReadOnlyList<Contest> Inference { get; } =
    [
        .. WorkloadList.OriginalInference.Select(workload => new Contest(workload,
        [
            .. new[] { 1, Threads }.SelectMany(threads =>
                new TimedEngine[] { OurEngine.Active, OnnxRuntime.Instance, OneDnn.Instance, PyTorch.Instance, Prototype.Instance }
                    .Where(engine => engine is not PyTorch || workload.Sequences < 1024)
                    .Select(engine => new Contestant(engine, threads))),
            .. workload.Sequences == 1 ? new[] { new Contestant(OurStream.Instance, 1) } : [],
        ])),
    ];

    private static IEnumerable<Contestant> WithTwo(params TimedEngine[] engines) => engines.Select(engine => new Contestant(engine, Threads));

    private static IEnumerable<Contestant> OtherThreadCounts() =>
        ThreadCounts.Where(threads => threads != Threads).Select(threads => new Contestant(OurEngine.Active, threads));
}
