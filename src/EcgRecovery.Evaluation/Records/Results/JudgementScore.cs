using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>What users get of a method's estimates over the gaps of one length: what is left missing, and how sure the rest is.</summary>
/// <param name="Left">Number of estimated gaps that the self-test leaves missing.</param>
/// <param name="Reasons">Its parts, by reason, in the order of the reasons' texts.</param>
/// <param name="FilledRmse">Mean <see cref="GapScore.Rmse"/> of the gaps that are filled, in mV; NaN where none is.</param>
/// <param name="LeftRmse">The same of what would have been filled in those left; NaN where none is.</param>
/// <param name="Intervals">The intervals of the gaps that are filled, lowest level first.</param>
/// <param name="RPeaks">The R peaks of the gaps that are filled, pooled; null where the true ones are not known.</param>
internal sealed record JudgementScore(
    int Left,
    IReadOnlyList<LeftGaps> Reasons,
    double FilledRmse,
    double LeftRmse,
    IReadOnlyList<IntervalCoverage> Intervals,
    RPeakTimes? RPeaks)
{
    /// <summary>Share of the estimated gaps that are left missing; NaN where none is estimated.</summary>
    public double LeftShare { get; init; }

    /// <summary>Pools the judgements of a method's gaps.</summary>
    /// <param name="attempts">Its attempts; those without an estimate do not count.</param>
    /// <param name="coverage">For each level the coverage over gaps with an interval, and its bootstrap interval.</param>
    public static JudgementScore Of(IReadOnlyList<GapAttempt> attempts, IReadOnlyList<(double Level, ErrorSummary Coverage)> coverage)
    {
        var gaps = attempts.Where(attempt => attempt.Judgement is not null)
            .Select(attempt => (Rmse: (float)attempt.Score!.Rmse, Judgement: attempt.Judgement!))
            .ToLookup(gap => gap.Judgement.IsLeft);
        var (filled, left) = (gaps[false].ToList(), gaps[true].ToList());
        var peaks = filled.Select(gap => gap.Judgement.RPeaks).OfType<RPeakTimes>().ToList();
        return new JudgementScore(
            left.Count,
            [
                .. left.GroupBy(gap => gap.Judgement.Reason).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new LeftGaps(group.Key, group.Count())),
            ],
            Statistics.Mean(filled.Select(gap => gap.Rmse)),
            Statistics.Mean(left.Select(gap => gap.Rmse)),
            [.. coverage.Select(level => IntervalCoverage.Of(level.Level, level.Coverage, [.. filled.Select(gap => gap.Judgement)]))],
            peaks.Count == 0 ? null : peaks.Aggregate((sum, times) => sum + times))
        {
            LeftShare = left.Count / (double)(filled.Count + left.Count),
        };
    }
}

/// <summary>Gaps that are left missing for one reason.</summary>
internal sealed record LeftGaps(string Reason, int Gaps);

/// <summary>How the intervals of one level did over gaps.</summary>
/// <param name="Level">The probability that a true sample should lie within its interval.</param>
/// <param name="Gaps">Number of gaps with such an interval.</param>
/// <param name="Coverage">Mean of <see cref="GapCoverage.Coverage"/> over them, with its 95 % bootstrap interval.</param>
/// <param name="Width">Mean of <see cref="GapCoverage.Width"/> over them, in mV; NaN where there is none.</param>
internal sealed record IntervalCoverage(double Level, int Gaps, ErrorSummary Coverage, double Width)
{
    /// <summary>Pools the intervals of one level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="coverage">Their coverage.</param>
    /// <param name="gaps">The gaps that are filled.</param>
    public static IntervalCoverage Of(double level, ErrorSummary coverage, IReadOnlyList<GapJudgement> gaps)
    {
        var intervals = gaps.Select(gap => gap.At(level)).OfType<GapCoverage>().ToList();
        return new IntervalCoverage(level, intervals.Count, coverage, Statistics.Mean(intervals.Select(interval => (float)interval.Width)));
    }
}
