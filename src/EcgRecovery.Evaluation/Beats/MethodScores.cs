using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Results of one method over all rows, before they are summarised.</summary>
/// <param name="Errors">Errors of every row.</param>
/// <param name="Amplitude">Amplitude sums.</param>
/// <param name="Interval">Interval sums; null where the method has no intervals.</param>
internal sealed record MethodTest(RowErrors Errors, AmplitudeSum Amplitude, IntervalSum? Interval);

/// <summary>Computes the scores of the methods.</summary>
internal static class MethodScores
{
    /// <summary>Summarises the methods' results and compares them with <see cref="MethodDifferences.ComparedWith"/>.</summary>
    /// <param name="beats">The tested beats.</param>
    /// <param name="methods">In the order of the tables.</param>
    /// <param name="tests">One per method.</param>
    /// <param name="unit">Unit of the bootstrap.</param>
    /// <param name="options">Resamples, seed and threads of the bootstrap.</param>
    /// <param name="cancellationToken">Cancels between resamples.</param>
    public static IReadOnlyList<MethodScore> Of(
        HeartbeatSet beats,
        IReadOnlyList<BeatRecoveryMethod> methods,
        IReadOnlyList<MethodTest> tests,
        BootstrapUnit unit,
        BeatGapOptions options,
        CancellationToken cancellationToken)
    {
        var columns = tests.Select(test => Columns(test.Errors)).ToList();
        var units = UnitOfRow(beats, unit);
        var drawn = Bootstrap.Means(
            [.. columns.SelectMany(own => own)], units, options.BootstrapResamples, options.Seed, options.Threads, cancellationToken);
        var draws = columns.Select((own, m) => (IReadOnlyList<double[]>)[.. drawn.Skip(own.Count * m).Take(own.Count)]).ToList();
        var groups = new RowGroups(beats);
        var scores = methods.Select((method, m) => Score(beats, groups, method, tests[m], draws[m])).ToList();

        var other = scores.FindIndex(score => score.Name == MethodDifferences.ComparedWith);
        return other < 0 ? scores : [.. scores.Select((score, m) => m == other ? score : Compared(score, m))];

        MethodScore Compared(MethodScore score, int m) =>
            score with { Differences = Compare(score, draws[m], scores[other], draws[other]) };
    }

    private static IReadOnlyList<float[]> Columns(RowErrors errors) => [errors.WholeBeatRmse, errors.GapRmse, errors.GapRmseRealSamples];

    private static int[] UnitOfRow(HeartbeatSet beats, BootstrapUnit unit) => unit == BootstrapUnit.Patient && beats.Sources is { } sources
        ? Bootstrap.NumberUnits(sources.Select(source => InterPatientSplit.Patient(source.Record)))
        : [.. Enumerable.Range(0, beats.Count)];

    private static MethodScore Score(
        HeartbeatSet beats, RowGroups groups, BeatRecoveryMethod method, MethodTest test, IReadOnlyList<double[]> drawn)
    {
        var errors = test.Errors;
        var overlap = PatientOverlap.Count(PatientOverlap.PatientsOf(beats), method.LearnedFromRecords);
        return new MethodScore(
            method.Name,
            ErrorSummary.Of(errors.WholeBeatRmse, drawn[0]),
            ErrorSummary.Of(errors.GapRmse, drawn[1]),
            ErrorSummary.Of(errors.GapRmseRealSamples, drawn[2]),
            errors.GapRmseRealSamples.Count(error => !float.IsNaN(error)),
            [.. groups.ByClass.Select(group => ScoreClass(group.Key, group, errors)).Where(score => score.Rows > 0)],
            errors,
            SawTestPatients: overlap is { } patients ? patients > 0 : null,
            ScoredOnRawOutput: method.ReplacesWholeBeat)
        {
            ByPatient = [.. groups.ByPatient.Select(group => ScorePatient(group.Key, group, errors))],
            Amplitude = test.Amplitude.Score(),
            Interval = test.Interval?.Score(
                groups.ByClass.Select(group => new RowGroup($"{group.Key}", [.. group])),
                groups.ByPatient.Select(group => new RowGroup(group.Key, [.. group]))),
        };
    }

    private static ClassScore ScoreClass(AamiClass aamiClass, IEnumerable<int> rowsOfClass, RowErrors errors)
    {
        var rows = rowsOfClass.Where(row => !float.IsNaN(errors.WholeBeatRmse[row])).ToList();
        return new ClassScore(
            aamiClass,
            rows.Count,
            Statistics.Mean(rows.Select(row => errors.WholeBeatRmse[row])),
            Statistics.Mean(rows.Select(row => errors.GapRmse[row])),
            Statistics.Mean(rows.Select(row => errors.GapRmseRealSamples[row])),
            rows.Count(row => !float.IsNaN(errors.GapRmseRealSamples[row])));
    }

    private static PatientScore ScorePatient(string patient, IEnumerable<int> rows, RowErrors errors)
    {
        var counted = rows.Select(row => errors.GapRmseRealSamples[row]).Where(error => !float.IsNaN(error)).ToList();
        return new PatientScore(patient, Statistics.Mean(counted), counted.Count);
    }

    private static MethodDifferences Compare(
        MethodScore score, IReadOnlyList<double[]> drawn, MethodScore other, IReadOnlyList<double[]> otherDrawn) => new(
        ErrorDifference.Of(score.WholeBeatRmse.Mean, drawn[0], other.WholeBeatRmse.Mean, otherDrawn[0]),
        ErrorDifference.Of(score.GapRmse.Mean, drawn[1], other.GapRmse.Mean, otherDrawn[1]),
        ErrorDifference.Of(score.GapRmseRealSamples.Mean, drawn[2], other.GapRmseRealSamples.Mean, otherDrawn[2]));
}
