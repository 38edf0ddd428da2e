using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>An engine with a number of threads.</summary>
internal sealed record Contestant(TimedEngine Engine, int Threads)
{
    public override string ToString() => $"{Engine.Name}, {Threads} {(Threads == 1 ? "thread" : "threads")}";
}

/// <summary>A workload and its contestants, which are timed in turn.</summary>
internal sealed record Contest(Workload Workload, IReadOnlyList<Contestant> Contestants);
