using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Tables of an evaluation: plain text for a terminal, Markdown for documents. Errors have four decimals.</summary>
internal static class BeatEvaluationTable
{
    /// <summary>Returns summary, quality, errors by class and notes as plain text.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="columns">The width of a line.</param>
    public static string Text(BeatEvaluation evaluation, int columns) =>
        ResultTable.Text([Summary(evaluation), Quality(evaluation), ByClass(evaluation)], Notes(evaluation), columns);

    /// <summary>Returns the same as Markdown, with coverage by class and errors by patient.</summary>
    public static string Markdown(BeatEvaluation evaluation) => ResultTable.Markdown(
        [Summary(evaluation), Quality(evaluation), ByClass(evaluation), CoverageByClass(evaluation), ByPatient(evaluation)],
        Notes(evaluation));

    /// <summary>
    /// Returns each method's difference from <see cref="BeatEvaluation.ComparedWith"/>, its recovered amplitude and the coverage of its
    /// intervals, as far as they were computed; null where none was.
    /// </summary>
    public static ResultTable? Quality(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods;
        var columns = new List<(string Heading, Func<MethodScore, string> Cell)>();
        var parts = new List<string>();
        if (evaluation.ComparedWith is { } other)
        {
            parts.Add($"mean error against {other} in % [95 % interval]");
            columns.Add(("whole beat, %", method => Difference(method.Differences?.WholeBeatRmse)));
            var gap = evaluation.Gaps.IsRandom ? "gap, %" : "gap, real samples, %";
            columns.Add((gap, method => Difference(method.Differences?.GapRmseRealSamples)));
        }

        if (methods.FirstOrDefault(method => method.Amplitude is not null) is { Amplitude: { } first })
        {
            parts.Add("amplitude recovered");
            columns.Add(("variance", method => Figure(method.Amplitude?.VarianceRatio, 3)));
            columns.Add(($"peaks ({first.TallPeaks:N0})", method => Figure(method.Amplitude?.PeakRatio, 3)));
            columns.Add(("bias", method => Signed(method.Amplitude?.PeakBias, 3)));
        }

        if (methods.Any(method => method.Interval is not null))
        {
            parts.Add("samples within the 95 % interval");
            columns.Add(("covered", method => Percent(method.Interval?.Coverage)));
            columns.Add(("width", method => Figure(method.Interval?.Width, 3)));
        }

        if (columns.Count == 0)
            return null;
        var title = string.Join("; ", parts);
        return new ResultTable(
            $"{char.ToUpperInvariant(title[0])}{title[1..]}:",
            [
                ["method", .. columns.Select(column => column.Heading)],
                .. methods.Select(method => (string[])[Name(method), .. columns.Select(column => column.Cell(method))]),
            ]);
    }

    /// <summary>Returns the interval coverage by class of every method with intervals; null where there is none.</summary>
    public static ResultTable? CoverageByClass(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods.Where(method => method.Interval is not null).ToList();
        if (methods.Count == 0)
            return null;
        return new ResultTable(
            "Share of lost real samples within the 95 % interval, by AAMI class (samples):",
            [
                ["method", .. methods[0].Interval!.ByClass.Select(group => $"{group.Group} ({group.Samples:N0})")],
                .. methods.Select(method => (string[])[Name(method), .. method.Interval!.ByClass.Select(group => Percent(group.Coverage))]),
            ]);
    }

    /// <summary>
    /// Returns the mean gap RMSE over real samples of every patient and method, and the coverage of the methods with intervals; null where
    /// patients are not known or there is only one.
    /// </summary>
    public static ResultTable? ByPatient(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods;
        if (methods.Count == 0 || methods[0].ByPatient.Count <= 1)
            return null;
        var covering = methods.Where(method => method.Interval is not null).ToList();
        var coverage = covering.Count > 0 ? "; share of lost real samples within the 95 % interval" : "";
        return new ResultTable(
            $"Mean gap RMSE over real samples, by patient{coverage}:",
            [
                ["patient", "rows", .. methods.Select(Name), .. covering.Select(method => $"{Name(method)}, covered")],
                .. methods[0].ByPatient.Select((patient, p) => (string[])
                [
                    patient.Patient,
                    $"{patient.RowsWithRealSamples:N0}",
                    .. methods.Select(method => Figure(method.ByPatient[p].GapRmseRealSamples)),
                    .. covering.Select(method => Percent(CoverageOf(method, patient.Patient))),
                ]),
            ]);

        static double? CoverageOf(MethodScore method, string patient) =>
            method.Interval!.ByPatient.FirstOrDefault(group => group.Group == patient)?.Coverage;
    }

    private static string Title(BeatEvaluation evaluation) =>
        $"{evaluation.RowCount - evaluation.RowsTooShort:N0} beats, {evaluation.Gaps}. "
        + "RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.";

    private static ResultTable Summary(BeatEvaluation evaluation)
    {
        var real = evaluation.Methods.Count > 0 ? evaluation.Methods[0].RowsWithRealSamples : 0;
        List<(string Heading, Func<MethodScore, ErrorSummary> Of)> errors =
            [("whole beat", method => method.WholeBeatRmse), ("gap", method => method.GapRmse)];
        // A random gap holds real samples only: both gap errors are the same.
        if (!evaluation.Gaps.IsRandom)
            errors.Add(($"gap, real samples ({real:N0} rows)", method => method.GapRmseRealSamples));
        return new ResultTable(
            Title(evaluation),
            [
                ["method", .. errors.SelectMany(error => new[] { error.Heading, "median" })],
                .. evaluation.Methods.Select(method => (string[])
                [
                    Name(method), .. errors.SelectMany(error => new[] { Mean(error.Of(method)), Figure(error.Of(method).Median) }),
                ]),
            ]);
    }

    private static ResultTable? ByClass(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods;
        // With one class the table would repeat the summary.
        if (methods.Count == 0 || methods[0].ByClass.Count <= 1)
            return null;
        return new ResultTable(
            "Mean gap RMSE over real samples, by AAMI class (rows counted):",
            [
                ["method", .. methods[0].ByClass.Select(score => $"{score.Class} ({score.RowsWithRealSamples:N0})")],
                .. methods.Select(method => (string[])[Name(method), .. method.ByClass.Select(score => Figure(score.GapRmseRealSamples))]),
            ]);
    }

    private static IEnumerable<string> Notes(BeatEvaluation evaluation)
    {
        if (evaluation.Methods.Any(method => method.SawTestPatients == true))
            yield return $"{SawTestPatientsMark} learned from patients that it is tested on.";
        foreach (var note in evaluation.Notes)
            yield return note;
    }

    private static string Name(MethodScore method) => method.SawTestPatients == true ? $"{method.Name} {SawTestPatientsMark}" : method.Name;
}
