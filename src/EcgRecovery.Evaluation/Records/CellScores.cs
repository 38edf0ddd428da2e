using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Scores of all methods over the gaps of one kind.</summary>
/// <param name="Kind">Their length, and where they lie.</param>
/// <param name="GapCount">Their number.</param>
/// <param name="Methods">One entry per method.</param>
internal sealed record CellScores(GapKind Kind, int GapCount, IReadOnlyList<CellScore> Methods)
{
    /// <summary>Summarises the scores of gaps.</summary>
    /// <param name="kind">Their length, and where they lie.</param>
    /// <param name="gaps">The gaps of all records.</param>
    /// <param name="methods">The methods, in the order of the gaps' attempts.</param>
    /// <param name="unit">Unit of the bootstrap.</param>
    /// <param name="options">Seed, resamples and threads of the bootstrap.</param>
    /// <param name="cancellationToken">Cancels between resamples.</param>
    public static CellScores Of(
        GapKind kind,
        IReadOnlyList<TestedGap> gaps,
        IReadOnlyList<TestedMethod> methods,
        BootstrapUnit unit,
        RecordBenchmarkOptions options,
        CancellationToken cancellationToken)
    {
        var units = unit == BootstrapUnit.Patient
            ? Bootstrap.NumberUnits(gaps.Select(gap => gap.Patient))
            : [.. Enumerable.Range(0, gaps.Count)];
        // A gap without an estimate does not count: NaN.
        var rmse = Summarise(attempt => attempt.Score?.Rmse ?? double.NaN);
        var aligned = Summarise(attempt => attempt.Score?.AlignedRmse ?? double.NaN);
        var coverage = options.HasIntervals
            ? RecoveryOptions.IntervalLevels
                .Select(level => (Level: level, Methods: Summarise(attempt => attempt.Judgement?.At(level)?.Coverage ?? double.NaN)))
                .ToList()
            : null;
        return new CellScores(
            kind,
            gaps.Count,
            [.. methods.Select(Score)]);

        CellScore Score(TestedMethod method, int m)
        {
            GapAttempt[] attempts = [.. gaps.Select(gap => gap.Attempts[m])];
            return CellScore.Of(method, attempts, rmse[m], aligned[m]) with
            {
                Judgement = coverage is null
                    ? null
                    : JudgementScore.Of(attempts, [.. coverage.Select(level => (level.Level, level.Methods[m]))]),
            };
        }

        List<ErrorSummary> Summarise(Func<GapAttempt, double> figure)
        {
            var columns = methods.Select((_, m) => gaps.Select(gap => (float)figure(gap.Attempts[m])).ToArray()).ToList();
            var drawn = Bootstrap.Means(columns, units, options.BootstrapResamples, options.Seed, options.Threads, cancellationToken);
            return [.. columns.Zip(drawn, ErrorSummary.Of)];
        }
    }
}

/// <summary>Scores of one method over the gaps of one kind. Means and sums are over the gaps that it estimated.</summary>
/// <param name="Method">The method.</param>
/// <param name="Estimated">Number of gaps that it has an estimate for, whatever the self-test makes of them: n of the means.</param>
/// <param name="Left">Number of the other gaps.</param>
/// <param name="BySimplerMethod">Number of estimated gaps that it left to a simpler method.</param>
/// <param name="Rmse">In mV, see <see cref="GapScore.Rmse"/>; NaN where no gap is estimated.</param>
/// <param name="AlignedRmse">In mV, see <see cref="GapScore.AlignedRmse"/>; NaN where no gap is estimated.</param>
/// <param name="AmplitudeRatio">
/// Variance ratio: <c>Σ RecoveredSquares / Σ Waveform.TrueSquares</c>; 1 where the amplitude is kept, less for a blur. NaN without
/// estimates.
/// </param>
/// <param name="Waveform">Further figures of the waveform.</param>
/// <param name="RPeaks">R peaks, pooled; null where the true ones are not known.</param>
internal sealed record CellScore(
    TestedMethod Method,
    int Estimated,
    int Left,
    int BySimplerMethod,
    ErrorSummary Rmse,
    ErrorSummary AlignedRmse,
    double AmplitudeRatio,
    WaveformSummary Waveform,
    GapRPeaks? RPeaks)
{
    /// <summary>What users get of the estimates; null without a self-test.</summary>
    public JudgementScore? Judgement { get; init; }

    /// <summary>Pools the scores of a method's gaps.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attempts">Its attempts, one a gap.</param>
    /// <param name="rmse">Its errors.</param>
    /// <param name="aligned">Its errors after alignment.</param>
    public static CellScore Of(TestedMethod method, IReadOnlyList<GapAttempt> attempts, ErrorSummary rmse, ErrorSummary aligned)
    {
        var scores = attempts.Select(attempt => attempt.Score).OfType<GapScore>().ToList();
        var peaks = scores.Select(score => score.RPeaks).OfType<GapRPeaks>().ToList();
        return new CellScore(
            method,
            scores.Count,
            attempts.Count - scores.Count,
            attempts.Count(attempt => attempt.IsBySimplerMethod),
            rmse,
            aligned,
            scores.Sum(score => score.RecoveredSquares) / scores.Sum(score => score.Waveform.TrueSquares),
            WaveformSummary.Of([.. scores.Select(score => score.Waveform)]),
            peaks.Count == 0 ? null : new GapRPeaks(Pool(peak => peak.At150Ms), Pool(peak => peak.At20Ms)));

        RPeakCounts Pool(Func<GapRPeaks, RPeakCounts> counts) => peaks.Aggregate(default(RPeakCounts), (sum, peak) => sum + counts(peak));
    }
}

/// <summary>A method under test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SawTestPatients">Whether it learned from patients that it is tested on; null where that is not known.</param>
internal sealed record TestedMethod(string Name, bool? SawTestPatients)
{
    /// <summary>Describes a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="patients">The patients that it is tested on.</param>
    public static TestedMethod Of(RecordRecoveryMethod method, IReadOnlySet<string> patients) =>
        new(method.Name, method.LearnedFromRecords?.Any(record => patients.Contains(InterPatientSplit.Patient(record))));
}
