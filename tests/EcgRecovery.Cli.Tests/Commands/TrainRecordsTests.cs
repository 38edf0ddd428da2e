using System.Globalization;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Cli.Tests.Commands;

/// <summary><c>train --preset record</c>, on a few recordings of less than a minute.</summary>
public sealed class TrainRecordsTests : IDisposable
{
    private const int FrequencyHz = 125;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_and_its_learning_curve_are_written_and_a_run_is_resumed_to_the_same_bytes()
    {
        var folder = Recordings("a.csv", "b.csv", "c.csv");
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "Nothing to see here.\n");
        File.WriteAllText(Path.Combine(folder, "readme.md"), "Nor here.\n");
        var result = Train(folder, "a.safetensors", "--threads", "1");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(
            "note: skipped, because they cannot be read as recordings: notes.txt\n"
                + "3 recordings of 3 patients; every network is trained without a part of them\n",
            result.Error,
            StringComparison.Ordinal);
        Assert.Contains("epoch 1/2  loss ", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"a\.safetensors: 3 networks, \d+ parameters, 2 epochs; learning curve in .*a\.curve\.csv\n$", result.Output);
        Assert.StartsWith("epoch,loss,validation_loss,learning_rate\n1,", File.ReadAllText(_folder.PathOf("a.curve.csv")));
        var card = RecordModelFile.Read(_folder.PathOf("a.safetensors")).Card;
        Assert.Equal(["a.csv", "b.csv", "c.csv"], card.Records);
        Assert.Equal(["a.csv", "b.csv", "c.csv"], card.HeldOut);

