using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>R peaks that a recovery places in a gap.</summary>
/// <remarks>
/// The recovered ones are those that the detector finds in the gap, once it is filled, with 10 s of the true lead on each side. They are
/// matched one to one with the true ones in the gap.
/// </remarks>
/// <param name="Found">Samples of the recovered ones, ascending.</param>
/// <param name="At150Ms">Matched within <see cref="RPeakEvaluation.WideToleranceSeconds"/>.</param>
/// <param name="At20Ms">Matched within <see cref="RPeakEvaluation.NarrowToleranceSeconds"/>.</param>
internal sealed record GapRPeaks(IReadOnlyList<int> Found, RPeakCounts At150Ms, RPeakCounts At20Ms)
{
    // The detector learns its levels from the first beats.
    private const double AroundSeconds = 10;

    /// <summary>Counts the R peaks of a recovered gap; null where the true ones are not known.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="recovered">[length of the gap], in mV.</param>
    public static GapRPeaks? Of(TestedLead lead, SampleSpan gap, ReadOnlySpan<float> recovered)
    {
        if (lead.RPeaks is not { } peaks)
            return null;
        int[] truth = [.. peaks.Where(peak => gap.Contains(peak))];
        var found = Find(lead, gap, recovered);
        return new GapRPeaks(found, Within(RPeakEvaluation.WideToleranceSeconds), Within(RPeakEvaluation.NarrowToleranceSeconds));

        RPeakCounts Within(double seconds) =>
            RPeakMatching.Match(truth, found, RPeakMatching.ToleranceSamples(seconds, lead.SamplingFrequencyHz));
    }

    /// <summary>Finds the R peaks in a gap, once it is filled, with 10 s of the true lead on each side; ascending.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="recovered">[length of the gap], in mV; NaN where it stays missing.</param>
    public static int[] Find(TestedLead lead, SampleSpan gap, ReadOnlySpan<float> recovered)
    {
        var reach = (long)Math.Ceiling(AroundSeconds * lead.SamplingFrequencyHz);
        var around = new SampleSpan(gap.Start - reach, gap.End + reach).Intersect(new SampleSpan(0, lead.MilliVolts.Length));
        var filled = lead.MilliVolts[around.ToRange()];
        recovered.CopyTo(filled.AsSpan(gap.Shift(-around.Start).ToRange()));
        return
        [
            .. RPeakDetector.Detect(filled, lead.SamplingFrequencyHz)
                .Select(peak => peak + (int)around.Start)
                .Where(peak => gap.Contains(peak)),
        ];
    }
}
