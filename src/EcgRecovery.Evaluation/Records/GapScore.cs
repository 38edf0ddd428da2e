using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records;

/// <summary>What one recovered gap is worth. x: true, y: recovered samples, G: the gap, of n samples.</summary>
/// <param name="Rmse">In mV: <c>√(Σ (y[t] − x[t])² / n)</c>, t in G.</param>
/// <param name="AlignedRmse">
/// In mV: the least of <c>√(Σ (y[t] − x[t + s])² / n)</c>, t in G, over shifts s within ± 50 ms. Beside the gap x is known too, so that all
/// n samples count at every shift.
/// </param>
/// <param name="RecoveredSquares">In mV²: the squares of y about its mean.</param>
/// <param name="Waveform">The other figures of the waveform.</param>
/// <param name="RPeaks">R peaks; null where the true ones are not known.</param>
internal sealed record GapScore(double Rmse, double AlignedRmse, double RecoveredSquares, WaveformScore Waveform, GapRPeaks? RPeaks)
{
    /// <summary>Maximum shift of <see cref="AlignedRmse"/>, in seconds.</summary>
    public const double MaximumShiftSeconds = 0.050;

    /// <summary>Scores a recovered gap.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="recovered">[length of the gap], in mV.</param>
    public static GapScore Of(TestedLead lead, SampleSpan gap, ReadOnlySpan<float> recovered)
    {
        var truth = lead.MilliVolts.AsSpan(gap.ToRange());
        return new GapScore(
            Error(truth, recovered),
            Aligned(lead, gap, recovered),
            Statistics.SquaresAboutMean(recovered),
            WaveformScore.Of(truth, recovered, lead.Deviation),
            GapRPeaks.Of(lead, gap, recovered));
    }

    private static double Error(ReadOnlySpan<float> truth, ReadOnlySpan<float> recovered) =>
        Math.Sqrt(Statistics.SquaredError(truth, recovered) / truth.Length);

    private static double Aligned(TestedLead lead, SampleSpan gap, ReadOnlySpan<float> recovered)
    {
        var most = RPeakMatching.ToleranceSamples(MaximumShiftSeconds, lead.SamplingFrequencyHz);
        var least = double.PositiveInfinity;
        for (var shift = -most; shift <= most; shift++)
        {
            var place = gap.Shift(shift);
            if (place.Start < 0 || place.End > lead.MilliVolts.Length)
                continue;
            // Missing samples beside the gap make the error NaN, which is not below.
            var rmse = Error(lead.MilliVolts.AsSpan(place.ToRange()), recovered);
            if (rmse < least)
                least = rmse;
        }

        return least;
    }
}

/// <summary>R peaks that a recovery places in a gap.</summary>
/// <remarks>
/// The recovered ones are those that the detector finds in the gap, once it is filled, with 10 s of the true lead on each side. They are
/// matched one to one with the true ones in the gap.
/// </remarks>
/// <param name="At150Ms">Matched within <see cref="RPeakEvaluation.WideToleranceSeconds"/>.</param>
/// <param name="At20Ms">Matched within <see cref="RPeakEvaluation.NarrowToleranceSeconds"/>.</param>
internal sealed record GapRPeaks(RPeakCounts At150Ms, RPeakCounts At20Ms)
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
        var reach = (long)Math.Ceiling(AroundSeconds * lead.SamplingFrequencyHz);
        var around = new SampleSpan(gap.Start - reach, gap.End + reach).Intersect(new SampleSpan(0, lead.MilliVolts.Length));
        var filled = lead.MilliVolts[around.ToRange()];
        recovered.CopyTo(filled.AsSpan(gap.Shift(-around.Start).ToRange()));
        int[] truth = [.. peaks.Where(peak => gap.Contains(peak))];
        int[] found =
        [
            .. RPeakDetector.Detect(filled, lead.SamplingFrequencyHz)
                .Select(peak => peak + (int)around.Start)
                .Where(peak => gap.Contains(peak)),
        ];
        return new GapRPeaks(Within(RPeakEvaluation.WideToleranceSeconds), Within(RPeakEvaluation.NarrowToleranceSeconds));

        RPeakCounts Within(double seconds) =>
            RPeakMatching.Match(truth, found, RPeakMatching.ToleranceSamples(seconds, lead.SamplingFrequencyHz));
    }
}
