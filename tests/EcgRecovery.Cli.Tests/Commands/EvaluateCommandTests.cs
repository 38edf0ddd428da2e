using System.Globalization;
using System.Text.Json;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_runs_every_method_that_needs_no_reference_data()
    {
        var root = RunJson("--model", "all", "--data", Beats("test.csv", 12));
        Assert.Equal("all", root.GetProperty("model").GetString());
        Assert.Equal(12, root.GetProperty("rows").GetInt32());
        Assert.Equal(
            (100, 137), (root.GetProperty("gap").GetProperty("start").GetInt32(), root.GetProperty("gap").GetProperty("end").GetInt32()));
        Assert.Equal("row", root.GetProperty("bootstrap").GetString());
        string[] expected = [.. RecoveryMethods.ForBeats.Where(entry => !entry.NeedsReferenceBeats).Select(entry => entry.Name)];
        Assert.Equal(expected, Names(root));
    }

    [Fact]
    public void With_reference_data_all_methods_run_and_patients_are_drawn_where_they_are_known()
    {
        var root = RunJson(
            "--model", "all", "--data", Beats("test.csv", 12, records: 3), "--reference-data", Beats("train.csv", 80), "--threads", "2");
        Assert.Equal("patient", root.GetProperty("bootstrap").GetString());
        Assert.Equal(RecoveryMethods.ForBeats.Select(method => method.Name), Names(root));
    }

    [Fact]
    public void A_reference_methods_name_runs_that_method_only()
    {
        var root = RunJson("--model", "linear", "--data", Beats("test.csv", 3), "--gap", "40..60");
        Assert.Equal(["linear"], Names(root));
        Assert.Equal(40, root.GetProperty("gap").GetProperty("start").GetInt32());
        // The beats are lines: nothing is lost but float32's last digits.
        Assert.InRange(root.GetProperty("methods")[0].GetProperty("gapRmse").GetProperty("mean").GetDouble(), 0, 1e-6);
        Assert.Equal(3, root.GetProperty("methods")[0].GetProperty("gapRmseRealSamples").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Random_gaps_are_those_of_the_seed_and_every_row_tells_its_own()
    {
        var report = _folder.PathOf("report");
        string[] args =
            ["evaluate", "--model", "linear", "--data", Beats("test.csv", 20), "--random-gap", "37", "--seed", "5", "--report", report];
        Assert.Equal(0, InProcess.Run(args).ExitCode);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "summary.json")));
        var gap = summary.RootElement.GetProperty("gap");
        Assert.Equal(
            (37, 5, 0),
            (gap.GetProperty("randomLength").GetInt32(), gap.GetProperty("seed").GetInt32(), gap.GetProperty("rowsLeftOut").GetInt32()));
        var starts = File.ReadLines(Path.Combine(report, "rows.csv")).Skip(1).Select(line => line.Split(',')).Select(cells =>
        {
            Assert.Equal(37, int.Parse(cells[4], CultureInfo.InvariantCulture) - int.Parse(cells[3], CultureInfo.InvariantCulture));
            return cells[3];
        });
        Assert.InRange(starts.Distinct().Count(), 10, 20);
        Assert.Contains("37 samples at random (seed 5)", File.ReadAllText(Path.Combine(report, "report.html")));
    }

    [Fact]
    public void Beside_a_model_file_stand_the_reference_methods()
    {
        var root = RunJson("--model", Model("mine.safetensors"), "--data", Beats("test.csv", 3));
        Assert.Equal(["zeros", "hold", "linear", "cubic", "mine"], Names(root));
    }

    [Fact]
    public void The_report_holds_the_page_the_rows_and_the_json_and_is_not_overwritten_unasked()
    {
        var data = Beats("test.csv", 8, records: 2);
        var report = _folder.PathOf("report");
        string[] args = ["evaluate", "--model", Model("mine.safetensors"), "--data", data, "--report", report, "--beats", "6,1"];
        var first = InProcess.Run(args);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("8 beats, samples 100..137 missing.", first.Output);
        foreach (var name in new[] { "report.html", "rows.csv", "summary.json", "table.md", "figures/beat-6.svg", "figures/beat-1.svg" })
            Assert.True(File.Exists(Path.Combine(report, name)), name);
        Assert.Equal(9, File.ReadLines(Path.Combine(report, "rows.csv")).Count());
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "summary.json")));
        Assert.Equal(["zeros", "hold", "linear", "cubic", "mine"], Names(summary.RootElement));

        Assert.Empty(Directory.GetFiles(Path.Combine(report, "figures"), "example-*"));

        InProcess.Run(args).AssertOneErrorLine(ExitCode.Usage, "rows.csv", "--overwrite");
        Assert.Equal(0, InProcess.Run([.. args, "--overwrite"]).ExitCode);
        InProcess.Run("evaluate", "--model", "zeros", "--data", Beats("rows.csv", 3), "--report", _folder.Root, "--overwrite")
            .AssertOneErrorLine(ExitCode.Usage, "is the input");
    }

    [Fact]
    public void Without_rows_to_draw_the_report_shows_the_best_median_and_worst_of_each_class()
    {
        var report = _folder.PathOf("report");
        Assert.Equal(
            0,
            InProcess.Run("evaluate", "--model", Model("mine.safetensors"), "--data", Beats("test.csv", 8), "--report", report).ExitCode);
        string[] expected = ["example-n-best.svg", "example-n-median.svg", "example-n-worst.svg", "gap-errors.svg"];
        Assert.Equal(expected, Directory.GetFiles(Path.Combine(report, "figures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var page = File.ReadAllText(Path.Combine(report, "report.html"));
        Assert.Contains("smallest, median and largest error of mine, out of those", page, StringComparison.Ordinal);
        Assert.Contains("in the gap; below it linear.", page, StringComparison.Ordinal);
        Assert.Contains("What the model cannot know", page, StringComparison.Ordinal);

        // The model's values are all 0. Even rows rise from 0.5, odd rows fall, each more than the last: row 7 is nearest, row 6 farthest.
        foreach (var (rank, row) in new[] { ("best", 7), ("worst", 6) })
            Assert.Contains(
                $">row {row} · class N<",
                File.ReadAllText(Path.Combine(report, "figures", $"example-n-{rank}.svg")),
                StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_document_whatever_the_threads()
    {
        var (test, train) = (Beats("test.csv", 30), Beats("train.csv", 100));
        string[] args = ["evaluate", "--model", "all", "--data", test, "--reference-data", train, "--json", "--seed", "3"];
        var one = InProcess.Run([.. args, "--threads", "1"]);
        Assert.Equal(one.Output, InProcess.Run([.. args, "--threads", "3"]).Output);
    }

    [Fact]
    public void With_locally_linear_every_other_method_is_compared_with_it()
    {
        var root = RunJson("--model", "all", "--data", Beats("test.csv", 12, records: 3), "--reference-data", Beats("train.csv", 80));
        Assert.Equal("locally-linear", root.GetProperty("comparedWith").GetString());
        foreach (var method in root.GetProperty("methods").EnumerateArray())
        {
            var isOther = method.GetProperty("name").GetString() == "locally-linear";
            Assert.Equal(isOther ? JsonValueKind.Null : JsonValueKind.Object, method.GetProperty("differences").ValueKind);
            Assert.Equal(3, method.GetProperty("byPatient").GetArrayLength());
        }
    }

    [Fact]
    public void A_row_without_room_for_the_random_gap_cannot_be_drawn()
    {
        var lines = File.ReadAllLines(Beats("test.csv", 3));
        var cells = lines[1].Split(',');
        var shorter = string.Join(',', cells.Select((cell, t) => t is >= 20 and < 187 ? "0" : cell));
        var data = _folder.Write("short.csv", string.Join('\n', lines[0], shorter, lines[2]));
        InProcess.Run("evaluate", "--model", "zeros", "--data", data, "--random-gap", "37", "--beats", "1")
            .AssertOneErrorLine(ExitCode.Usage, "--beats 1 has 20 samples of real signal; a random gap of 37 needs 39");
        var result = InProcess.Run("evaluate", "--model", "zeros", "--data", data, "--random-gap", "37");
        Assert.StartsWith("2 beats, 37 samples missing at random within the real signal.", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 rows have fewer than 39 samples of real signal", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--gap 100..200", ExitCode.Usage, "100..200", "0..187")]
    [InlineData("--gap 137..100", ExitCode.Usage, "137..100")]
    [InlineData("--random-gap 37 --gap 40..60", ExitCode.Usage, "--gap and --random-gap are both given")]
    [InlineData("--random-gap 0", ExitCode.Usage, "--random-gap is 0; expected 1 to 185")]
    [InlineData("--random-gap 186", ExitCode.Usage, "--random-gap is 186; expected 1 to 185")]
    [InlineData("--model median", ExitCode.Usage, "'median'", "locally-linear", "all")]
    [InlineData("--model knn", ExitCode.Usage, "knn", "--reference-data")]
    [InlineData("--beats 3", ExitCode.Usage, "--beats 3", "0..3")]
    [InlineData("--beats 1,x", ExitCode.Usage, "1,x")]
    [InlineData("--beats -1", ExitCode.Usage, "--beats")]
    [InlineData("--data nowhere.csv", ExitCode.InvalidInput, "nowhere.csv does not exist")]
    [InlineData("--reference-data nowhere.csv", ExitCode.InvalidInput, "nowhere.csv does not exist")]
    [InlineData("--threads 0", ExitCode.Usage, "--threads")]
    public void What_cannot_be_is_one_line_and_an_exit_code(string options, int exitCode, params string[] parts)
    {
        var given = options.Split(' ');
        var args = new List<string> { "evaluate" };
        foreach (var (name, value) in new[] { ("--model", "all"), ("--data", Beats("test.csv", 3)) })
        {
            if (given[0] != name)
                args.AddRange([name, value]);
        }

        InProcess.Run([.. args, .. given]).AssertOneErrorLine(exitCode, parts);
    }

    [Fact]
    public void A_missing_sample_a_broken_model_and_a_file_for_a_folder_are_refused()
    {
        var data = Beats("test.csv", 3);
        var lines = File.ReadAllLines(data);
        lines[1] = "nan" + lines[1][lines[1].IndexOf(',')..];
        var missing = _folder.Write("missing.csv", string.Join('\n', lines));
        InProcess.Run("evaluate", "--model", "zeros", "--data", missing).AssertOneErrorLine(ExitCode.InvalidInput, "missing.csv", "line 2");

        var model = _folder.Write("model.safetensors", "no model");
        InProcess.Run("evaluate", "--model", model, "--data", data).AssertOneErrorLine(ExitCode.InvalidInput, "model.safetensors");
        InProcess.Run("evaluate", "--model", "zeros", "--data", data, "--report", model)
            .AssertOneErrorLine(ExitCode.Usage, "is a file; expected a folder");
        InProcess.Run("evaluate", "--model", "knn", "--data", data, "--reference-data", data)
            .AssertOneErrorLine(ExitCode.Usage, "is the file under test");
        var copy = _folder.PathOf("copy.csv");
        File.Copy(data, copy);
        InProcess.Run("evaluate", "--model", "knn", "--data", data, "--reference-data", copy)
            .AssertOneErrorLine(ExitCode.Usage, "copy.csv is the file under test");
        // A folder cannot be made inside a file: said before any method has run.
        InProcess.Run("evaluate", "--model", "zeros", "--data", data, "--report", Path.Combine(model, "report"))
            .AssertOneErrorLine(ExitCode.Failure, "Cannot write");
    }

    [Fact]
    public void A_model_file_without_hashes_is_used_with_a_warning()
    {
        // Another name of the same length for each hash: what stands in the file then is no hash.
        var model = Model("foreign.safetensors");
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(model));
        foreach (var hashed in new[] { "tensor", "layout", "metadata" })
            text = text.Replace($"\"{hashed}_sha256\"", $"\"{hashed}_sha999\"", StringComparison.Ordinal);
        File.WriteAllBytes(model, System.Text.Encoding.Latin1.GetBytes(text));
        var result = InProcess.Run("evaluate", "--model", model, "--data", Beats("test.csv", 3), "--json");
        Assert.Equal(
            (0, "warning: the file of foreign carries no hashes: damage to it would not be noticed\n"), (result.ExitCode, result.Error));
    }

    private static string[] Names(JsonElement root) =>
        [.. root.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("name").GetString()!)];

    private static JsonElement RunJson(params string[] options)
    {
        var result = InProcess.Run(["evaluate", .. options, "--json"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output).RootElement.Clone();
    }

    /// <summary>Lines that rise or fall from row to row more steeply.</summary>
    private string Beats(string name, int count, int records = 0)
    {
        var samples = new float[count * HeartbeatSet.BeatLength];
        for (var i = 0; i < samples.Length; i++)
        {
            int row = i / HeartbeatSet.BeatLength, t = i % HeartbeatSet.BeatLength;
            samples[i] = 0.5f + ((row % 2 == 0 ? 0.4f : -0.4f) * (row + 1) / count * t / 187f);
        }

        var sources = records == 0 ? null : Enumerable.Range(0, count)
            .Select(row => new HeartbeatSource($"{100 + (row % records)}", row, "N")).ToList();
        var set = new HeartbeatSet(samples, new AamiClass[count], sources);
        var path = _folder.PathOf(name);
        using (var stream = File.Create(path))
            HeartbeatCsv.Write(stream, set);
        if (sources is not null)
        {
            using var companion = File.Create(HeartbeatSources.PathFor(path));
            HeartbeatSources.Write(companion, sources);
        }

        return path;
    }

    private string Model(string name)
    {
        var network = new NetworkSpec(1, [new LstmLayerSpec(4)], 1);
        var weights = network.TensorShapes()
            .Select(t => new WeightTensor(t.Name, t.Shape, new float[t.Shape.Aggregate(1, (product, n) => product * n)]));
        var path = _folder.PathOf(name);
        new BeatModelFile(new BeatModelCard("autoencoder", network, Masked: true), [.. weights]).Write(path, overwrite: true);
        return path;
    }
}
