using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A method that recovers gaps of a lead of any length and sampling frequency.</summary>
internal abstract class RecordRecoveryMethod : RecoveryMethod
{
    /// <summary>Estimates the samples of gaps.</summary>
    /// <param name="samples">[N]; NaN = missing, so a method cannot see the true samples.</param>
    /// <param name="samplingFrequencyHz">Samples per second, above 0.</param>
    /// <param name="gaps">The runs of missing samples to fill, in order; the samples beside them are observed.</param>
    /// <param name="destination">[N]; receives finite values in the gaps and is unchanged elsewhere.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    public abstract void Fill(
        ReadOnlySpan<float> samples,
        double samplingFrequencyHz,
        IReadOnlyList<SampleSpan> gaps,
        Span<float> destination,
        CancellationToken cancellationToken);
}
