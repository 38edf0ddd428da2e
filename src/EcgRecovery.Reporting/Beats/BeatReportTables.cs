using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Reporting.Beats;

/// <summary>The report's tables.</summary>
internal static class BeatReportTables
{
    private const string RealSamples = "Gap, real samples";

    private static readonly (string Name, Func<MethodScore, ErrorSummary> Of)[] AllMetrics =
    [
        ("Whole beat", method => method.WholeBeatRmse),
        ("Gap", method => method.GapRmse),
        (RealSamples, method => method.GapRmseRealSamples),
    ];

    private static readonly (string Name, Func<ClassScore, double> Of, Func<ClassScore, int> Rows)[] AllClassMetrics =
    [
        (RealSamples, score => score.GapRmseRealSamples, score => score.RowsWithRealSamples),
        ("Gap", score => score.GapRmse, score => score.Rows),
        ("Whole beat", score => score.WholeBeatRmse, score => score.Rows),
    ];

    /// <summary>Writes the summary: methods × (mean with its interval, median) of the three errors.</summary>
    public static void Summary(MarkupWriter markup, BeatEvaluation evaluation)
    {
        markup.Element("h2", "RMSE of each method");
        markup.Explain(Explanation(evaluation));
        markup.Start("table", ("class", "summary"));
        // A random gap holds real samples only: both gap errors are the same.
        var metrics = AllMetrics.Where(metric => !evaluation.Gaps.IsRandom || metric.Name != RealSamples).ToList();
        SummaryHead(markup, metrics.Select(metric => metric.Name));
        markup.Start("tbody");
        if (evaluation.Methods.Count == 0)
            EmptyRow(markup, "No method was evaluated.", 1 + (2 * metrics.Count));
        foreach (var method in evaluation.Methods)
            SummaryRow(markup, method, metrics);
        markup.End();
        markup.End();
        Marks(markup, evaluation.Methods);
    }

    /// <summary>Writes differences, amplitude and intervals, as far as they were computed.</summary>
    public static void Quality(MarkupWriter markup, BeatEvaluation evaluation)
    {
        if (BeatEvaluationTable.Quality(evaluation) is { } table)
            Wide(markup, "Differences, amplitude and intervals", table);
    }

    /// <summary>Writes the errors of patients × methods, where patients are known.</summary>
    public static void ByPatient(MarkupWriter markup, BeatEvaluation evaluation)
    {
        if (BeatEvaluationTable.ByPatient(evaluation) is { } table)
            Wide(markup, "By patient", table);
    }

    /// <summary>Writes methods × classes, one table per error.</summary>
    public static void ByClass(MarkupWriter markup, BeatEvaluation evaluation)
    {
        var classes = evaluation.Methods.SelectMany(method => method.ByClass).Select(score => score.Class).Distinct().Order().ToList();
        if (classes.Count == 0)
            return;
        markup.Element("h2", "By AAMI class");
        markup.Explain(
            "Mean RMSE over the rows of a class; below its letter the number of rows counted. N: normal and bundle branch block beats, "
            + "S: supraventricular ectopic, V: ventricular ectopic, F: fusion, Q: paced or unclassifiable.");
        markup.Start("div", ("class", "classes"));
        foreach (var (name, of, rows) in AllClassMetrics.Where(metric => !evaluation.Gaps.IsRandom || metric.Name != RealSamples))
        {
            markup.Start("div");
            ClassTable(markup, evaluation.Methods, classes, name, of, rows);
            markup.End();
        }

        if (BeatEvaluationTable.CoverageByClass(evaluation) is { } coverage)
        {
            markup.Start("div");
            markup.Table(coverage.Rows[0], coverage.Rows.Skip(1), caption: "Within the 95 % interval, share of lost real samples");
            markup.End();
        }

        markup.End();
    }

    private static void Wide(MarkupWriter markup, string heading, ResultTable table)
    {
        markup.Element("h2", heading);
        markup.Explain(table.Title);
        markup.WideTable(table.Rows[0], table.Rows.Skip(1));
    }

    private static string Explanation(BeatEvaluation evaluation)
    {
        var real = NumberText.Count(evaluation.Methods.Count > 0 ? evaluation.Methods[0].RowsWithRealSamples : 0);
        var rows = NumberText.Count(evaluation.RowCount);
        return $"Mean over rows with its 95 % bootstrap interval, and median, in units of a beat's amplitude (0…1). Whole beat: all "
            + $"{HeartbeatSet.BeatLength} samples, so clean signal dilutes the error. Gap: the {evaluation.Gaps.Length} lost samples"
            + (evaluation.Gaps.IsRandom
                ? ", all of them signal. "
                : $", zero padding included. {RealSamples}: those before the padding, in the {real} of {rows} rows that have any. ")
            + (evaluation.Bootstrap == BootstrapUnit.Patient
                ? "The intervals are drawn over patients."
                : "The intervals are drawn over rows, not patients: they are too narrow where a patient has many rows.");
    }

