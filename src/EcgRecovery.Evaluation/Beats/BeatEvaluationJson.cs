using System.Text.Json;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>An evaluation as one JSON document: <see cref="BeatEvaluationDocument"/>.</summary>
internal static class BeatEvaluationJson
{
    private static readonly BeatEvaluationContext s_context = new(ResultJson.Options());

    /// <summary>Returns the document, ending in a line feed.</summary>
    public static string Write(BeatEvaluation evaluation) =>
        JsonSerializer.Serialize(Document(evaluation), s_context.BeatEvaluationDocument) + "\n";

    private static BeatEvaluationDocument Document(BeatEvaluation evaluation) => new(
        evaluation.Model,
        evaluation.RowCount,
        Gap(evaluation),
        evaluation.Bootstrap == BootstrapUnit.Patient ? "patient" : "row",
        evaluation.ComparedWith,
        [.. evaluation.Methods.Select(Method)]);

    private static GapDocument Gap(BeatEvaluation evaluation) => evaluation.Gaps.Everywhere is { } gap
        ? new GapDocument { Start = gap.Start, End = gap.End }
        : new GapDocument { RandomLength = evaluation.Gaps.Length, Seed = evaluation.Gaps.Seed, RowsLeftOut = evaluation.RowsTooShort };

    private static MethodDocument Method(MethodScore method) => new(
        method.Name,
        Error(method.WholeBeatRmse),
        Error(method.GapRmse),
        method.RowsWithRealSamples == 0 ? null : Error(method.GapRmseRealSamples, method.RowsWithRealSamples),
        method.Differences is { } differences ? Differences(differences) : null,
        method.Amplitude is { } amplitude ? Amplitude(amplitude) : null,
        method.Interval is { } interval ? Interval(interval) : null,
        [.. method.ByClass.Select(Class)],
        [.. method.ByPatient.Select(Patient)]);

    private static ErrorDocument Error(ErrorSummary error, int? rows = null) => new(error.Mean, error.Median, error.Low, error.High, rows);

    private static DifferencesDocument Differences(MethodDifferences differences) =>
        new(Pair(differences.WholeBeatRmse), Pair(differences.GapRmse), Pair(differences.GapRmseRealSamples));

    private static DifferencePairDocument Pair(ErrorDifference difference) =>
        new(Difference(difference.Absolute), Difference(difference.Relative));

    private static DifferenceDocument Difference(DifferenceSummary summary) =>
        new(Finite(summary.Value), Finite(summary.Low), Finite(summary.High));

    private static AmplitudeDocument Amplitude(AmplitudeScore score) =>
        new(Finite(score.VarianceRatio), score.TallPeaks, Finite(score.PeakRatio), Finite(score.PeakBias));

    private static IntervalDocument Interval(IntervalScore interval) => new(
        interval.Coverage,
        interval.Width,
        Finite(interval.MeanOverPatients),
        interval.WorstPatient?.Group,
        [.. interval.ByClass.Select(group => new ClassCoverageDocument(group.Group, group.Samples, group.Coverage))],
        [.. interval.ByPatient.Select(group => new PatientCoverageDocument(group.Group, group.Samples, group.Coverage))]);

    private static ClassDocument Class(ClassScore score) => new(
        $"{score.Class}",
        score.Rows,
        Finite(score.WholeBeatRmse),
        Finite(score.GapRmse),
        Finite(score.GapRmseRealSamples),
        score.RowsWithRealSamples);

    private static PatientDocument Patient(PatientScore score) =>
        new(score.Patient, score.RowsWithRealSamples, Finite(score.GapRmseRealSamples));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
