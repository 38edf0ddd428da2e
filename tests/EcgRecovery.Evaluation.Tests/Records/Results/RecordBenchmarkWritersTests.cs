using System.Text.Json;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Records.Results;

public class RecordBenchmarkWritersTests
{
    [Fact]
    public void Json_has_the_cells_keys()
    {
        using var document = JsonDocument.Parse(RecordBenchmarkJson.Write(Result()));
        Assert.Equal(
            [
                "plan", "split", "frequencyHz", "records", "oneAtATime", "windowSeconds", "selfTestGaps", "seed", "bootstrap", "cells",
            ],
            Keys(document.RootElement));
        Assert.Equal("ds2", document.RootElement.GetProperty("split").GetString());
        Assert.Equal(250, document.RootElement.GetProperty("frequencyHz").GetDouble());
        var cell = document.RootElement.GetProperty("cells")[0];
        Assert.Equal(
            [
                "name", "gapSeconds", "meanGapSeconds", "placement", "loss", "pattern", "lengthsOf", "noise", "snrDb", "gaps", "leads",
                "dropped", "methods",
            ],
            Keys(cell));
        Assert.Equal(
            ("random", "all", "single"),
            (cell.GetProperty("placement").GetString(), cell.GetProperty("loss").GetString(), cell.GetProperty("pattern").GetString()));
        var method = cell.GetProperty("methods")[0];
        Assert.Equal(
            [
                "name", "n", "left", "bySimplerMethod", "sawTestPatients", "rmseMilliVolts", "alignedRmseMilliVolts", "nrmse", "prd",
                "maeMilliVolts", "correlation", "q1", "q2", "seamJumpMilliVolts", "amplitudeRatio", "rPeak", "coverage",
                "pinballMilliVolts", "difference", "beats", "rhythm", "byClass", "byPatient", "selfTest",
            ],
            Keys(method));
        Assert.Equal(["mean", "low", "high", "median"], Keys(method.GetProperty("rmseMilliVolts")));
        Assert.Equal(
            ["beats", "sensitivity150ms", "positivePredictivity150ms", "sensitivity20ms", "positivePredictivity20ms"],
            Keys(method.GetProperty("rPeak")));
        Assert.Equal(JsonValueKind.Null, method.GetProperty("coverage").ValueKind);
        Assert.Equal(JsonValueKind.Null, method.GetProperty("selfTest").ValueKind);
        // No R peak is recovered: no share of them is right.
        Assert.Equal(JsonValueKind.Null, method.GetProperty("rPeak").GetProperty("positivePredictivity20ms").ValueKind);
    }

    [Fact]
    public void Json_of_a_self_test_has_its_keys()
    {
        using var document = JsonDocument.Parse(RecordBenchmarkJson.Write(Judged()));
        Assert.Equal(20, document.RootElement.GetProperty("selfTestGaps").GetInt32());
        var method = document.RootElement.GetProperty("cells")[0].GetProperty("methods")[0];
        Assert.Equal(["p50", "p80", "p95"], Keys(method.GetProperty("coverage")));
        Assert.Equal(0.96, method.GetProperty("coverage").GetProperty("p95").GetDouble());
        var test = method.GetProperty("selfTest");
        Assert.Equal(
            ["left", "reasons", "filledRmseMilliVolts", "leftRmseMilliVolts", "intervals", "rPeakTimes"], Keys(test));
        Assert.Equal(["reason", "gaps"], Keys(test.GetProperty("reasons")[0]));
        Assert.Equal(["level", "gaps", "coverage", "low", "high", "widthMilliVolts"], Keys(test.GetProperty("intervals")[0]));
        Assert.Equal(["recovered", "stated", "held", "meanStatedMs"], Keys(test.GetProperty("rPeakTimes")));
        Assert.Equal(15, test.GetProperty("rPeakTimes").GetProperty("meanStatedMs").GetDouble(), 9);
    }

