using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>A recovery method of one's own for gaps of leads, given as <see cref="RecoveryOptions.OwnMethod"/>.</summary>
/// <remarks>
/// It goes the way of the others: it never sees a sample under a gap, what it fills is marked with its name, and hidden gaps of the
/// recording itself give its samples their intervals and decide what is left missing.
/// </remarks>
public abstract class GapMethod
{
    /// <summary>The name in results, files and tables: letters, digits and <c>. _ -</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether a gap is left missing where hidden gaps show that the method errs no less than a straight line. False for a formula that
    /// claims nothing.
    /// </summary>
    public virtual bool MustBeatLine => true;

    /// <summary>Estimates the samples of one gap. Called from several threads at a time.</summary>
    /// <param name="gap">The gap and what is observed around it.</param>
    /// <param name="destination">[length of the gap]; receives finite values in the unit of the lead.</param>
    /// <returns>False to leave the gap missing; <paramref name="destination"/> then counts for nothing.</returns>
    public abstract bool Fill(GapToFill gap, Span<float> destination);
}

/// <summary>A gap of a lead, and what a method may know to fill it.</summary>
public sealed class GapToFill
{
    private readonly ReadOnlyMemory<float> _samples;

    internal GapToFill(ReadOnlyMemory<float> samples) => _samples = samples;

    /// <summary>The run of missing samples to fill, counted in <see cref="Samples"/>; the samples beside it are observed.</summary>
    public required SampleSpan Span { get; init; }

    /// <summary>[N]: the samples of the lead, of a long one a part of it with the window around the gap; NaN = missing.</summary>
    public ReadOnlySpan<float> Samples => _samples.Span;

    /// <summary>Samples per second.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>The samples that the gap may be filled from: the window of the options before and after it.</summary>
    public required SampleSpan Window { get; init; }

    /// <summary>The R peaks of the observed samples, ascending.</summary>
    public required IReadOnlyList<int> RPeaks { get; init; }

    /// <summary>The other leads of the recording at the same times, [N] each; NaN = missing.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> OtherLeads { get; init; }
}
