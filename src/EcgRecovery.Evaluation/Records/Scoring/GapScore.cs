using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Scoring;

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

    /// <summary>
    /// In mV: mean pinball loss of the estimate and its intervals, see <see cref="PinballScore"/>; null without intervals.
    /// </summary>
    public double? Pinball { get; init; }

    /// <summary>What became of the beats in the gap; null where their classes are not known.</summary>
    public IReadOnlyList<ClassBeats>? Beats { get; init; }

    /// <summary>Scores a recovered gap.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="recovered">[length of the gap], in mV.</param>
    public static GapScore Of(TestedLead lead, SampleSpan gap, ReadOnlySpan<float> recovered)
    {
        var truth = lead.MilliVolts.AsSpan(gap.ToRange());
        return new GapScore(
            Statistics.RootMeanSquareError(truth, recovered),
            Aligned(lead, gap, recovered),
            Statistics.SquaresAboutMean(recovered),
            WaveformScore.Of(truth, recovered, lead.Deviation),
            GapRPeaks.Of(lead, gap, recovered));
    }

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
            var rmse = Statistics.RootMeanSquareError(lead.MilliVolts.AsSpan(place.ToRange()), recovered);
            if (rmse < least)
                least = rmse;
        }

        return least;
    }
}
