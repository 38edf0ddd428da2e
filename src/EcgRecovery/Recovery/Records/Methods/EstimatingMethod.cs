using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that computes a gap in double precision and leaves it missing where it cannot.</summary>
internal abstract class EstimatingMethod : GapByGapMethod
{
    /// <inheritdoc/>
    protected sealed override GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination)
    {
        var estimate = new double[gap.Length];
        if (Estimate(lead, gap, estimate) is { } reason)
            return GapOutcome.Left(reason);
        if (!Array.TrueForAll(estimate, value => float.IsFinite((float)value)))
            return GapOutcome.Left("its values exceed the range of numbers");
        for (var t = 0; t < destination.Length; t++)
            destination[t] = (float)estimate[t];
        return new GapOutcome(Name);
    }

    /// <summary>Estimates the samples of one gap. Called from several threads at a time.</summary>
    /// <param name="lead">The lead; NaN = missing.</param>
    /// <param name="gap">A run of missing samples; the samples beside it are observed.</param>
    /// <param name="estimate">[length of the gap]; receives the samples.</param>
    /// <returns>Why the gap is left missing; null where it is filled.</returns>
    protected abstract string? Estimate(LeadSignal lead, SampleSpan gap, Span<double> estimate);
}
