using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A low-rank completion of the gap with its context among like stretches of the lead.</summary>
/// <remarks>
/// The gap and its context are a row of a matrix; its other rows are the stretches that lie alike beside an R peak and whose context
/// differs least. Each row counts without the mean of its context, and each column without the mean of the other rows:
/// <see cref="SoftImpute"/> completes how this stretch differs from the others. Missing samples in the context are completed too.
/// <para>
/// Sources: Mazumder, Hastie and Tibshirani 2010, Journal of Machine Learning Research 11, 2287–2322; rows and columns without their means:
/// Hastie et al. 2015, Journal of Machine Learning Research 16, 3367–3402.
/// </para>
/// </remarks>
/// <param name="maximumRows">Rows of the matrix.</param>
/// <param name="shrinkage">Of the completion, see <see cref="SoftImpute"/>: the smaller the slower.</param>
/// <param name="contextSeconds">Context on each side, in seconds.</param>
internal sealed class LowRankMethod(int maximumRows = 16, double shrinkage = 0.05, double contextSeconds = 0.25) : EstimatingMethod
{
    /// <summary>The fewest other stretches.</summary>
    private const int MinimumStretches = 4;

    /// <summary>The farthest R peak that says where in a beat the gap lies: after a longer time a beat is missing.</summary>
    private const double MaximumPeakSeconds = 2;

    /// <summary>Bounds memory and time: 8 s at 2,000 Hz, a matrix of 2 MB.</summary>
    private const int MaximumColumns = 16_384;

    /// <inheritdoc/>
    public override string Name => "low-rank";

    /// <inheritdoc/>
    protected override string? Estimate(LeadSignal lead, SampleSpan gap, Span<double> estimate)
    {
        var context = Math.Max(1, (long)(contextSeconds * lead.SamplingFrequencyHz));
        var around = lead.Around(gap);
        var own = new SampleSpan(gap.Start - context, gap.End + context).Intersect(around);
        if (own.Length > MaximumColumns)
            return "too long for a matrix";
        if (NearestPeak(lead, gap) is not { } peak)
            return "no beat near it";
        var matrix = new StretchMatrix(lead, own);
        var alike = PeaksWithin.Of(lead, around).Select(other => own.Shift(other - peak)).Where(other => other.Intersect(around) == other);
        var nearest = matrix.Nearest(alike, maximumRows - 1);
        if (nearest.Count < MinimumStretches)
            return "too few beats near it";
        matrix.Complete(nearest, shrinkage).AsSpan(gap.Shift(-own.Start).ToRange()).CopyTo(estimate);
        return null;
    }

    /// <summary>Returns the R peak that is nearest to the gap; null where none is near.</summary>
    private static int? NearestPeak(LeadSignal lead, SampleSpan gap)
    {
        var far = (long)(MaximumPeakSeconds * lead.SamplingFrequencyHz);
        var near = new SampleSpan(gap.Start - far, gap.End + far).Intersect(lead.Around(gap));
        var peaks = PeaksWithin.Of(lead, near);
        return peaks.Length == 0 ? null : peaks.MinBy(peak => peak < gap.Start ? gap.Start - peak : peak - gap.End);
    }
}