    [Fact]
    public void A_self_test_has_tables_after_the_others()
    {
        var text = RecordBenchmarkTable.Markdown(Judged());
        Assert.Contains("| zero | 50.0 / – / 96.0 [94.0, 98.0] | 50.0 / – / 96.0 [94.0, 98.0] |\n", text, StringComparison.Ordinal);
        Assert.Contains("| zero | 0.010 / – / 0.100 | 0.010 / – / 0.100 |\n", text, StringComparison.Ordinal);
        Assert.Contains("| zero | 25.0 %; 0.1000 / 0.4000 | 25.0 %; 0.1000 / 0.4000 |\n", text, StringComparison.Ordinal);
        Assert.Contains("| method | reason | 0.15 s | 1.00 s |\n", text, StringComparison.Ordinal);
        Assert.Contains("| zero | noise | 2 | 2 |\n", text, StringComparison.Ordinal);
        Assert.Contains("| zero | 50.0 % / 15 ms / 66.7 % | 50.0 % / 15 ms / 66.7 % |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n- Self-test: 20 hidden gaps for each record and length", text, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_all_tables_fit_80_columns() => Assert.All(
        RecordBenchmarkTable.Text(Judged(), 80).Split('\n'), line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void Tables_have_a_row_per_method_and_a_column_per_length()
    {
        var text = RecordBenchmarkTable.Markdown(Result());
        const string group = "single gaps at random, all leads lost";
        const string rmse = $"RMSE in the gap, mV: mean over gaps [95 % interval]; {group}:\n\n| method | 0.15 s | 1.00 s | all |\n";
        const string peaks = $"\nR peaks within 20 ms: sensitivity / positive predictivity; {group}:\n\n| method | 0.15 s | 1.00 s |\n";
        Assert.StartsWith($"{rmse}|---|---:|---:|---:|\n| zero |", text);
        Assert.Contains(peaks, text, StringComparison.Ordinal);
        Assert.Contains("\n- Records: a b; 250 Hz.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n- Plan custom, seed 1; all gaps of a record and cell missing together; all methods get the same gaps.\n",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("\n- Intervals: bootstrap over patients.\n", text);
        Assert.DoesNotContain("left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_two_frequencies_and_modes_are_told()
    {
        // 20 s have no room for four gaps of 0.15 s with 5 s between them.
        var result = SmallBenchmark.Run(
            [SpikeLead.Of("a"), SpikeLead.Of("b", seconds: 20, frequency: 500)],
            [SmallBenchmark.Constant("zero", 0)],
            SmallBenchmark.SixGaps(0.15) with { GapsPerRecord = 4 });
        Assert.Null(result.SamplingFrequencyHz);
        Assert.Equal([true, false], result.Plan.Records.Select(record => record.Cells[0].AreTogether));
        var text = RecordBenchmarkTable.Markdown(result);
        Assert.Contains("250 Hz and 500 Hz.", text, StringComparison.Ordinal);
        Assert.Contains("all gaps of a record and cell missing together, in 1 of 2 one at a time;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lead_that_is_lost_alone_and_chosen_by_name_is_told()
    {
        var lead = SpikeLead.Of("a");
        var record = new TestedRecord(
            [new("a", lead.MilliVolts, 250) { Name = "I" }, new("a", lead.MilliVolts, 250) { Number = 1, Name = "V2" }]);
        var result = SmallBenchmark.Run(
            SmallBenchmark.Source([record]),
            [SmallBenchmark.Constant("zero", 0)],
            new PlanOptions { Cells = [new CellKind(0.15, Loss: LeadLoss.One)], GapsPerRecord = 4, Leads = ["V2"] });
        var text = RecordBenchmarkTable.Markdown(result);
        Assert.Contains("95 % interval]; single gaps at random, one lead lost:\n", text, StringComparison.Ordinal);
        Assert.Contains("\n- Leads that are not lost stay whole, and methods see them;", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(RecordBenchmarkJson.Write(result));
        var cell = document.RootElement.GetProperty("cells")[0];
        Assert.Equal([1], cell.GetProperty("leads").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal("one", cell.GetProperty("loss").GetString());
    }

    private static RecordBenchmarkResult Result() => SmallBenchmark.Run(
        [SpikeLead.Of("a"), SpikeLead.Of("b")],
        [SmallBenchmark.Constant("zero", 0)],
        SmallBenchmark.SixGaps(0.15, 1) with { GapsPerRecord = 4, Split = "ds2" });

    private static RecordBenchmarkResult Judged()
    {
        var judgement = new JudgementScore(
            2,
            [new LeftGaps("noise", 2)],
            0.1,
            0.4,
            [
                new IntervalCoverage(0.5, 6, new ErrorSummary(0.5, 0.5, 0.4, 0.6), 0.01),
                new IntervalCoverage(0.8, 0, new ErrorSummary(double.NaN, double.NaN, double.NaN, double.NaN), double.NaN),
                new IntervalCoverage(0.95, 6, new ErrorSummary(0.96, 0.97, 0.94, 0.98), 0.1),
            ],
            new RPeakTimes(3, 2, 1, 0.03))
        {
            LeftShare = 0.25,
        };
        var result = Result();
        return result with
        {
            Scoring = result.Scoring with { SelfTestGaps = 20 },
            Cells = [.. result.Cells.Select(cell => cell with { Methods = [.. cell.Methods.Select(Judge)] })],
        };

        CellScore Judge(CellScore score) => score with { Judgement = judgement };
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
