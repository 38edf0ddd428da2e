using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Options of <see cref="BeatGapProtocol"/>.</summary>
internal sealed record BeatGapOptions
{
    /// <summary>Gap of the original notebook.</summary>
    public static SampleSpan OriginalGap => new(100, 137);

    /// <summary>Samples set missing in every beat; <see cref="OriginalGap"/> by default.</summary>
    public BeatGapPlan Gaps { get; init; } = BeatGapPlan.Fixed(OriginalGap);

    /// <summary>Seed of the bootstrap, the only random part of an evaluation.</summary>
    public int Seed { get; init; }

    /// <summary>Number of bootstrap resamples.</summary>
    public int BootstrapResamples { get; init; } = 2_000;

    /// <summary>Maximum number of threads of the bootstrap, at least 1. No result depends on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>Progress of an evaluation.</summary>
/// <param name="Method">The method that is evaluated now.</param>
/// <param name="RowsDone">Rows that it has recovered.</param>
/// <param name="RowCount">N.</param>
internal sealed record BeatGapProgress(string Method, int RowsDone, int RowCount);
