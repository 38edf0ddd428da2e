using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A method that recovers gaps of a lead of any length and sampling frequency.</summary>
internal abstract class RecordRecoveryMethod : RecoveryMethod
{
    /// <summary>
    /// Whether a gap is left missing where hidden gaps show that the method cannot recover it. False for formulas that claim nothing: who
    /// asks for zeros gets zeros.
    /// </summary>
    public virtual bool MustBeatLine => true;

    /// <summary>Estimates the samples of gaps. One call at a time; calls with the same lead share what is prepared for it.</summary>
    /// <param name="lead">The lead; NaN = missing, so a method cannot see the true samples.</param>
    /// <param name="gaps">The runs of missing samples to fill, in order; the samples beside them are observed.</param>
    /// <param name="destination">
    /// [N]; receives finite values in the gaps that are filled and is unchanged elsewhere. The same values for any number of threads.
    /// </param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What became of each gap, in the order of <paramref name="gaps"/>.</returns>
    public abstract IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken);
}