    private static void SummaryHead(MarkupWriter markup, IEnumerable<string> metrics)
    {
        markup.Start("thead");
        markup.Start("tr");
        markup.Element("th", "Method", ("rowspan", "2"), ("scope", "col"));
        foreach (var name in metrics)
            markup.Element("th", name, ("colspan", "2"), ("scope", "colgroup"), ("class", "group"));
        markup.End();
        markup.Start("tr");
        foreach (var _ in metrics)
        {
            markup.Element("th", "mean [95 %]", ("scope", "col"));
            markup.Element("th", "median", ("scope", "col"));
        }

        markup.End();
        markup.End();
    }

    private static void SummaryRow(
        MarkupWriter markup, MethodScore method, IEnumerable<(string Name, Func<MethodScore, ErrorSummary> Of)> metrics)
    {
        markup.Start("tr");
        markup.Start("th", ("scope", "row"));
        markup.Text(method.Name);
        foreach (var (text, isCaution) in MarksOf(method))
            markup.Element("span", text, ("class", isCaution ? "pill caution" : "pill"));
        markup.End();
        foreach (var (name, of) in metrics)
        {
            var error = of(method);
            markup.Start("td", ("data-label", $"{name}, mean"));
            markup.Start("span");
            markup.Text(NumberText.Error(error.Mean));
            if (double.IsFinite(error.Low) && double.IsFinite(error.High))
            {
                markup.Text(" ");
                markup.Element("span", $"[{NumberText.Error(error.Low)}, {NumberText.Error(error.High)}]", ("class", "interval"));
            }

            markup.End();
            markup.End();
            markup.Element("td", NumberText.Error(error.Median), ("data-label", $"{name}, median"));
        }

        markup.End();
    }

    private static IEnumerable<(string Text, bool IsCaution)> MarksOf(MethodScore method)
    {
        if (method.SawTestPatients == true)
            yield return ("saw test patients", true);
        if (method.SawTestPatients is null)
            yield return ("patients unknown", false);
        if (method.ScoredOnRawOutput)
            yield return ("raw output", false);
    }

    /// <summary>Explains the marks that occur in the table.</summary>
    private static void Marks(MarkupWriter markup, IReadOnlyList<MethodScore> methods)
    {
        var sentences = new List<string>();
        if (methods.Any(method => method.SawTestPatients == true))
        {
            sentences.Add("“saw test patients” (†): the method learned from other beats of patients that it is tested on, "
                + "so its error is too low.");
        }

        if (methods.Any(method => method.SawTestPatients is null))
            sentences.Add("“patients unknown”: whether it did is not known.");
        if (methods.Any(method => method.ScoredOnRawOutput))
        {
            sentences.Add("“raw output”: the method's own value was scored for every sample, as in the original notebook; "
                + "for other methods observed samples are copied back.");
        }

        if (sentences.Count > 0)
            markup.Explain(string.Join(' ', sentences));
    }

    private static void ClassTable(
        MarkupWriter markup,
        IReadOnlyList<MethodScore> methods,
        List<AamiClass> classes,
        string name,
        Func<ClassScore, double> of,
        Func<ClassScore, int> rows)
    {
        markup.Start("table");
        markup.Element("caption", name);
        markup.Start("thead");
        markup.Start("tr");
        markup.Element("th", "Method", ("scope", "col"));
        foreach (var c in classes)
        {
            var counted = methods.SelectMany(method => method.ByClass).Where(score => score.Class == c).Max(rows);
            markup.Start("th", ("scope", "col"));
            markup.Text(c.ToString());
            markup.Empty("br");
            markup.Text(NumberText.Count(counted));
            markup.End();
        }

        markup.End();
        markup.End();
        markup.Start("tbody");
        foreach (var method in methods)
        {
            markup.Start("tr");
            markup.Element("th", method.Name, ("scope", "row"));
            foreach (var c in classes)
            {
                var score = method.ByClass.FirstOrDefault(score => score.Class == c);
                markup.Element("td", score is null ? NumberText.None : NumberText.Error(of(score)));
            }

            markup.End();
        }

        markup.End();
        markup.End();
    }

    private static void EmptyRow(MarkupWriter markup, string text, int columns)
    {
        markup.Start("tr");
        markup.Element("th", text, ("colspan", $"{columns}"));
        markup.End();
    }
}
