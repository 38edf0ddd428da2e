using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Notes of an evaluation: how its figures were computed, and what limits them.</summary>
internal static class BeatEvaluationNotes
{
    /// <summary>Returns the notes, one sentence or more each.</summary>
    public static IReadOnlyList<string> Write(
        HeartbeatSet beats,
        IReadOnlyList<BeatRecoveryMethod> methods,
        IReadOnlyList<MethodScore> scores,
        BootstrapUnit unit,
        BeatGapOptions options)
    {
        var notes = new List<string> { Intervals(beats, unit, options) };
        notes.AddRange(options.Gaps.Everywhere is { } gap ? Padding(beats, gap) : Placement(beats, options.Gaps));
        notes.AddRange(RawOutput(scores));
        notes.AddRange(Differences(scores, unit));
        notes.AddRange(Amplitudes(scores));
        notes.AddRange(scores.Select(Coverage).OfType<string>());
        notes.AddRange(Leakage(beats, methods));
        return notes;
    }

    private static string Intervals(HeartbeatSet beats, BootstrapUnit unit, BeatGapOptions options)
    {
        var drawn = "In brackets: the 95 % interval of the mean, percentile bootstrap, "
            + $"{options.BootstrapResamples:N0} resamples, seed {options.Seed}, drawn by ";
        if (unit == BootstrapUnit.Patient)
            return $"{drawn}patient ({Patients(PatientOverlap.PatientsOf(beats)!.Count)}; records 201 and 202 are one).";
        return drawn + (beats.Sources is null
            ? "row, because it is not known which patient a row comes from: beats of one patient are alike, "
                + "so the intervals are too narrow."
            : "row, because all rows come from one patient: the intervals do not hold for other patients.");
    }

    private static IEnumerable<string> Padding(HeartbeatSet beats, SampleSpan gap)
    {
        var padding = Enumerable.Range(0, beats.Count).Count(row => beats.RealLength(row) <= gap.Start);
        if (padding > 0)
        {
            yield return $"In {padding:N0} of {beats.Count:N0} rows the whole gap lies in the zero padding after the beat: "
                + "they count as easy successes in the whole-beat and gap columns, and are left out of the column of real samples.";
        }
    }

    private static IEnumerable<string> Placement(HeartbeatSet beats, BeatGapPlan gaps)
    {
        yield return $"Each beat's gap of {gaps.Length} samples lies at a random place, drawn with seed {gaps.Seed}, "
            + "with at least one real sample on each side; every method has the same gaps.";
        var tooShort = Enumerable.Range(0, beats.Count).Count(row => gaps.Of(beats, row) is null);
        if (tooShort > 0)
        {
            yield return $"{tooShort:N0} of {beats.Count:N0} rows have fewer than {gaps.MinimumRealLength} samples of real signal, "
                + "too few for the gap, and are left out.";
        }
    }

    private static IEnumerable<string> RawOutput(IReadOnlyList<MethodScore> scores)
    {
        var names = scores.Where(score => score.ScoredOnRawOutput).Select(score => score.Name).ToList();
        if (names.Count > 0)
        {
            yield return $"{List(names)}: scored on the raw output for all {HeartbeatSet.BeatLength} samples, as the original was; "
                + "the other methods with the observed samples copied back.";
        }
    }

    private static IEnumerable<string> Differences(IReadOnlyList<MethodScore> scores, BootstrapUnit unit)
    {
        if (scores.Any(score => score.Differences is not null))
        {
            yield return $"Against {MethodDifferences.ComparedWith}: the ratio of the two mean errors minus 1, below 0 where the method is "
                + $"better; its interval comes from the same drawn {(unit == BootstrapUnit.Patient ? "patients" : "rows")} for both. "
                + $"{ScoreText.DiffersMark} marks an interval that excludes 0.";
        }
    }

    private static IEnumerable<string> Amplitudes(IReadOnlyList<MethodScore> scores)
    {
        if (scores.Any(score => score.Amplitude is not null))
        {
            yield return "Variance: recovered variance over true variance within the gaps' real samples, all rows together; "
                + "1 keeps the amplitude, a blur has less.";
            yield return "Tall peaks: gaps whose highest real sample reaches 0.8 of the beat's height inside the gap, a stand-in for the "
                + "R peak, whose position in a row is not known. Mean ratio of the recovered height (highest recovered sample within 5 of "
                + "the peak) to the true height, and mean difference (bias).";
        }
    }

    private static string? Coverage(MethodScore score)
    {
        if (score.Interval is not { } interval)
            return null;
        var all = $"{score.Name}: {interval.Coverage:P1} of the lost real samples lie within its 95 % interval";
        return interval.WorstPatient is { } worst && interval.ByPatient.Count > 1
            ? $"{all}; mean over patients {interval.MeanOverPatients:P1}, worst {worst.Coverage:P1} (patient {worst.Group})."
            : $"{all}.";
    }

    private static IEnumerable<string> Leakage(HeartbeatSet beats, IReadOnlyList<BeatRecoveryMethod> methods)
    {
        var tested = PatientOverlap.PatientsOf(beats);
        var patients = tested?.Count;
        foreach (var group in methods.Where(method => method.LearnedFromRecords is not { Count: 0 })
            .GroupBy(method => PatientOverlap.Count(tested, method.LearnedFromRecords)))
        {
            var names = List([.. group.Select(method => method.Name)]);
            yield return group.Key switch
            {
                null => $"{names}: it is not known whether the tested patients are among those learned from; "
                    + "if they are, the errors are too low.",
                0 when patients == 1 => $"{names}: the patient tested is not among those learned from.",
                0 => $"{names}: none of the {Patients(patients!.Value)} tested is among those learned from.",
                1 when patients == 1 => $"{names}: the patient tested also has beats in the data learned from, so the errors are too low.",
                var shared => $"{names}: {shared} of the {Patients(patients!.Value)} tested also have beats in the data learned from, "
                    + "so the errors are too low; the real task is patients never seen, as in the inter-patient split of DS1 and DS2.",
            };
        }
    }

    private static string Patients(int count) => count == 1 ? "1 patient" : $"{count} patients";

    private static string List(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
