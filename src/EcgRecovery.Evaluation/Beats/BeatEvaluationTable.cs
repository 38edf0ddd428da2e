using System.Text;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Writes an evaluation as tables: plain text for a terminal, Markdown for documents. Figures have four decimals.</summary>
public static class BeatEvaluationTable
{
    private const string SawTestPatientsMark = "†";

    /// <summary>Summary, table by class, and notes, for a terminal.</summary>
    public static string Text(BeatEvaluation evaluation)
    {
        var text = new StringBuilder();
        text.Append($"{Title(evaluation)}\n\n");
        AppendText(text, Summary(evaluation));
        if (HasClasses(evaluation))
        {
            text.Append($"\n{ClassTitle}\n\n");
            AppendText(text, ByClass(evaluation));
        }

        text.Append('\n');
        foreach (var note in Notes(evaluation))
            text.Append($"- {note}\n");
        return text.ToString();
    }

    /// <summary>The same in Markdown.</summary>
    public static string Markdown(BeatEvaluation evaluation)
    {
        var text = new StringBuilder();
        text.Append($"{Title(evaluation)}\n\n");
        AppendMarkdown(text, Summary(evaluation));
        if (HasClasses(evaluation))
        {
            text.Append($"\n{ClassTitle}\n\n");
            AppendMarkdown(text, ByClass(evaluation));
        }

        text.Append('\n');
        foreach (var note in Notes(evaluation))
            text.Append($"- {note}\n");
        return text.ToString();
    }

    private const string ClassTitle = "Mean gap RMSE over real samples, by AAMI class (rows counted):";

    private static string Title(BeatEvaluation evaluation) =>
        $"{evaluation.RowCount - evaluation.RowsLeftOut:N0} beats, {evaluation.Gaps}. RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.";

    private static List<string[]> Summary(BeatEvaluation evaluation)
    {
        var real = evaluation.Methods.Count > 0 ? evaluation.Methods[0].RowsWithRealSamples : 0;
        return
        [
            ["method", "whole beat", "median", "gap", "median", $"gap, real samples ({real:N0} rows)", "median"],
            .. evaluation.Methods.Select(method => new[]
            {
                Name(method),
                Mean(method.WholeBeatRmse), Figure(method.WholeBeatRmse.Median),
                Mean(method.GapRmse), Figure(method.GapRmse.Median),
                Mean(method.GapRmseRealSamples), Figure(method.GapRmseRealSamples.Median),
            }),
        ];
    }

    /// <summary>A table of one class repeats the summary.</summary>
    private static bool HasClasses(BeatEvaluation evaluation) => evaluation.Methods.Count > 0 && evaluation.Methods[0].ByClass.Count > 1;

    private static List<string[]> ByClass(BeatEvaluation evaluation)
    {
        var classes = evaluation.Methods.Count > 0 ? evaluation.Methods[0].ByClass : [];
        return
        [
            ["method", .. classes.Select(score => $"{score.Class} ({score.RowsWithRealSamples:N0})")],
            .. evaluation.Methods.Select(method => new[] { Name(method) }.Concat(method.ByClass.Select(score => Figure(score.GapRmseRealSamples))).ToArray()),
        ];
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
        double.IsNaN(error.Mean) ? "–" : $"{Figure(error.Mean)} [{Figure(error.Low)}, {Figure(error.High)}]";

    private static string Figure(double value) => double.IsNaN(value) ? "–" : $"{value:F4}";

    private static void AppendText(StringBuilder text, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var line = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            text.Append($"{string.Join("  ", line).TrimEnd()}\n");
        }
    }

    private static void AppendMarkdown(StringBuilder text, List<string[]> rows)
    {
        AppendLine(rows[0]);
        text.Append($"|---|{string.Concat(Enumerable.Repeat("---:|", rows[0].Length - 1))}\n");
        foreach (var row in rows.Skip(1))
            AppendLine(row);

        void AppendLine(string[] cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
    }
}
