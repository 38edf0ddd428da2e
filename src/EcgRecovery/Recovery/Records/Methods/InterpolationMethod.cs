using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that uses only the samples beside a gap.</summary>
/// <remarks>
/// A gap at the signal's start or end has observed samples on one side only: the nearest one is repeated, because nothing bounds an
/// extrapolation. Without any observed sample, the gap is filled with 0.
/// </remarks>
internal abstract class InterpolationMethod : GapByGapMethod
{
    /// <inheritdoc/>
    public sealed override bool MustBeatLine => false;

    /// <inheritdoc/>
    protected sealed override GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination)
    {
        if (gap.Start > 0 && gap.End < lead.Length)
            FillBetween(lead.Samples, gap, destination);
        else
            destination.Fill(Nearest(lead.Samples, gap));
        return new GapOutcome(Name);
    }

    private static float Nearest(ReadOnlySpan<float> samples, SampleSpan gap) =>
        gap.Start > 0 ? samples[(int)gap.Start - 1]
        : gap.End < samples.Length ? samples[(int)gap.End]
        : 0f;

    /// <summary>Fills a gap with an observed sample on both sides.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="destination">[length of the gap].</param>
    protected abstract void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination);
}
