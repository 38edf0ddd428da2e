using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>What one run has measured.</summary>
/// <param name="Peak">The machine's peak; null where it was not asked for.</param>
/// <param name="Contests">In the order in which they were held.</param>
/// <param name="Profiles">Of training steps.</param>
/// <param name="Effort">How long each measurement took.</param>
internal sealed record Results(PeakCheck? Peak, IReadOnlyList<ContestResult> Contests, IReadOnlyList<PhaseProfile> Profiles, Effort Effort)
{
    /// <summary>The result of a workload's contest; null where it was not held.</summary>
    public ContestResult? Of(Workload workload) => Contests.FirstOrDefault(result => ReferenceEquals(result.Workload, workload));
}
