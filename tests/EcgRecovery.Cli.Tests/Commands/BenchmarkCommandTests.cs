using System.Text.Json;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class BenchmarkCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_method_for_recordings_has_a_row_in_every_table()
    {
        WriteRecord("x", seconds: 60);
        var result = Run("--gap-seconds", "0.15,1", "--gaps-per-record", "3");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("| method | 0.15 s | 1.00 s | all |", result.Output, StringComparison.Ordinal);
        foreach (var method in RecoveryMethods.ForRecords)
            Assert.True(result.Output.Split($"\n| {method.Name} |").Length > 4, method.Name);
        Assert.Contains("Records: x; 100 Hz.\n", result.Output, StringComparison.Ordinal);
        // Without annotations true R peaks are not known.
        Assert.DoesNotContain("R peaks", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_all_methods_those_with_the_estimate_are_tested_under_its_name()
    {
        WriteRecord("x", seconds: 60);
        var result = Run("--estimate", "placed", "--gap-seconds", "0.3", "--gaps-per-record", "2");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("\n| similar-placed |", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n| linear |", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document()
    {
        WriteRecord("x", seconds: 60);
        string[] gaps = ["--gap-seconds", "0.3", "--gaps-per-record", "2", "--one-at-a-time", "--frequency", "120"];
        var result = Run(["--methods", "linear", "hold", .. gaps, "--json"]);
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("all", document.RootElement.GetProperty("split").GetString());
        Assert.Equal(120, document.RootElement.GetProperty("frequencyHz").GetDouble());
        Assert.True(document.RootElement.GetProperty("oneAtATime").GetBoolean());
        var cell = Assert.Single(document.RootElement.GetProperty("cells").EnumerateArray());
        var names = cell.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("name").GetString());
        Assert.Equal(["linear", "hold"], names);
    }

    [Fact]
    public void A_quick_run_spreads_200_gaps_of_each_length_over_the_records()
    {
        for (var record = 0; record < 3; record++)
            WriteRecord($"x{record}", seconds: 20);
        var result = Run("--quick", "--method", "linear", "--json");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        var cells = document.RootElement.GetProperty("cells").EnumerateArray().ToArray();
        Assert.Equal([0.05, 0.15, 0.3, 0.56, 1], cells.Select(cell => cell.GetProperty("gapSeconds").GetDouble()));
        Assert.All(cells, cell => Assert.Equal(201, cell.GetProperty("gaps").GetInt32()));
    }

    [Fact]
    public void Intervals_are_tested_with_hidden_gaps()
    {
        WriteRecord("x", seconds: 60);
        string[] gaps = ["--gap-seconds", "0.3", "--gaps-per-record", "2", "--intervals", "--self-test-gaps", "20"];
        var result = Run(["--method", "similar", .. gaps]);
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("Coverage of the intervals of 50 / 80 / 95 %", result.Output, StringComparison.Ordinal);
        Assert.Contains("Self-test: 20 hidden gaps", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_validation_patients_are_the_default_and_have_R_peaks()
    {
        var records = TestData.Folder("mitdb");
        Assert.SkipWhen(records is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        string[] gaps = ["--gap-seconds", "1", "--gaps-per-record", "20"];
        var result = InProcess.Run(["benchmark", "--records", records, "--method", "linear", .. gaps]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("\n- Records: 109 116 119 209 223; 360 Hz.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("R peaks within 20 ms", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method nearest", "--method 'nearest' is neither a name nor a file; expected zeros, hold")]
    [InlineData("--method beat", "--method beat recovers single heartbeats only")]
    [InlineData("--method linear --estimate placed", "--method linear has no placed estimate; expected similar")]
    [InlineData("--estimate Placed", "Placed")]
    [InlineData("--gap-seconds 0.15,none", "--gap-seconds '0.15,none' is no list of numbers; expected some above 0 to 60, as 0.15,0.30")]
    [InlineData("--gap-seconds 0", "is no list of numbers")]
    [InlineData("--gaps-per-record 0", "--gaps-per-record is 0; expected 1 to 100000")]
    [InlineData("--frequency 50", "--frequency is 50; expected 80 to 10000")]
    [InlineData("--gap-seconds 0.3 --self-test-gaps 40", "--self-test-gaps needs --intervals")]
    [InlineData("--quick --gap-seconds 0.3", "--quick and --gap-seconds exclude each other")]
    [InlineData("--intervals --self-test-gaps 0", "--self-test-gaps is 0; expected 1 to 10000 with --intervals")]
    [InlineData("--window 0", "--window is 0; expected 1 to 86400")]
    public void A_wrong_option_is_one_line(string options, string expected)
    {
        WriteRecord("x", seconds: 60);
        Run(options.Split(' ')).AssertOneErrorLine(ExitCode.Usage, expected);
    }

    [Fact]
    public void A_split_that_is_none_is_one_line() =>
        InProcess.Run("benchmark", "--records", _folder.Root, "--split", "ds3").AssertOneErrorLine(ExitCode.Usage, "ds3", "ds2");

    [Fact]
    public void A_record_that_cannot_be_tested_is_one_line()
    {
        InProcess.Run("benchmark", "--records", _folder.PathOf("none")).AssertOneErrorLine(ExitCode.InvalidInput, "none does not exist");
        Run().AssertOneErrorLine(ExitCode.InvalidInput, "holds no WFDB record; expected files *.hea");
        InProcess.Run("benchmark", "--records", _folder.Root).AssertOneErrorLine(ExitCode.InvalidInput, "109.hea", "does not exist");
        WriteRecord("x", seconds: 8);
        Run("--placement", "qrs").AssertOneErrorLine(ExitCode.InvalidInput, "Record x has no annotated beats");
        Run("--gap-seconds", "8")
            .AssertOneErrorLine(ExitCode.InvalidInput, "Record x has no room for single gaps at random, all leads lost, of 8.00 s");
        Run("--lead", "1").AssertOneErrorLine(ExitCode.InvalidInput, "has no lead 1 with samples in a voltage; expected one of 0 (");
        Run("--lead", "V2").AssertOneErrorLine(ExitCode.InvalidInput, "has no lead V2 with samples in a voltage; expected one of 0 (");
    }

    private CommandResult Run(params string[] options) =>
        InProcess.Run(["benchmark", "--records", _folder.Root, "--split", "all", .. options]);

    private void WriteRecord(string name, int seconds)
    {
        var samples = Enumerable.Range(0, 100 * seconds).Select(t => (short)(200 * Math.Sin(t / 5.0))).ToArray();
        File.WriteAllBytes(_folder.PathOf($"{name}.dat"), [.. samples.SelectMany(BitConverter.GetBytes)]);
        _folder.Write($"{name}.hea", $"{name} 1 100 {samples.Length}\n{name}.dat 16 200\n");
    }
}
