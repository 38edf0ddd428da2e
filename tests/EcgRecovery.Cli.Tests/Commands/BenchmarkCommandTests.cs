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
    public void Both_estimates_a_model_file_and_the_oracle_stand_in_one_table()
    {
        WriteRecord("x", seconds: 60);
        var file = _folder.PathOf("mine.safetensors");
        using (var shipped = RecoveryMethods.All.Single(method => method.Name == "record").ModelFile!())
        {
            using var copy = File.Create(file);
            shipped.CopyTo(copy);
        }

        var result = Run("--model", "record", file, "record-placed", "oracle-times", "--gap-seconds", "0.3", "--gaps-per-record", "2");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        foreach (var name in new[] { "record", "mine", "record-placed", "oracle-times" })
            Assert.Contains($"\n| {name} ", result.Output, StringComparison.Ordinal);
        var again = _folder.PathOf("again/mine.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(again)!);
        File.Copy(file, again);
        Run("--model", file, again).AssertOneErrorLine(ExitCode.Usage, "two methods have the name mine in tables; rename a model file");
        // The model's own intervals, without a self-test.
        Assert.Contains("Coverage of the intervals", result.Output, StringComparison.Ordinal);
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

    [Fact]
    public void Without_options_of_gaps_the_whole_protocol_is_run()
    {
        WriteRecord("x", seconds: 12);
        var result = Run("--method", "linear", "--self-test-gaps", "0", "--json");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("full", document.RootElement.GetProperty("plan").GetString());
        var cells = document.RootElement.GetProperty("cells").EnumerateArray().ToList();
        // One lead without beats, of 12 s: single gaps of up to 10 s, of all leads and of one, and patterns with their single gaps.
        Assert.Equal(
            [0.05, 0.15, 0.3, 0.56, 1, 2, 5, 10],
            cells.Where(cell => cell.GetProperty("name").GetString()!.StartsWith("single-random-one-", StringComparison.Ordinal))
                .Select(cell => cell.GetProperty("gapSeconds").GetDouble()));
        Assert.DoesNotContain(cells, cell => cell.GetProperty("placement").GetString() != "random");
        Assert.DoesNotContain(cells, cell => cell.GetProperty("loss").GetString() is "all-but-one" or "layout");
    }

    [Fact]
    public void A_written_plan_gives_the_figures_of_the_drawn_one()
    {
        WriteRecord("x", seconds: 60);
        WriteRecord("y", seconds: 90);
        string[] gaps =
            ["--gap-seconds", "0.15,0.5", "--gaps-per-record", "3", "--loss", "all", "one", "--seed", "5", "--frequency", "120"];
        var plan = _folder.PathOf("plan.json");
        var written = Run([.. gaps, "--write-plan", plan]);
        Assert.Equal((ExitCode.Done, "", ""), (written.ExitCode, written.Output, written.Error));
        string[] methods = ["--methods", "linear", "hold", "--json"];
        var drawn = Run([.. gaps, .. methods]);
        Assert.Equal((ExitCode.Done, ""), (drawn.ExitCode, drawn.Error));
        Assert.Equal(drawn, InProcess.Run(["benchmark", "--records", _folder.Root, "--plan", plan, .. methods]));
        Run([.. gaps, "--write-plan", plan]).AssertOneErrorLine(ExitCode.Usage, "plan.json", "--overwrite");
        Assert.Equal(written, Run([.. gaps, "--write-plan", plan, "--overwrite"]));
    }

    [Fact]
    public void Exported_gaps_that_are_filled_elsewhere_are_scored_as_if_filled_here()
    {
        WriteRecord("x", seconds: 60);
        WriteRecord("y", seconds: 20);
        string[] gaps = ["--gap-seconds", "0.5", "--gaps-per-record", "3"];
        var (exported, filled) = (_folder.PathOf("exported"), _folder.PathOf("filled"));
        var result = Run([.. gaps, "--export", exported]);
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Output));
        // 20 s have no room for three gaps with 5 s between them: they are cut one at a time.
        var cell = Path.Combine("gapped", "single-random-all-0.50s");
        string[] names = ["x", "y-1", "y-2", "y-3"];
        Assert.Equal(names.Select(name => $"{name}.hea"), Names(Path.Combine(exported, cell), "*.hea"));
        Assert.Equal(["x.hea", "y.hea"], Names(Path.Combine(exported, "truth", "clean"), "*.hea"));

        foreach (var name in names)
        {
            var output = Path.Combine(filled, "single-random-all-0.50s", $"{name}.csv");
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            string[] files = [Path.Combine(exported, cell, $"{name}.hea"), "--output", output];
            var done = InProcess.Run(["recover", .. files, "--method", "linear", "--self-test-gaps", "0"]);
            Assert.True(done.ExitCode == ExitCode.Done, done.Error);
        }

        var plan = Path.Combine(exported, "plan.json");
        var scored = InProcess.Run(
            "benchmark", "--records", _folder.Root, "--plan", plan, "--method", "linear", "--predictions", $"elsewhere={filled}", "--json");
        Assert.Equal((ExitCode.Done, ""), (scored.ExitCode, scored.Error));
        using var document = JsonDocument.Parse(scored.Output);
        var methods = Assert.Single(document.RootElement.GetProperty("cells").EnumerateArray()).GetProperty("methods");
        var (here, there) = (methods[0], methods[1]);
        Assert.Equal(("linear", "elsewhere"), (here.GetProperty("name").GetString(), there.GetProperty("name").GetString()));
        Assert.Equal((6, 6), (here.GetProperty("n").GetInt32(), there.GetProperty("n").GetInt32()));
        // Files hold steps of 1/200 mV.
        Assert.Equal(Rmse(here), Rmse(there), 0.003);
        Assert.InRange(Rmse(here), 0.1, 10);

        static double Rmse(JsonElement method) => method.GetProperty("rmseMilliVolts").GetProperty("mean").GetDouble();

        static IEnumerable<string> Names(string folder, string pattern) =>
            Directory.EnumerateFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_report_is_written_once()
    {
        WriteRecord("x", seconds: 60);
        var report = _folder.PathOf("report");
        string[] options = ["--gap-seconds", "0.15,0.5", "--gaps-per-record", "3", "--methods", "linear", "hold", "--json"];
        var expected = Run(options).Output;
        var result = Run([.. options, "--report", report]);
        Assert.Equal((ExitCode.Done, expected), (result.ExitCode, result.Output));
        Assert.Equal($"Report: {report}\n", result.Error);
        Assert.Equal(expected, File.ReadAllText(Path.Combine(report, "summary.json")));
        var gaps = File.ReadAllLines(Path.Combine(report, "gaps.csv"));
        Assert.Equal(1 + (2 * 3 * 2), gaps.Length);
        Assert.True(File.Exists(Path.Combine(report, "plan.json")));
        Assert.False(File.Exists(Path.Combine(report, "scores.jsonl")));
        Run([.. options, "--report", report]).AssertOneErrorLine(ExitCode.Usage, report, "--overwrite");
    }

    [Fact]
    public void A_report_that_was_stopped_goes_on_where_it_was()
    {
        WriteRecord("x", seconds: 60);
        WriteRecord("y", seconds: 60);
        var report = _folder.PathOf("report");
        var plan = _folder.PathOf("plan.json");
        Run("--gap-seconds", "0.5", "--gaps-per-record", "3", "--write-plan", plan);
        WriteFilled("x");
        WriteFilled("y");
        string[] options =
        [
            "benchmark", "--records", _folder.Root, "--plan", plan, "--threads", "1", "--json", "--method", "linear", "--predictions",
            $"mine={_folder.PathOf("filled")}",
        ];
        var expected = InProcess.Run(options).Output;

        // The second record is another one for a while and stops the run; what the first has by then is kept.
        var header = _folder.PathOf("y.hea");
        var (text, time) = (File.ReadAllText(header), File.GetLastWriteTimeUtc(header));
        Change(text.Replace(" 100 ", " 200 ", StringComparison.Ordinal));
        InProcess.Run([.. options, "--report", report]).AssertOneErrorLine(ExitCode.InvalidInput, "Record y has 6000 samples at 200 Hz");
        Assert.Equal(["scores.jsonl"], Directory.EnumerateFiles(report).Select(path => Path.GetFileName(path)));
        Assert.Equal(2, File.ReadLines(Path.Combine(report, "scores.jsonl")).Count());
        Change(text);
        InProcess.Run([.. options[..9], "hold", "--report", report])
            .AssertOneErrorLine(ExitCode.InvalidInput, "scores.jsonl is of another run");

        var result = InProcess.Run([.. options, "--report", report]);
        Assert.Equal((ExitCode.Done, expected), (result.ExitCode, result.Output));
        Assert.True(File.Exists(Path.Combine(report, "gaps.csv")));
        Assert.False(File.Exists(Path.Combine(report, "scores.jsonl")));

        void Change(string changed)
        {
            File.WriteAllText(header, changed);
            File.SetLastWriteTimeUtc(header, time);
        }
    }

    [Theory]
    [InlineData("--method nearest", "--method 'nearest' is no method; expected zeros, hold")]
    [InlineData("--method beat", "--method beat recovers single heartbeats only")]
    [InlineData("--method linear --estimate placed", "--method linear has no placed estimate; expected similar")]
    [InlineData("--method linear-placed", "--method linear-placed has no placed estimate; expected similar")]
    [InlineData("--estimate Placed", "Placed")]
    [InlineData("--gap-seconds 0.15,none", "--gap-seconds '0.15,none' is no list of numbers; expected some above 0 to 60, as 0.15,0.30")]
    [InlineData("--gap-seconds 0", "is no list of numbers")]
    [InlineData("--gaps-per-record 0", "--gaps-per-record is 0; expected 1 to 100000")]
    [InlineData("--frequency 50", "--frequency is 50; expected 80 to 10000")]
    [InlineData("--gap-seconds 0.3 --self-test-gaps 40", "--self-test-gaps needs --intervals")]
    [InlineData("--quick --gap-seconds 0.3", "--quick and --gap-seconds exclude each other")]
    [InlineData("--intervals --self-test-gaps 0", "--self-test-gaps is 0; expected 1 to 10000 with --intervals")]
    [InlineData("--window 0", "--window is 0; expected 1 to 86400")]
    [InlineData("--loss some", "some")]
    [InlineData("--pattern often", "often")]
    [InlineData("--placement u", "u")]
    [InlineData("--snr 6", "--snr needs --noise")]
    [InlineData("--gap-seconds 1 --noise nstdb", "--noise needs --snr")]
    [InlineData("--quick --noise nstdb", "--quick and --noise exclude each other")]
    [InlineData("--quick --loss one", "--quick and --loss exclude each other")]
    [InlineData("--gap-seconds 1 --predictions mine", "--predictions 'mine' is no name with a folder; expected NAME=DIR")]
    [InlineData("--gap-seconds 1 --predictions =mine", "--predictions '=mine' is no name with a folder")]
    [InlineData("--plan plan.json", "--plan and --split exclude each other")]
    [InlineData("--plan plan.json --gap-seconds 1", "--plan and --gap-seconds exclude each other")]
    [InlineData("--plan plan.json --seed 2", "--plan and --seed exclude each other")]
    [InlineData("--plan plan.json --quick", "--plan and --quick exclude each other")]
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
        // Records are opened side by side; one after the other, the first is the first to fail.
        InProcess.Run("benchmark", "--records", _folder.Root, "--threads", "1")
            .AssertOneErrorLine(ExitCode.InvalidInput, "109.hea", "does not exist");
        WriteRecord("x", seconds: 8);
        Run("--placement", "qrs").AssertOneErrorLine(ExitCode.InvalidInput, "Record x has no annotated beats");
        Run("--gap-seconds", "8")
            .AssertOneErrorLine(ExitCode.InvalidInput, "Record x has no room for single gaps at random, all leads lost, of 8.00 s");
        Run("--lead", "1").AssertOneErrorLine(ExitCode.InvalidInput, "has no lead 1 with samples in a voltage; expected one of 0 (");
        Run("--lead", "V2").AssertOneErrorLine(ExitCode.InvalidInput, "has no lead V2 with samples in a voltage; expected one of 0 (");
    }

    [Fact]
    public void A_plan_or_predictions_that_cannot_be_read_are_one_line()
    {
        WriteRecord("x", seconds: 60);
        RunPlan(_folder.PathOf("none.json")).AssertOneErrorLine(ExitCode.InvalidInput, "none.json does not exist");
        RunPlan(_folder.Write("empty.json", "{}")).AssertOneErrorLine(ExitCode.InvalidInput, "empty.json");
        var plan = _folder.PathOf("plan.json");
        Assert.Equal(ExitCode.Done, Run("--gap-seconds", "0.5", "--gaps-per-record", "2", "--write-plan", plan).ExitCode);
        RunPlan(plan, "--predictions", $"mine={_folder.PathOf("none")}")
            .AssertOneErrorLine(ExitCode.InvalidInput, "none of the predictions of mine does not exist");
        RunPlan(plan, "--predictions", $"mine={_folder.Root}")
            .AssertOneErrorLine(ExitCode.InvalidInput, "expected a folder as single-random-all-0.50s");
        // Another recording of that name.
        WriteRecord("x", seconds: 50);
        RunPlan(plan).AssertOneErrorLine(ExitCode.InvalidInput, "Record x has 5000 samples at 100 Hz; expected 6000");

        CommandResult RunPlan(string plan, params string[] options) =>
            InProcess.Run(["benchmark", "--records", _folder.Root, "--plan", plan, "--method", "linear", .. options]);
    }

    private void WriteFilled(string record)
    {
        var cell = Directory.CreateDirectory(_folder.PathOf("filled/single-random-all-0.50s")).FullName;
        var rows = Enumerable.Range(0, 6000).Select(t => $"0.{t * t % 7}\n");
        File.WriteAllText(Path.Combine(cell, $"{record}.csv"), "filled\n" + string.Concat(rows));
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
