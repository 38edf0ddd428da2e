using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>Scores of all methods over the gaps of one cell.</summary>
/// <param name="Kind">What the gaps have in common.</param>
/// <param name="GapCount">Their number.</param>
/// <param name="MeanSeconds">Their mean length.</param>
/// <param name="Methods">One entry per method.</param>
internal sealed record CellScores(CellKind Kind, int GapCount, double MeanSeconds, IReadOnlyList<CellScore> Methods)
{
    /// <summary>Heart-rate variability with the gaps dropped, against the true one; null where it is not known.</summary>
    public RhythmErrors? Dropped { get; init; }

    /// <summary>Summarises the scores of gaps.</summary>
    /// <param name="kind">What the gaps have in common.</param>
    /// <param name="records">What was made of them, record by record.</param>
    /// <param name="methods">The methods, in the order of the gaps' attempts.</param>
    /// <param name="scoring">The bootstrap.</param>
    /// <param name="cancellationToken">Cancels between resamples.</param>
    public static CellScores Of(
        CellKind kind,
        IReadOnlyList<PatientAttempts> records,
        IReadOnlyList<TestedMethod> methods,
        CellScoring scoring,
        CancellationToken cancellationToken)
    {
        var gaps = records.SelectMany(record => record.Attempts.Gaps.Select(gap => (record.Patient, Gap: gap))).ToList();
        var rhythms = records.SelectMany(record => record.Attempts.Rhythms).ToList();
        int[] units = scoring.Bootstrap == BootstrapUnit.Patient
            ? Bootstrap.NumberUnits(gaps.Select(gap => gap.Patient))
            : [.. Enumerable.Range(0, gaps.Count)];
        // A gap without an estimate does not count: NaN.
        var errors = Columns(attempt => attempt.Score?.Rmse ?? double.NaN);
        var drawn = Draw(errors);
        var aligned = Summarise(Columns(attempt => attempt.Score?.AlignedRmse ?? double.NaN));
        var coverage = gaps.Exists(gap => gap.Gap.Attempts.Any(attempt => attempt.Judgement is not null))
            ? RecoveryOptions.IntervalLevels
                .Select(level => (Level: level, Methods: Summarise(Columns(attempt => Covered(attempt, level)))))
                .ToList()
            : null;
        var reference = methods.ToList().FindIndex(method => method.Name == PairedDifference.Reference);
        return new CellScores(
            kind, gaps.Count, gaps.Select(gap => gap.Gap.Seconds).DefaultIfEmpty(double.NaN).Average(), [.. methods.Select(Score)])
        {
            Dropped = RhythmErrors.Of(rhythms, rhythm => rhythm.Dropped),
        };

        static double Covered(GapAttempt attempt, double level) => attempt.Judgement?.At(level)?.Coverage ?? double.NaN;

        CellScore Score(TestedMethod method, int m)
        {
            GapAttempt[] attempts = [.. gaps.Select(gap => gap.Gap.Attempts[m])];
            return CellScore.Of(method, attempts, ErrorSummary.Of(errors[m], drawn[m]), aligned[m]) with
            {
                // Predictions in files have none; without a self-test only a model has.
                Judgement = coverage is null || !Array.Exists(attempts, attempt => attempt.Judgement is not null)
                    ? null
                    : JudgementScore.Of(attempts, [.. coverage.Select(level => (level.Level, level.Methods[m]))]),
                Difference = reference < 0 || reference == m
                    ? null
                    : PairedDifference.Of(errors[m], errors[reference], Draw),
                ByPatient = GroupError.Of(gaps.Select((gap, i) => (gap.Patient, errors[m][i]))),
                ByClass = GroupError.Of(
                    gaps.Select((gap, i) => (gap.Gap.Class?.ToString() ?? "", errors[m][i])).Where(gap => gap.Item1.Length > 0)),
                Rhythm = RhythmErrors.Of(rhythms, rhythm => rhythm.Recovered[m]),
            };
        }

        float[][] Columns(Func<GapAttempt, double> figure) =>
            [.. methods.Select((_, m) => gaps.Select(gap => (float)figure(gap.Gap.Attempts[m])).ToArray())];

        IReadOnlyList<double[]> Draw(float[][] columns) =>
            Bootstrap.Means(columns, units, scoring.BootstrapResamples, scoring.Seed, scoring.Threads, cancellationToken);

        List<ErrorSummary> Summarise(float[][] columns) => [.. columns.Zip(Draw(columns), ErrorSummary.Of)];
    }
}