        string[] resumed = ["--checkpoint-dir", _folder.PathOf("run"), "--resume"];
        Assert.Equal(0, Train(folder, "b.safetensors", resumed).ExitCode);
        Assert.Equal(3, Directory.GetFiles(_folder.PathOf("run/gaps")).Length);
        Assert.Equal(0, Train(folder, "c.safetensors", resumed).ExitCode);
        var bytes = File.ReadAllBytes(_folder.PathOf("a.safetensors"));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.PathOf("b.safetensors")));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.PathOf("c.safetensors")));
        Train(folder, "d.safetensors", "--checkpoint-dir", _folder.PathOf("run"))
            .AssertOneErrorLine(2, "exists; expected a folder without one; give --resume to continue from it");
        var other = Train(folder, "d.safetensors", [.. resumed, "--seed", "2"]);
        Assert.Equal(3, other.ExitCode);
        Assert.EndsWith("checkpoint.safetensors belongs to another run; it has seed=1; expected seed=2.\n", other.Error);

        var info = InProcess.Run("info", _folder.PathOf("a.safetensors"));
        Assert.Contains("3 networks, whose mean is the recovery", info.Output);
        Assert.Contains("left out          1: a.csv; 2: b.csv; 3: c.csv\n", info.Output);
        Assert.Contains("interval          up to 0.1 s: 50 % × ", info.Output);
        Assert.Contains("\"survivingLead\": true", InProcess.Run("info", _folder.PathOf("a.safetensors"), "--json").Output);
    }

    [Fact]
    public void Only_the_recordings_that_are_named_are_learned_from()
    {
        var folder = Recordings("a.csv", "b.csv", "101.csv", "100.csv");
        var names = _folder.Write("names.txt", "a.csv\n# not b\n101.csv # the second\n\n");
        var result = Train(folder, "a.safetensors", "--only", names);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(
            "2 recordings of 2 patients; every network is trained without a part of them\n"
                + "note: the recordings are of 2 patients: 2 networks are trained\nepoch 1/2",
            result.Error,
            StringComparison.Ordinal);
        Assert.Equal(["101.csv", "a.csv"], RecordModelFile.Read(_folder.PathOf("a.safetensors")).Card.Records);

        result = Train(folder, "b.safetensors", "--only", "100.csv, a.csv");
        Assert.Contains("note: the recordings include 100, which the tables keep for testing", result.Error);
    }

    [Fact]
    public void A_folder_of_mit_bih_is_refused_with_the_names_to_learn_from()
    {
        var folder = Recordings("a.csv", "223.csv");
        Train(folder, "a.safetensors").AssertOneErrorLine(
            2,
            "holds 223.csv, a record of MIT-BIH, of which some are kept for testing",
            "--only 101,106,108,109,112,114,115,116,118,119,122,124,203,205,207,209,215,220,223,230");
    }

    [Theory]
    [InlineData("--records is missing; see 'ecg-recovery train --help'")]
    [InlineData("--data does not go with --preset record", "--data", "x.csv")]
    [InlineData("--views does not go with --preset record", "--views", "row")]
    [InlineData("--masked does not go with --preset record", "--masked")]
    [InlineData("--schedule does not go with --preset record", "--schedule", "cosine")]
    [InlineData("--rounds is 0; expected 1 to 100000", "--rounds", "0")]
    [InlineData("--units is 0; expected 1 to 4096", "--units", "0")]
    [InlineData("--folds is 1; expected 2 to 1000", "--folds", "1")]
    public void A_setting_that_cannot_be_is_a_usage_error(string expected, params string[] options) =>
        InProcess.Run(["train", "--preset", "record", "--output", _folder.PathOf("m.safetensors"), .. options])
            .AssertOneErrorLine(2, expected);

    [Theory]
    [InlineData("--records", "x")]
    [InlineData("--only", "x")]
    [InlineData("--rounds", "3")]
    [InlineData("--units", "3")]
    public void Options_of_recordings_do_not_go_with_beats(string option, string value) =>
        InProcess.Run("train", "--preset", "beat", "--data", "x.csv", "--output", _folder.PathOf("m.safetensors"), option, value)
            .AssertOneErrorLine(2, $"{option} does not go with --preset beat");

    [Fact]
    public void What_cannot_be_learned_from_is_invalid_input()
    {
        Train(_folder.PathOf("absent"), "m.safetensors").AssertOneErrorLine(3, "absent does not exist; expected a folder of recordings");
        Train(_folder.Root, "m.safetensors").AssertOneErrorLine(3, "holds no recording; expected WFDB records or files .hea");
        var folder = Recordings("a.csv", "b.csv");
        Train(folder, "m.safetensors", "--only", "a.csv,z").AssertOneErrorLine(3, "holds no recording z, which --only names");
        Train(folder, "m.safetensors", "--only", "a.csv").AssertOneErrorLine(3, "There are 1 recordings of 1 patients");
        Train(folder, "m.safetensors", "--only", ",").AssertOneErrorLine(2, "--only ',' names no recording");
        Train(folder, "m.safetensors", "--only", _folder.PathOf("absent.txt")).AssertOneErrorLine(3, "absent.txt does not exist");
        File.WriteAllText(Path.Combine(folder, "short.csv"), Recording(5, 1));
        Train(folder, "m.safetensors").AssertOneErrorLine(3, "Recording short.csv is 5 s long; expected at least 10 s");
    }

    [Fact]
    public void An_existing_model_and_an_input_are_never_lost()
    {
        var folder = Recordings("a.csv", "b.csv");
        _folder.Write("a.safetensors", "precious");
        Train(folder, "a.safetensors").AssertOneErrorLine(2, "a.safetensors exists; give --overwrite");
        Train(folder, "recordings/a.csv", "--overwrite").AssertOneErrorLine(2, "a.csv is the input, which is never overwritten");
    }

    private CommandResult Train(string records, string output, params string[] options) => InProcess.Run(
    [
        "train", "--preset", "record", "--records", records, "--output", _folder.PathOf(output), "--units", "3", "--rounds", "1",
        "--epochs", "2", .. options,
    ]);

    private string Recordings(params string[] names)
    {
        var folder = Directory.CreateDirectory(_folder.PathOf("recordings")).FullName;
        foreach (var (i, name) in names.Index())
            File.WriteAllText(Path.Combine(folder, name), Recording(30, i));
        return folder;
    }

    // Beats of one shape at a steady rhythm, another in each recording.
    private static string Recording(int seconds, int number)
    {
        var rows = Enumerable.Range(0, seconds * FrequencyHz).Select(t =>
        {
            var time = t / (double)FrequencyHz;
            var phase = (time % (0.7 + (0.1 * number))) - 0.3;
            var beat = Math.Exp(-phase * phase / 0.0005) + (0.2 * Math.Exp(-Math.Pow(phase - 0.25, 2) / 0.004));
            var wander = 0.05 * Math.Sin(time * 1.3);
            return string.Create(CultureInfo.InvariantCulture, $"{time:F6},{beat + wander:F4},{(0.5 * beat) - wander:F4}\n");
        });
        return $"time (s),I (mV),II (mV)\n{string.Concat(rows)}";
    }
}
