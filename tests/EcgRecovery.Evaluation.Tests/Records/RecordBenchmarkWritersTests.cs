using System.Text.Json;
using EcgRecovery.Evaluation.Records;

namespace EcgRecovery.Evaluation.Tests.Records;

public class RecordBenchmarkWritersTests
{
    [Fact]
    public void Json_has_the_cells_keys()
    {
        using var document = JsonDocument.Parse(RecordBenchmarkJson.Write(Result()));
        Assert.Equal(
            [
                "plan", "split", "frequencyHz", "records", "lead", "leadName", "gapsPerRecord", "oneAtATime", "windowSeconds", "seed",
                "bootstrap", "cells",
            ],
            Keys(document.RootElement));
        Assert.Equal("ds2", document.RootElement.GetProperty("split").GetString());
        Assert.Equal(250, document.RootElement.GetProperty("frequencyHz").GetDouble());
        var cell = document.RootElement.GetProperty("cells")[0];
        Assert.Equal(["gapSeconds", "placement", "loss", "pattern", "snrDb", "gaps", "methods"], Keys(cell));
        Assert.Equal(
            ("random", "all", "single"),
            (cell.GetProperty("placement").GetString(), cell.GetProperty("loss").GetString(), cell.GetProperty("pattern").GetString()));
        var method = cell.GetProperty("methods")[0];
        Assert.Equal(
            [
                "name", "n", "left", "bySimplerMethod", "sawTestPatients", "rmseMilliVolts", "alignedRmseMilliVolts", "amplitudeRatio",
                "rPeak", "coverage",
            ],
            Keys(method));
        Assert.Equal(["mean", "low", "high", "median"], Keys(method.GetProperty("rmseMilliVolts")));
        Assert.Equal(
            ["beats", "sensitivity150ms", "positivePredictivity150ms", "sensitivity20ms", "positivePredictivity20ms"],
            Keys(method.GetProperty("rPeak")));
        Assert.Equal(JsonValueKind.Null, method.GetProperty("coverage").ValueKind);
        // No R peak is recovered: no share of them is right.
        Assert.Equal(JsonValueKind.Null, method.GetProperty("rPeak").GetProperty("positivePredictivity20ms").ValueKind);
    }

    [Fact]
    public void Tables_have_a_row_per_method_and_a_column_per_length()
    {
        var text = RecordBenchmarkTable.Markdown(Result());
        const string rmse = "RMSE in the gap, mV: mean over gaps [95 % interval]:\n\n| method | 0.15 s | 1.00 s | all |\n";
        const string peaks = "\nR peaks within 20 ms: sensitivity / positive predictivity:\n\n| method | 0.15 s | 1.00 s |\n";
        Assert.StartsWith($"{rmse}|---|---:|---:|---:|\n| zero |", text);
        Assert.Contains(peaks, text, StringComparison.Ordinal);
        Assert.Contains("\n- Records: a b; lead 0 at 250 Hz.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n- 4 gaps a record and length at random places, seed 1, of one length missing together; all methods get the same gaps.\n",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("\n- Intervals: bootstrap over patients.\n", text);
        Assert.DoesNotContain("left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_two_frequencies_and_modes_are_told()
    {
        // 20 s have no room for four gaps of 0.15 s with 5 s between them.
        var result = RecordBenchmarkTests.Run(
            [SpikeLead.Of("a"), SpikeLead.Of("b", seconds: 20, frequency: 500)],
            [RecordBenchmarkTests.Constant("zero", 0)],
            new RecordBenchmarkOptions { GapSeconds = [0.15], GapsPerRecord = 4 });
        Assert.Null(result.SamplingFrequencyHz);
        Assert.Equal([true, false], result.Records.Select(record => record.AreTogether));
        var text = RecordBenchmarkTable.Markdown(result);
        Assert.Contains("lead 0 at 250 Hz and 500 Hz.", text, StringComparison.Ordinal);
        Assert.Contains("of one length missing together, in 1 of 2 records one at a time;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lead_that_is_lost_alone_and_chosen_by_name_is_told()
    {
        var result = Result();
        result = result with { Options = result.Options with { LeadName = "V2", Loss = LeadLoss.One } };
        var text = RecordBenchmarkTable.Markdown(result);
        Assert.Contains("; lead V2 at 250 Hz.\n- One lead lost: the others stay whole", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(RecordBenchmarkJson.Write(result));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("lead").ValueKind);
        Assert.Equal("V2", document.RootElement.GetProperty("leadName").GetString());
        Assert.Equal("one", document.RootElement.GetProperty("cells")[0].GetProperty("loss").GetString());
    }

    private static RecordBenchmarkResult Result() => RecordBenchmarkTests.Run(
        [SpikeLead.Of("a"), SpikeLead.Of("b")],
        [RecordBenchmarkTests.Constant("zero", 0)],
        new RecordBenchmarkOptions { GapSeconds = [0.15, 1], GapsPerRecord = 4 }) with
    {
        Split = "ds2",
    };

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
