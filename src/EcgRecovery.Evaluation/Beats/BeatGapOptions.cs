using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>How <see cref="BeatGapProtocol"/> tests.</summary>
internal sealed record BeatGapOptions
{
    /// <summary>The original's gap.</summary>
    public static SampleSpan OriginalGap => new(100, 137);

    /// <summary>The samples set missing in every beat; the original's by default.</summary>
    public BeatGapPlan Gaps { get; init; } = BeatGapPlan.Fixed(OriginalGap);

    /// <summary>Draws the bootstrap; results depend on nothing else that is random.</summary>
    public int Seed { get; init; }

    /// <summary>How often the bootstrap draws.</summary>
    public int BootstrapResamples { get; init; } = 2_000;

    /// <summary>How many threads the bootstrap may use, at least 1. No result depends on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>How far an evaluation has come.</summary>
/// <param name="Method">The method at work.</param>
/// <param name="RowsDone">Rows that it has recovered.</param>
/// <param name="RowCount">N.</param>
internal sealed record BeatGapProgress(string Method, int RowsDone, int RowCount);