/// <summary>What was made of the gaps of one cell in a patient's record.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Attempts">The gaps.</param>
internal readonly record struct PatientAttempts(string Patient, CellAttempts Attempts);

/// <summary>Scores of one method over the gaps of one cell. Means and sums are over the gaps that it estimated.</summary>
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
    PooledRPeaks? RPeaks)
{
    /// <summary>What users get of the estimates; null without a self-test.</summary>
    public JudgementScore? Judgement { get; init; }

    /// <summary>Mean of <see cref="GapScore.Pinball"/>, in mV; NaN without intervals.</summary>
    public double Pinball { get; init; } = double.NaN;

    /// <summary>Against the reference method; null for that method itself, or where the two share no gap.</summary>
    public PairedDifference? Difference { get; init; }

    /// <summary>Errors by patient, in the order of the records.</summary>
    public IReadOnlyList<GroupError> ByPatient { get; init; } = [];

    /// <summary>Errors by class; empty where classes are not known.</summary>
    public IReadOnlyList<GroupError> ByClass { get; init; } = [];

    /// <summary>What became of the beats, by class; empty where classes are not known.</summary>
    public IReadOnlyList<ClassBeats> Beats { get; init; } = [];

    /// <summary>Heart-rate variability of the recovered leads, against the true one; null where it is not known.</summary>
    public RhythmErrors? Rhythm { get; init; }

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
            peaks.Count == 0 ? null : new PooledRPeaks(Pool(peak => peak.At150Ms), Pool(peak => peak.At20Ms)))
        {
            Pinball = scores.Select(score => score.Pinball).OfType<double>().DefaultIfEmpty(double.NaN).Average(),
            Beats = ClassBeats.Pool(scores.SelectMany(score => score.Beats ?? [])),
        };

        RPeakCounts Pool(Func<GapRPeaks, RPeakCounts> counts) => peaks.Aggregate(default(RPeakCounts), (sum, peak) => sum + counts(peak));
    }
}

/// <summary>R peaks in gaps, pooled.</summary>
/// <param name="At150Ms">Matched within 150 ms.</param>
/// <param name="At20Ms">Matched within 20 ms.</param>
internal sealed record PooledRPeaks(RPeakCounts At150Ms, RPeakCounts At20Ms);

/// <summary>Mean RMSE of a patient's or a class's gaps.</summary>
/// <param name="Name">The patient or the class.</param>
/// <param name="Gaps">Number of gaps with an estimate.</param>
/// <param name="Rmse">In mV; NaN without one.</param>
internal sealed record GroupError(string Name, int Gaps, double Rmse)
{
    /// <summary>Groups errors by name, in the order in which names first occur.</summary>
    public static IReadOnlyList<GroupError> Of(IEnumerable<(string Name, float Error)> errors) =>
    [
        .. errors.GroupBy(error => error.Name).Select(group => new GroupError(
            group.Key, group.Count(error => !float.IsNaN(error.Error)), Statistics.Mean(group.Select(error => error.Error)))),
    ];
}

/// <summary>Error of a method against that of the reference method, on the gaps that both estimated.</summary>
/// <param name="Gaps">Their number.</param>
/// <param name="Rmse">The difference of the mean errors, with its bootstrap interval.</param>
internal sealed record PairedDifference(int Gaps, ErrorDifference Rmse)
{
    /// <summary>Name of the reference method: the best without training.</summary>
    public const string Reference = "similar";

    /// <summary>Compares the errors of two methods, gap by gap; null where they share no gap.</summary>
    /// <param name="own">[N]; NaN for a gap without an estimate.</param>
    /// <param name="other">[N]; those of the reference method.</param>
    /// <param name="draw">Returns the means of columns over the bootstrap's resamples.</param>
    public static PairedDifference? Of(float[] own, float[] other, Func<float[][], IReadOnlyList<double[]>> draw)
    {
        // Only gaps that both estimated: a method that leaves the hard ones would look better than it is.
        bool[] both = [.. own.Zip(other, (error, reference) => !float.IsNaN(error) && !float.IsNaN(reference))];
        if (!both.Contains(true))
            return null;
        float[][] pair = [Mask(own), Mask(other)];
        var means = draw(pair);
        return new PairedDifference(
            both.Count(isBoth => isBoth),
            ErrorDifference.Of(Statistics.Mean(pair[0]), means[0], Statistics.Mean(pair[1]), means[1]));

        float[] Mask(float[] column) => [.. column.Zip(both, (value, isBoth) => isBoth ? value : float.NaN)];
    }
}
