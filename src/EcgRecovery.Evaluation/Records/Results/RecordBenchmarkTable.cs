using System.Globalization;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>Tables of a benchmark: for each group of cells, a row per method and a column per length.</summary>
internal static class RecordBenchmarkTable
{
    private const string Means = "mean over gaps [95 % interval]";

    /// <summary>Returns the tables and their notes as Markdown.</summary>
    public static string Markdown(RecordBenchmarkResult result) => ResultTable.Markdown(Tables(result), Notes(result));

    /// <summary>Returns the tables and their notes as plain text.</summary>
    /// <param name="result">The scores.</param>
    /// <param name="columns">The width of a line.</param>
    public static string Text(RecordBenchmarkResult result, int columns) => ResultTable.Text(Tables(result), Notes(result), columns);

    /// <summary>Returns the tables of all groups: all of the only group, and the main ones of each of several.</summary>
    public static IEnumerable<ResultTable?> Tables(RecordBenchmarkResult result) => result.Groups is [var only]
        ? Of(result, only)
        : result.Groups.SelectMany(group => (ResultTable?[])[Errors(group), RPeaks(group, "20 ms", score => score.RPeaks?.At20Ms)]);

    /// <summary>Returns the table of mean errors of a group.</summary>
    public static ResultTable Errors(CellGroup group) =>
        Table(group, $"RMSE in the gap, mV: {Means}", ErrorAndNumber, OverLengths);

    /// <summary>Returns all tables of a group; null in place of a table without rows.</summary>
    public static IEnumerable<ResultTable?> Of(RecordBenchmarkResult result, CellGroup group) =>
    [
        Errors(group),
        Table(group, "RMSE in the gap, mV: median over gaps", score => Figure(score.Rmse.Median)),
        Differences(group),
        Table(group, $"Shape: RMSE in mV after alignment within ± 50 ms, {Means}", score => Mean(score.AlignedRmse)),
        Table(group, "Amplitude: variance in the gap, recovered over true", score => Figure(score.AmplitudeRatio, 3)),
        Table(group, "Pearson's r / Q1 / Q2: mean over gaps", score => Joined(Shape(score))),
        Table(group, "NRMSE / PRD in % / MAE in mV / jump at the seams in mV", score => Joined(Sizes(score))),
        RPeaks(group, "150 ms", score => score.RPeaks?.At150Ms),
        RPeaks(group, "20 ms", score => score.RPeaks?.At20Ms),
        .. ClassTables.Of(group),
        RhythmTable.Of(group),
        Counts(group),
        Left(result, group),
        .. JudgementTables.Of(group),
    ];

    /// <summary>Returns a table with a row per method and a column per length.</summary>
    /// <param name="group">The cells.</param>
    /// <param name="title">The title.</param>
    /// <param name="cell">Writes the figure of a method and length.</param>
    /// <param name="overLengths">Writes a further figure over all lengths; null for none.</param>
    public static ResultTable Table(
        CellGroup group, string title, Func<CellScore, string> cell, Func<IEnumerable<CellScore>, string>? overLengths = null)
    {
        var hasLast = overLengths is not null && group.Cells.Count > 1;
        return new ResultTable(
            Title(group, title),
            [
                ["method", .. Lengths(group), .. hasLast ? ["all"] : (string[])[]],
                .. group.Cells[0].Methods.Select((method, m) =>
                {
                    var scores = group.Cells.Select(scores => scores.Methods[m]).ToList();
                    return (string[])[Name(method.Method), .. scores.Select(cell), .. hasLast ? [overLengths!(scores)] : (string[])[]];
                }),
            ]);
    }

    /// <summary>Returns the title of a table.</summary>
    public static string Title(CellGroup group, string title) => $"{title}; {group.Name}:";

    /// <summary>Returns the headings of the columns, one per length.</summary>
    public static IEnumerable<string> Lengths(CellGroup group) => group.Cells.Select(scores => scores.Kind.Heading);

    /// <summary>Returns the name of a row, marked where the method learned from patients that it is tested on.</summary>
    public static string Name(TestedMethod method) =>
        method.SawTestPatients == true ? $"{method.Name} {SawTestPatientsMark}" : method.Name;

