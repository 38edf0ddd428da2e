using System.Globalization;
using System.Text;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>One table of results, as text: the first column says of what, the others hold figures.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Rows">The headings, then the body; all of one length.</param>
public sealed record ResultTable(string Title, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>
/// Writes an evaluation as tables: plain text for a terminal, Markdown for documents, where patients have a table too. Errors have four
/// decimals.
/// </summary>
public static class BeatEvaluationTable
{
    private const string SawTestPatientsMark = "†";
    private const string None = "–";

    /// <summary>Stands behind a difference whose interval excludes zero.</summary>
    internal const string DiffersMark = "‡";

    /// <summary>Summary, table by class, and notes, for a terminal.</summary>
    public static string Text(BeatEvaluation evaluation) => Write(evaluation, [Summary(evaluation), Quality(evaluation), ByClass(evaluation)], AppendText);

    /// <summary>The same in Markdown, and what is known of classes and patients.</summary>
    public static string Markdown(BeatEvaluation evaluation) => Write(
        evaluation, [Summary(evaluation), Quality(evaluation), ByClass(evaluation), CoverageByClass(evaluation), ByPatient(evaluation)], AppendMarkdown);

    /// <summary>
    /// What the errors alone do not tell: each method's difference from <see cref="BeatEvaluation.ComparedWith"/>, the amplitude of what it
    /// recovered, and how good its intervals are; only what there is. Null where there is none of it.
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
            columns.Add((evaluation.Gaps.IsRandom ? "gap, %" : "gap, real samples, %", method => Difference(method.Differences?.GapRmseRealSamples)));
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
            [["method", .. columns.Select(column => column.Heading)], .. methods.Select(method => (string[])[Name(method), .. columns.Select(column => column.Cell(method))])]);
    }

    /// <summary>The share of lost real samples within the interval, of every method that gives one, by class; null where none does.</summary>
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
    /// Mean gap RMSE over real samples of every patient and method, and where a method gives intervals, the share of samples within; null
    /// where patients are not known, or there is only one.
    /// </summary>
    public static ResultTable? ByPatient(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods;
        if (methods.Count == 0 || methods[0].ByPatient.Count <= 1)
            return null;
        var covering = methods.Where(method => method.Interval is not null).ToList();
        return new ResultTable(
            $"Mean gap RMSE over real samples, by patient{(covering.Count > 0 ? "; share of lost real samples within the 95 % interval" : "")}:",
            [
                ["patient", "rows", .. methods.Select(Name), .. covering.Select(method => $"{Name(method)}, covered")],
                .. methods[0].ByPatient.Select((patient, p) => (string[])
                [
                    patient.Patient,
                    $"{patient.RowsWithRealSamples:N0}",
                    .. methods.Select(method => Figure(method.ByPatient[p].GapRmseRealSamples)),
                    .. covering.Select(method => Percent(method.Interval!.ByPatient.FirstOrDefault(group => group.Group == patient.Patient)?.Coverage)),
                ]),
            ]);
    }

    private static string Write(BeatEvaluation evaluation, IEnumerable<ResultTable?> tables, Action<StringBuilder, ResultTable> append)
    {
        var text = new StringBuilder();
        foreach (var table in tables.OfType<ResultTable>())
        {
            text.Append($"{table.Title}\n\n");
            append(text, table);
            text.Append('\n');
        }

        foreach (var note in Notes(evaluation))
            text.Append($"- {note}\n");
        return text.ToString();
    }

    private static string Title(BeatEvaluation evaluation) =>
        $"{evaluation.RowCount - evaluation.RowsLeftOut:N0} beats, {evaluation.Gaps}. RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.";

    private static ResultTable Summary(BeatEvaluation evaluation)
    {
        var real = evaluation.Methods.Count > 0 ? evaluation.Methods[0].RowsWithRealSamples : 0;
        var errors = new List<(string Heading, Func<MethodScore, ErrorSummary> Of)> { ("whole beat", method => method.WholeBeatRmse), ("gap", method => method.GapRmse) };
        // A random gap holds real samples only: the two errors are one.
        if (!evaluation.Gaps.IsRandom)
            errors.Add(($"gap, real samples ({real:N0} rows)", method => method.GapRmseRealSamples));
        return new ResultTable(
            Title(evaluation),
            [
                ["method", .. errors.SelectMany(error => new[] { error.Heading, "median" })],
                .. evaluation.Methods.Select(method => (string[])[Name(method), .. errors.SelectMany(error => new[] { Mean(error.Of(method)), Figure(error.Of(method).Median) })]),
            ]);
    }

    /// <summary>A table of one class repeats the summary.</summary>
    private static ResultTable? ByClass(BeatEvaluation evaluation)
    {
        var methods = evaluation.Methods;
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

    private static string Mean(ErrorSummary error) =>
        double.IsNaN(error.Mean) ? None : $"{Figure(error.Mean)} [{Figure(error.Low)}, {Figure(error.High)}]";

    private static string Difference(ErrorDifference? difference)
    {
        if (difference is not { Relative: var relative } || !double.IsFinite(relative.Value))
            return None;
        return $"{Signed(100 * relative.Value, 1)} [{Signed(100 * relative.Low, 1)}, {Signed(100 * relative.High, 1)}]{(relative.ExcludesZero ? $" {DiffersMark}" : "")}";
    }

    private static string Figure(double? value, int decimals = 4)
    {
        if (value is not { } figure || !double.IsFinite(figure))
            return None;
        // What rounds to zero from below would be written -0.000.
        var shown = Math.Round(figure, decimals) == 0 ? 0 : figure;
        return shown.ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private static string Signed(double? value, int decimals) =>
        $"{(value is { } figure && Math.Round(figure, decimals) > 0 ? "+" : "")}{Figure(value, decimals)}";

    private static string Percent(double? share) => share is { } value && double.IsFinite(value) ? $"{Figure(100 * value, 1)} %" : None;

    private static void AppendText(StringBuilder text, ResultTable table)
    {
        var widths = Enumerable.Range(0, table.Rows[0].Count).Select(column => table.Rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in table.Rows)
        {
            var line = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            text.Append($"{string.Join("  ", line).TrimEnd()}\n");
        }
    }

    private static void AppendMarkdown(StringBuilder text, ResultTable table)
    {
        AppendLine(table.Rows[0]);
        text.Append($"|---|{string.Concat(Enumerable.Repeat("---:|", table.Rows[0].Count - 1))}\n");
        foreach (var row in table.Rows.Skip(1))
            AppendLine(row);

        void AppendLine(IReadOnlyList<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
    }
}
