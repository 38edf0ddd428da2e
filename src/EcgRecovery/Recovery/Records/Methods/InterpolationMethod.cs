using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that sees only the samples beside a gap.</summary>
/// <remarks>
/// A gap at the signal's start or end has one side only: the nearest observed sample is held there, because nothing bounds an extrapolation.
/// Where no sample is observed, the gap is filled with 0.
/// </remarks>
internal abstract class InterpolationMethod : RecordRecoveryMethod
{
    /// <inheritdoc/>
    public sealed override void Fill(
        ReadOnlySpan<float> samples,
        double samplingFrequencyHz,
        IReadOnlyList<SampleSpan> gaps,
        Span<float> destination,
        CancellationToken cancellationToken)
    {
        foreach (var gap in gaps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var filled = destination[gap.ToRange()];
            if (gap.Start > 0 && gap.End < samples.Length)
                FillBetween(samples, gap, filled);
            else
                filled.Fill(gap.Start > 0 ? samples[(int)gap.Start - 1] : gap.End < samples.Length ? samples[(int)gap.End] : 0f);
        }
    }

    /// <summary>Fills a gap with an observed sample on both sides.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="destination">[length of the gap].</param>
    protected abstract void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination);
}
