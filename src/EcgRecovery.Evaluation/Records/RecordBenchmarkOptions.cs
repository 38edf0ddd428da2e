using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Options of <see cref="RecordBenchmark"/>: how gaps are recovered and scored. Which gaps: the plan.</summary>
internal sealed record RecordBenchmarkOptions
{
    /// <summary>How much of the signal before a gap, and after it, a method looks at, in seconds.</summary>
    public double WindowSeconds { get; init; } = RecoveryOptions.DefaultWindowSeconds;

    /// <summary>
    /// Number of hidden gaps in the self-test before gaps are recovered: once for all gaps that are missing together, otherwise for each. 0
    /// for no self-test.
    /// </summary>
    public int SelfTestGaps { get; init; }

    /// <summary>Whether there is a self-test, from which gaps have intervals.</summary>
    public bool HasIntervals => SelfTestGaps > 0;

    /// <summary>Seed of the bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of bootstrap resamples.</summary>
    public int BootstrapResamples { get; init; } = 2_000;

    /// <summary>Maximum number of threads. No result depends on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether gaps of a cell go through the self-test. Of the whole protocol only single gaps of up to 2 s at random do, with all leads
    /// lost or one: each cell takes as long as with 80 gaps more in a record.
    /// </summary>
    /// <param name="plan">Name of the plan.</param>
    /// <param name="kind">The cell.</param>
    public bool IsSelfTested(string plan, CellKind kind) =>
        HasIntervals && (plan != PlanOptions.FullName || kind is
        {
            Seconds: <= RecoveryOptions.DefaultMaximumGapSeconds,
            Pattern: LossPattern.Single,
            Placement: GapPlacement.Random,
            Loss: LeadLoss.All or LeadLoss.One,
            LengthsOf: null,
            Noise: null,
        });
}
