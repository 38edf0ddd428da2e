using System.Globalization;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Tables of a benchmark: a row per method, a column per kind of gaps.</summary>
internal static class RecordBenchmarkTable
{
    private const string Means = "mean over gaps [95 % interval]";

    /// <summary>Returns the tables and their notes as Markdown.</summary>
    public static string Markdown(RecordBenchmarkResult result) => ResultTable.Markdown(Tables(result), Notes(result));

    /// <summary>Returns the tables and their notes as plain text.</summary>
    /// <param name="result">The scores.</param>
    /// <param name="columns">The width of a line.</param>
    public static string Text(RecordBenchmarkResult result, int columns) => ResultTable.Text(Tables(result), Notes(result), columns);

    private static IEnumerable<ResultTable?> Tables(RecordBenchmarkResult result) =>
    [
        Table(result, $"RMSE in the gap, mV: {Means}", score => Mean(score.Rmse), OverLengths),
        Table(result, "RMSE in the gap, mV: median over gaps", score => Figure(score.Rmse.Median)),
        Table(result, $"Shape: RMSE in mV after alignment within ± 50 ms, {Means}", score => Mean(score.AlignedRmse)),
        Table(result, "Amplitude: variance in the gap, recovered over true", score => Figure(score.AmplitudeRatio, 3)),
        Table(result, "Pearson's r / Q1 / Q2: mean over gaps", score => Joined(Shape(score))),
        Table(result, "NRMSE / PRD in % / MAE in mV / jump at the seams in mV", score => Joined(Sizes(score))),
        RPeaks(result, "150 ms", score => score.RPeaks?.At150Ms),
        RPeaks(result, "20 ms", score => score.RPeaks?.At20Ms),
        Left(result),
        .. JudgementTables.Of(result),
    ];

    /// <summary>Returns a table with a row per method and a column per length.</summary>
    /// <param name="result">The scores.</param>
    /// <param name="title">The title.</param>
    /// <param name="cell">Writes the figure of a method and length.</param>
    /// <param name="overLengths">Writes a further figure over all lengths; null for none.</param>
    public static ResultTable Table(
        RecordBenchmarkResult result, string title, Func<CellScore, string> cell, Func<IEnumerable<CellScore>, string>? overLengths = null)
    {
        var hasLast = overLengths is not null && result.Cells.Count > 1;
        return new ResultTable(
            $"{title}:",
            [
                ["method", .. Lengths(result), .. hasLast ? ["all"] : (string[])[]],
                .. result.Cells[0].Methods.Select((method, m) =>
                {
                    var scores = result.Cells.Select(scores => scores.Methods[m]).ToList();
                    return (string[])[Name(method.Method), .. scores.Select(cell), .. hasLast ? [overLengths!(scores)] : (string[])[]];
                }),
            ]);
    }

    /// <summary>Returns the headings of the columns, one per length.</summary>
    public static IEnumerable<string> Lengths(RecordBenchmarkResult result) =>
        result.Cells.Select(scores => scores.Kind.Heading);

    /// <summary>Returns the name of a row, marked where the method learned from patients that it is tested on.</summary>
    public static string Name(TestedMethod method) =>
        method.SawTestPatients == true ? $"{method.Name} {SawTestPatientsMark}" : method.Name;

    private static double[] Shape(CellScore score) => [score.Waveform.Correlation, score.Waveform.Q1, score.Waveform.Q2];

    private static double[] Sizes(CellScore score) =>
        [score.Waveform.Nrmse, score.Waveform.Prd, score.Waveform.Mae, score.Waveform.SeamJump];

    private static string Joined(double[] figures) => string.Join(" / ", figures.Select(figure => Figure(figure, 3)));

    private static string OverLengths(IEnumerable<CellScore> scores) => Figure(scores.Average(score => score.Rmse.Mean));

    private static ResultTable? RPeaks(RecordBenchmarkResult result, string tolerance, Func<CellScore, RPeakCounts?> counts) =>
        result.Cells.SelectMany(cell => cell.Methods).All(score => counts(score) is null)
            ? null
            : Table(
                result,
                $"R peaks within {tolerance}: sensitivity / positive predictivity",
                score => $"{Percent(counts(score)?.Sensitivity)} / {Percent(counts(score)?.PositivePredictivity)}");

    private static ResultTable? Left(RecordBenchmarkResult result) =>
        result.Cells.SelectMany(cell => cell.Methods).All(score => score.Left + score.BySimplerMethod == 0)
            ? null
            : Table(
                result,
                $"Gaps {(result.Options.HasIntervals ? "without an estimate" : "left missing")} / left to a simpler method",
                score => $"{score.Left} / {score.BySimplerMethod}");

    private static IEnumerable<string> Notes(RecordBenchmarkResult result)
    {
        var options = result.Options;
        var records = string.Join(' ', result.Records.Select(record => record.Name));
        var resampled = options.FrequencyHz is null ? "" : ", resampled before gaps were cut";
        yield return $"Records: {records}; lead {options.LeadName ?? Number(options.Lead)} at {Frequencies(result)}{resampled}.";
        if (options.Loss == LeadLoss.One)
            yield return "One lead lost: the others stay whole, and methods see them.";
        var where = options.Placements is [GapPlacement.Random] ? "at random places" : "at each of the places named";
        yield return $"{options.GapsPerRecord} gaps a record and length {where}, seed {options.Seed}, {Mode(result)}; "
            + "all methods get the same gaps.";
        yield return $"Intervals: bootstrap over {(result.Bootstrap == BootstrapUnit.Patient ? "patients" : "gaps")}.";
        if (options.HasIntervals)
        {
            yield return $"Self-test: {options.SelfTestGaps} hidden gaps for each record and length, for each gap where they are cut one "
                + "at a time. Intervals and R peaks with stated times are those of gaps that it lets be filled; the tables before them "
                + "are of all estimates.";
        }

        if (result.Cells[0].Methods.Any(score => score.Method.SawTestPatients == true))
            yield return $"{SawTestPatientsMark} learned from patients that it is tested on.";
    }

    private static string Number(int lead) => lead.ToString(CultureInfo.InvariantCulture);

    private static string Frequencies(RecordBenchmarkResult result) => string.Join(
        " and ",
        result.Records.Select(record => record.SamplingFrequencyHz).Distinct().Order()
            .Select(frequency => string.Create(CultureInfo.InvariantCulture, $"{frequency} Hz")));

    private static string Mode(RecordBenchmarkResult result)
    {
        var alone = result.Records.Count(record => !record.AreTogether);
        if (alone == result.Records.Count)
            return "cut one at a time";
        return $"of one length missing together{(alone == 0 ? "" : $", in {alone} of {result.Records.Count} records one at a time")}";
    }
}
