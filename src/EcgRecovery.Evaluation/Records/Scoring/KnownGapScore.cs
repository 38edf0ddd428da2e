using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>Errors of one recovered gap whose true samples are known.</summary>
/// <param name="Rmse">RMSE of the recovered samples, in mV.</param>
/// <param name="LineRmse">RMSE of a straight line from the sample before the gap to the sample after it, in mV.</param>
/// <param name="IntervalWidth">Mean width of the interval, in mV.</param>
/// <param name="Coverage">Share of the true samples within their interval, bounds included.</param>
/// <param name="RPeakErrors">
/// For each true R peak in the gap the nearest recovered one's time minus its own, in seconds; null where none lies within
/// <see cref="RPeakEvaluation.WideToleranceSeconds"/>.
/// </param>
/// <param name="FalseRPeaks">Recovered R peaks without a true one within that time.</param>
/// <remarks>What was left missing, or has no interval, gives NaN.</remarks>
internal sealed record KnownGapScore(
    double Rmse, double LineRmse, double IntervalWidth, double Coverage, IReadOnlyList<double?> RPeakErrors, int FalseRPeaks)
{
    /// <summary>Scores a gap.</summary>
    /// <param name="truth">The true lead, with its R peaks; observed beside the gap.</param>
    /// <param name="gap">The gap and its recovered R peaks.</param>
    /// <param name="recovered">[length of the gap], in mV.</param>
    /// <param name="lower">Lower bounds, [length of the gap], in mV.</param>
    /// <param name="upper">Upper bounds, [length of the gap], in mV.</param>
    public static KnownGapScore Of(
        TestedLead truth, RecoveredGap gap, ReadOnlySpan<float> recovered, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper)
    {
        var lost = truth.MilliVolts.AsSpan(gap.Span.ToRange());
        var interval = new IntervalSum(rowCount: 1);
        interval.Add(0, lost, lower, upper);
        var score = interval.Score([], [])!;
        int[] trueRPeaks = [.. truth.RPeaks!.Where(peak => gap.Span.Contains(peak))];
        int[] found = [.. gap.RPeaks.Select(peak => (int)peak.Sample)];
        var tolerance = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, truth.SamplingFrequencyHz);
        return new KnownGapScore(
            Statistics.RootMeanSquareError(lost, recovered),
            Statistics.RootMeanSquareError(lost, Line(truth, gap)),
            score.Width,
            double.IsNaN(score.Width) ? double.NaN : score.Coverage,
            [.. trueRPeaks.Select(peak => Nearest(found, peak) is { } near ? (near - peak) / truth.SamplingFrequencyHz : (double?)null)],
            found.Count(peak => Nearest(trueRPeaks, peak) is null));

        int? Nearest(int[] peaks, int to) => peaks
            .Where(peak => Math.Abs(peak - to) <= tolerance)
            .OrderBy(peak => Math.Abs(peak - to))
            .Select(peak => (int?)peak)
            .FirstOrDefault();
    }

    private static float[] Line(TestedLead truth, RecoveredGap gap)
    {
        var (before, after) = (truth.MilliVolts[gap.Span.Start - 1], truth.MilliVolts[gap.Span.End]);
        var steps = gap.Span.Length + 1;
        return [.. Enumerable.Range(1, (int)gap.Span.Length).Select(step => before + ((after - before) * step / steps))];
    }
}
