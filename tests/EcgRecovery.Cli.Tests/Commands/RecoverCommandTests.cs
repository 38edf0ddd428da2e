using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class RecoverCommandTests : IDisposable
{
    private const int L = HeartbeatSet.BeatLength;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_cells_are_filled_and_observed_ones_keep_their_text()
    {
        // Samples 0.000, 0.001, … in the notation of Kaggle's files; linear across a hole in a straight line is the line.
        var whole = Enumerable.Range(0, L).Select(i => (i / 1000.0).ToString("0.000000000000000000e+00", CultureInfo.InvariantCulture))
            .ToArray();
        var broken = whole.ToArray();
        broken[10] = "";
        broken[11] = "NaN";
        var input = _folder.Write("broken.csv", Line(whole) + Line(broken));
        var output = _folder.PathOf("out.csv");

        var result = InProcess.Run("recover", input, "--beats", "--model", "linear", "--output", output);

        Assert.Equal((0, "filling the gaps of 2 rows by linear\n"), (result.ExitCode, result.Error));
        Assert.Contains("2 rows, 2 samples missing, 2 filled by linear", result.Output);
        var lines = File.ReadAllText(output).Split('\n');
        Assert.Equal(Line(whole).TrimEnd(), lines[0]);
        var cells = lines[1].Split(',');
        Assert.Equal(broken.Where(cell => cell.Length > 5), cells[..L].Where((_, i) => i is not 10 and not 11));
        Assert.Equal(0.010, float.Parse(cells[10]), 1e-6);
        Assert.Equal(0.011, float.Parse(cells[11]), 1e-6);
        Assert.Equal("3.000000000000000000e+00", cells[^1]);

        var mask = File.ReadAllLines(_folder.PathOf("out.mask.csv"));
        Assert.Equal(2, mask.Length);
        Assert.DoesNotContain('1', mask[0]);
        Assert.Equal([10, 11], mask[1].Split(',').Select((cell, i) => (cell, i)).Where(c => c.cell == "1").Select(c => c.i));
        Assert.Equal(["broken.csv", "out.csv", "out.mask.csv", "out.provenance.json"], _folder.Names());
    }

    [Fact]
    public void A_gap_is_recovered_in_every_row_and_a_header_and_row_numbers_stay()
    {
        var header = $",{string.Join(',', Enumerable.Range(0, L + 1))}\n";
        var input = _folder.Write("copy.csv", header + "0," + Line(Cells("0.5")) + "1," + Line(Cells("0.25")));
        var output = _folder.PathOf("out.csv");
        var result = InProcess.Run("recover", input, "--beats", "--model", "zeros", "--output", output, "--gap", "100..137");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("74 samples missing, 74 filled", result.Output);
        var lines = File.ReadAllLines(output);
        Assert.Equal(header.TrimEnd(), lines[0]);
        string[] expected = ["1", .. Cells("0.25", 100), .. Cells("0", 37), .. Cells("0.25", L - 137), "3.000000000000000000e+00"];
        Assert.Equal(expected, lines[2].Split(','));
    }

    [Fact]
    public void A_row_without_any_observed_sample_stays_missing_and_the_exit_code_says_so()
    {
        var input = _folder.Write("broken.csv", Line(Cells("")) + Line(["", .. Cells("0.5", L - 1)]));
        var output = _folder.PathOf("out.csv");
        var result = InProcess.Run("recover", input, "--beats", "--model", "linear", "--output", output);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("187 samples are still missing; 1 row has no observed sample", result.Error);
        Assert.Equal(Line(Cells("")).TrimEnd(), File.ReadAllLines(output)[0]);
        Assert.DoesNotContain('1', File.ReadAllLines(_folder.PathOf("out.mask.csv"))[0]);
    }

    [Fact]
    public void A_method_that_learns_gets_its_reference_data()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => Line(Cells((0.1 + (i * 0.01)).ToString("F2")))));
        var reference = _folder.Write("reference.csv", rows);
        var broken = Cells("0.30");
        broken[50] = "";
        var input = _folder.Write("broken.csv", Line(broken));
        string[] command = ["recover", input, "--beats", "--model", "knn", "--output", _folder.PathOf("out.csv")];
        InProcess.Run(command).AssertOneErrorLine(2, "knn", "--reference-data");
        Assert.Equal(0, InProcess.Run([.. command, "--reference-data", reference]).ExitCode);
        var filled = float.Parse(File.ReadAllLines(_folder.PathOf("out.csv"))[0].Split(',')[50]);
        Assert.InRange(filled, 0.2f, 0.4f);
    }

    [Fact]
    public void An_existing_output_or_mask_is_refused_before_anything_is_read()
    {
        var output = _folder.Write("out.csv", "precious");
        string[] command = ["recover", _folder.PathOf("absent.csv"), "--beats", "--model", "linear", "--output", output];
        InProcess.Run(command).AssertOneErrorLine(2, "out.csv exists; give --overwrite");
        File.Delete(output);
        _folder.Write("out.mask.csv", "precious");
        InProcess.Run(command).AssertOneErrorLine(2, "out.mask.csv exists; give --overwrite");
        Assert.Equal("precious", File.ReadAllText(_folder.PathOf("out.mask.csv")));
        File.Delete(_folder.PathOf("out.mask.csv"));
        foreach (var companion in new[] { "out.interval.csv", "out.provenance.json" })
        {
            var path = _folder.Write(companion, "precious");
            InProcess.Run(command).AssertOneErrorLine(2, $"{companion} exists; give --overwrite");
            File.Delete(path);
        }
    }

    [Fact]
    public void The_provenance_says_what_was_filled_from_what_by_what()
    {
        var reference = _folder.Write("reference.csv", string.Concat(Enumerable.Repeat(Line(Cells("0.25")), 30)));
        var input = _folder.Write("broken.csv", Line(Cells("")) + Line(["", .. Cells("0.5", L - 1)]));
        string[] byNeighbours = ["--model", "knn", "--reference-data", reference, "--gap", "7..9", "--output", _folder.PathOf("a.csv")];
        Assert.Equal(4, InProcess.Run(["recover", input, "--beats", .. byNeighbours]).ExitCode);
        var root = Provenance("a");
        Assert.Equal("ecg-recovery-provenance/1", root.GetProperty("format").GetString());
        Assert.Equal(CommandHost.Version, root.GetProperty("toolVersion").GetString());
        Assert.Equal(("broken.csv", Hash(input), 2), Described(root.GetProperty("input")));
        Assert.Equal("knn", root.GetProperty("method").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("model").ValueKind);
        Assert.Equal(("reference.csv", Hash(reference), 30), Described(root.GetProperty("referenceData")));
        Assert.Equal(
            (7, 9), (root.GetProperty("gap").GetProperty("start").GetInt32(), root.GetProperty("gap").GetProperty("end").GetInt32()));
        Assert.Equal((L + 3, 3, 1), (Count("missingSamples"), Count("filledSamples"), Count("rowsWithoutSignal")));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("interval").ValueKind);

        Assert.Equal(4, InProcess.Run("recover", input, "--beats", "--model", "autoencoder", "--output", _folder.PathOf("b.csv")).ExitCode);
        var shipped = Checkout.PathOf("src/EcgRecovery/Recovery/Models/autoencoder.safetensors");
        Assert.Equal(Hash(shipped), Provenance("b").GetProperty("model").GetProperty("sha256").GetString());
        Assert.Equal(JsonValueKind.Null, Provenance("b").GetProperty("gap").ValueKind);
        Assert.Equal(4, InProcess.Run("recover", input, "--beats", "--model", shipped, "--output", _folder.PathOf("c.csv")).ExitCode);
        Assert.Equal(Hash(shipped), Provenance("c").GetProperty("model").GetProperty("sha256").GetString());

        int Count(string key) => root.GetProperty(key).GetInt32();

        static (string?, string?, int) Described(JsonElement file) =>
            (file.GetProperty("name").GetString(), file.GetProperty("sha256").GetString(), file.GetProperty("rows").GetInt32());

        static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Where_the_method_gives_intervals_they_lie_beside_the_output_and_the_provenance_says_their_level()
    {
        var input = _folder.Write("broken.csv", Line(["0.5", "", .. Cells("0.5", L - 2)]));
        var file = HeartbeatCsv.Read(input, new HeartbeatCsvOptions { AllowMissing = true });
        var files = new RecoveredFiles(_folder.PathOf("out.csv"), overwrite: true);
        var recovered = Filled(withInterval: true);
        var provenance = new RecoveryProvenance(new ProvenanceFile("broken.csv", "", 1), "fake", "", References: null, Gap: null);
        files.Write(input, file, recovered, provenance.Write(recovered), TestContext.Current.CancellationToken);
        Assert.Equal(["broken.csv", "out.csv", "out.interval.csv", "out.mask.csv", "out.provenance.json"], _folder.Names());
        Assert.Equal("row,sample,recovered,lower,upper\n0,1,0.5,0.25,0.75\n", File.ReadAllText(files.Interval));
        Assert.Equal(0.95, Provenance("out").GetProperty("interval").GetProperty("level").GetDouble());

        // Another method's run over the same output: the old intervals would be taken for its own.
        recovered = Filled(withInterval: false);
        files.Write(input, file, recovered, provenance.Write(recovered), TestContext.Current.CancellationToken);
        Assert.Equal(["broken.csv", "out.csv", "out.mask.csv", "out.provenance.json"], _folder.Names());

        RecoveredSignal Filled(bool withInterval)
        {
            var (samples, origin) = ((float[])file.Set.Samples.Clone(), new SampleOrigin[L]);
            (samples[1], origin[1]) = (0.5f, SampleOrigin.Recovered);
            var (lower, upper) = ((float[])samples.Clone(), (float[])samples.Clone());
            (lower[1], upper[1]) = (0.25f, 0.75f);
            return new RecoveredSignal
            {
                Method = "fake",
                Samples = samples,
                Origin = origin,
                Gaps = [new RecoveredGap(new SampleSpan(1, 2), "linear")],
                Lower = withInterval ? lower : null,
                Upper = withInterval ? upper : null,
                IntervalLevel = withInterval ? 0.95 : null,
            };
        }
    }

    [Fact]
    public void A_companion_that_cannot_be_written_leaves_no_file_at_all()
    {
        var input = _folder.Write("broken.csv", Line(["0.5", "", .. Cells("0.5", L - 2)]));
        Directory.CreateDirectory(_folder.PathOf("out.provenance.json"));
        var files = new RecoveredFiles(_folder.PathOf("out.csv"), overwrite: true);
        var file = HeartbeatCsv.Read(input, new HeartbeatCsvOptions { AllowMissing = true });
        var recovered = new RecoveredSignal { Method = "fake", Samples = file.Set.Samples, Origin = new SampleOrigin[L], Gaps = [] };
        Assert.Throws<OutputExistsException>(() => files.Write(input, file, recovered, "{}", TestContext.Current.CancellationToken));
        Assert.Equal(["broken.csv", "out.provenance.json"], _folder.Names());
    }

    [Fact]
    public void An_unwritable_output_is_found_before_the_work()
    {
        var input = _folder.Write("broken.csv", Line(["", .. Cells("0.5", L - 1)]));
        // Not even "filling …" is said.
        InProcess.Run("recover", input, "--beats", "--model", "linear", "--output", Path.Combine(input, "out.csv"))
            .AssertOneErrorLine(1, "Cannot write");
    }

    [Fact]
    public void The_input_itself_is_no_output_even_when_overwriting_is_allowed()
    {
        var input = _folder.Write("beats.csv", Line(Cells("0.5")));
        InProcess.Run("recover", input, "--beats", "--model", "linear", "--output", input, "--overwrite")
            .AssertOneErrorLine(2, "is the input");
        var mask = _folder.Write("x.mask.csv", Line(Cells("0.5")));
        InProcess.Run("recover", mask, "--beats", "--model", "linear", "--output", _folder.PathOf("x.csv"), "--overwrite")
            .AssertOneErrorLine(2, "x.mask.csv is the input");
        InProcess.Run("recover", mask, "--beats", "--model", "knn", "--reference-data", input, "--output", input, "--overwrite")
            .AssertOneErrorLine(2, "is the input");
    }

    [Fact]
    public void Wrong_inputs_are_one_line_each_and_leave_no_output()
    {
        var good = _folder.Write("good.csv", Line(Cells("0.5")));
        var text = _folder.Write("text.csv", Line(Cells("0.5")) + Line(["0.5", "pear", .. Cells("0.5", L - 2)]));
        var model = _folder.Write("model.safetensors", "not a model");
        Recover(_folder.PathOf("absent.csv"), "linear").AssertOneErrorLine(3, "absent.csv does not exist");
        Recover(_folder.Root, "linear").AssertOneErrorLine(3, "is a directory");
        Recover(_folder.Write("empty.csv", ""), "linear").AssertOneErrorLine(3, "is empty");
        Recover(text, "linear").AssertOneErrorLine(3, "text.csv, line 2, column 2", "'pear'");
        Recover(good, "sideways").AssertOneErrorLine(2, "'sideways' is neither a name nor a file", "linear");
        Recover(good, model).AssertOneErrorLine(3, "model.safetensors");
        Assert.DoesNotContain(_folder.Names(), name => name.StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_disk_is_one_line_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        var input = _folder.Write("beats.csv", string.Concat(Enumerable.Repeat(Line(Cells("0.5")), 400)));
        // A limit of 64 KiB a file stands for the full disk; an ignored SIGXFSZ makes write() fail instead of ending the process.
        // The runtime maps its code through files that would break the limit unless told not to.
        var result = ChildProcess.Bash(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; exec \"$@\"",
            "recover", input, "--beats", "--model", "linear", "--gap", "100..137", "--output", _folder.PathOf("out.csv"));
        Assert.StartsWith("filling the gaps of 400 rows by linear\n", result.Error);
        (result with { Error = result.Error[(result.Error.IndexOf('\n') + 1)..] })
            .AssertOneErrorLine(1, $"Cannot write {_folder.PathOf("out.mask.csv")}: ");
        Assert.Equal(["beats.csv"], _folder.Names());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_it_with_130_and_leaves_nothing(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        // Enough work for minutes: thousands of neighbours, and every row misses other samples.
        var reference = _folder.Write("reference.csv", Noise(4_000, missing: false));
        var input = _folder.Write("beats.csv", Noise(4_000, missing: true));
        using var child = ChildProcess.StartTool(
            "recover", input, "--beats", "--model", "locally-linear", "--reference-data", reference, "--output", _folder.PathOf("out.csv"));
        Assert.Contains("filling", child.StandardError.ReadLine());
        using (var kill = System.Diagnostics.Process.Start("kill", ["-s", signal, child.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        ChildProcess.Finish(child).AssertOneErrorLine(130, "cancelled");
        Assert.Equal(["beats.csv", "reference.csv"], _folder.Names());
    }

    private CommandResult Recover(string input, string model) =>
        InProcess.Run("recover", input, "--beats", "--model", model, "--output", _folder.PathOf("out.csv"));

    private JsonElement Provenance(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(_folder.PathOf($"{name}.provenance.json")));
        return document.RootElement.Clone();
    }

    private static string Line(string[] cells) => $"{string.Join(',', cells)},3.000000000000000000e+00\n";

    private static string[] Cells(string cell, int count = L) => [.. Enumerable.Repeat(cell, count)];

    private static string Noise(int rows, bool missing)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var cells = Enumerable.Range(0, L).Select(i => (((row * 31) + (i * i * 17)) % 97 / 97.0).ToString("F3")).ToArray();
            if (missing)
                cells[row % L] = cells[row / L % L] = "";
            text.Append(Line(cells));
        }

        return text.ToString();
    }
}
