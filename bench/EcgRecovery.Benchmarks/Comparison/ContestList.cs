using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>The contests: workloads and their contestants.</summary>
internal static class ContestList
{
    /// <summary>Number of threads of most figures.</summary>
    public const int Threads = 2;

    private const int MaximumThreads = 8;

    /// <summary>Gets the narrower vector paths of this machine, widest first.</summary>
    public static IReadOnlyList<OurEngine> NarrowerPaths { get; } =
    [
        .. EnginePaths.Available
            .Where(path => path != EnginePath.Reference && path < EnginePaths.Active)
            .Reverse()
            .Select(path => new OurEngine(path)),
    ];

    /// <summary>Gets the thread counts of the scaling table: 1, 2, and on larger machines 4 and 8.</summary>
    public static IReadOnlyList<int> ThreadCounts { get; } =
        [1, Threads, .. new[] { 4, MaximumThreads }.Where(threads => threads <= Environment.ProcessorCount)];

    /// <summary>Gets the contests of training steps.</summary>
    public static IReadOnlyList<Contest> Training { get; } =
    [
        new(WorkloadList.OriginalTraining, [.. OnOriginal(), .. WithTwo([.. NarrowerPaths])]),
        new(WorkloadList.OriginalTrainingLarge, [.. OnOriginal()]),
        .. new[] { WorkloadList.Bidirectional, WorkloadList.BidirectionalLong }.Concat(WorkloadList.HiddenSizes)
            .Select(workload => new Contest(
                workload, [.. WithTwo([OurEngine.Active, PyTorch.Instance, OneDnn.Instance, .. NarrowerPaths.Take(1)])])),
    ];

    /// <summary>Gets the contests of inference, with one thread and with two; without PyTorch at the largest batch, for its time.</summary>
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

    private static IEnumerable<Contestant> OnOriginal() =>
        [.. WithTwo(OurEngine.Active, Prototype.Instance, PyTorch.Instance, OneDnn.Instance), .. OtherThreadCounts()];

    private static IEnumerable<Contestant> WithTwo(params TimedEngine[] engines) =>
        engines.Select(engine => new Contestant(engine, Threads));

    private static IEnumerable<Contestant> OtherThreadCounts() =>
        ThreadCounts.Where(threads => threads != Threads).Select(threads => new Contestant(OurEngine.Active, threads));
}