    /// <summary>Returns what the tables are of, one sentence each.</summary>
    public static IEnumerable<string> Notes(RecordBenchmarkResult result)
    {
        var plan = result.Plan;
        var records = string.Join(' ', plan.Records.Select(record => record.Record));
        var resampled = plan.FrequencyHz is null ? "" : ", resampled before gaps were cut";
        yield return $"Records: {records}; {Frequencies(result)}{resampled}.";
        yield return $"Plan {plan.Name}, seed {plan.Seed}; {Mode(plan)}; all methods get the same gaps.";
        yield return $"Intervals: bootstrap over {(result.Scoring.Bootstrap == BootstrapUnit.Patient ? "patients" : "gaps")}.";
        if (plan.Cells.Any(cell => cell.Loss != LeadLoss.All))
            yield return "Leads that are not lost stay whole, and methods see them; a limb lead that follows from others is derived.";
        if (plan.Cells.Any(cell => cell.Pattern == LossPattern.Real))
            yield return "The real losses are of one patient on one day, shrunk or stretched to each record; gaps of up to 2 s count.";
        if (result.Scoring.SelfTestGaps > 0)
        {
            yield return $"Self-test: {result.Scoring.SelfTestGaps} hidden gaps for each record and length, for each gap where they are "
                + "cut one at a time. Intervals and R peaks with stated times are those of gaps that it lets be filled; the tables before "
                + "them are of all estimates.";
        }

        if (result.Cells.SelectMany(cell => cell.Methods).Any(score => score.Left > 0 && score.Estimated > 0))
            yield return "n: the gaps with an estimate, where some have none.";
        if (result.Methods.Any(method => method.SawTestPatients == true))
            yield return $"{SawTestPatientsMark} learned from patients that it is tested on.";
        if (result.Cells.SelectMany(cell => cell.Methods).Any(score => score.Difference?.Rmse.Relative.ExcludesZero == true))
            yield return $"{DiffersMark} the interval excludes zero.";
    }

    private static string ErrorAndNumber(CellScore score) =>
        score.Left > 0 && score.Estimated > 0 ? $"{Mean(score.Rmse)} n {score.Estimated}" : Mean(score.Rmse);

    private static double[] Shape(CellScore score) => [score.Waveform.Correlation, score.Waveform.Q1, score.Waveform.Q2];

    private static double[] Sizes(CellScore score) =>
        [score.Waveform.Nrmse, score.Waveform.Prd, score.Waveform.Mae, score.Waveform.SeamJump];

    private static string Joined(double[] figures) => string.Join(" / ", figures.Select(figure => Figure(figure, 3)));

    private static string OverLengths(IEnumerable<CellScore> scores) => Figure(scores.Average(score => score.Rmse.Mean));

    private static ResultTable? Differences(CellGroup group) =>
        group.Cells.SelectMany(cell => cell.Methods).All(score => score.Difference is null)
            ? null
            : Table(
                group,
                $"RMSE against {PairedDifference.Reference}, in per cent [95 % interval], on the gaps that both estimated",
                score => Difference(score.Difference?.Rmse));

    private static ResultTable? RPeaks(CellGroup group, string tolerance, Func<CellScore, RPeakCounts?> counts) =>
        group.Cells.SelectMany(cell => cell.Methods).All(score => counts(score) is null)
            ? null
            : Table(
                group,
                $"R peaks within {tolerance}: sensitivity / positive predictivity",
                score => $"{Percent(counts(score)?.Sensitivity)} / {Percent(counts(score)?.PositivePredictivity)}");

    private static ResultTable Counts(CellGroup group) => new(
        Title(group, "Gaps, and their mean length"),
        [
            ["", .. Lengths(group)],
            ["gaps", .. group.Cells.Select(cell => cell.GapCount.ToString(CultureInfo.InvariantCulture))],
            ["mean length, s", .. group.Cells.Select(cell => Figure(cell.MeanSeconds, 3))],
        ]);

    private static ResultTable? Left(RecordBenchmarkResult result, CellGroup group) =>
        group.Cells.SelectMany(cell => cell.Methods).All(score => score.Left + score.BySimplerMethod == 0)
            ? null
            : Table(
                group,
                $"Gaps {(result.Scoring.SelfTestGaps > 0 ? "without an estimate" : "left missing")} / left to a simpler method",
                score => $"{score.Left} / {score.BySimplerMethod}");

    private static string Frequencies(RecordBenchmarkResult result) => string.Join(
        " and ",
        result.Plan.Records.Select(record => record.SamplingFrequencyHz).Distinct().Order()
            .Select(frequency => string.Create(CultureInfo.InvariantCulture, $"{frequency} Hz")));

    private static string Mode(BenchmarkPlan plan)
    {
        var cut = plan.Records.SelectMany(record => record.Cells).Where(cell => cell.Cuts.Count > 0).ToList();
        var alone = cut.Count(cell => !cell.AreTogether);
        return alone == cut.Count ? "gaps cut one at a time"
            : alone == 0 ? "all gaps of a record and cell missing together"
            : $"all gaps of a record and cell missing together, in {alone} of {cut.Count} one at a time";
    }
}
