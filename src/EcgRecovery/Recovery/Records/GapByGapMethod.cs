using System.Runtime.ExceptionServices;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A method that estimates every gap by itself; gaps are spread over threads.</summary>
internal abstract class GapByGapMethod : RecordRecoveryMethod
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        var outcomes = new GapOutcome[gaps.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, gaps.Count, options, i => outcomes[i] = FillGap(lead, gaps[i], destination.Span[gaps[i].ToRange()]));
        }
        catch (AggregateException errors)
        {
            // The error of a method that the caller brought, as it threw it.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return outcomes;
    }

    /// <summary>Estimates the samples of one gap. Called from several threads at a time.</summary>
    /// <param name="lead">The lead; NaN = missing.</param>
    /// <param name="gap">A run of missing samples; the samples beside it are observed.</param>
    /// <param name="destination">[length of the gap]; receives finite values, unless the gap is left missing.</param>
    protected abstract GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination);
}
