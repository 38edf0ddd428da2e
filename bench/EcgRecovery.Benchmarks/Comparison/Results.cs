using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>The results of a run.</summary>
/// <param name="Peak">The machine's peak; null if not measured.</param>
/// <param name="Contests">The contests, in their order in time.</param>
/// <param name="Profiles">The profiles of training steps.</param>
/// <param name="Effort">The duration of the measurements.</param>
internal sealed record Results(PeakCheck? Peak, IReadOnlyList<ContestResult> Contests, IReadOnlyList<PhaseProfile> Profiles, Effort Effort)
{
    /// <summary>Returns the result of a workload's contest, or null.</summary>
    public ContestResult? Of(Workload workload) => Contests.FirstOrDefault(result => ReferenceEquals(result.Workload, workload));
}
