using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_and_its_learning_curve_are_written_and_the_same_seed_gives_the_same_bytes()
    {
        var result = Train("a.safetensors", "--seed", "5", "--threads", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("(40, 187) → (40, 187, 1); 36 beats to train on, 4 to validate on\n", result.Error);
        Assert.Contains("epoch 2/2  loss ", result.Error);
        Assert.Contains("54209 parameters, 2 epochs", result.Output);
        var curve = File.ReadAllLines(_folder.PathOf("a.curve.csv"));
        Assert.Equal(["epoch,loss,validation_loss,learning_rate", "1", "2"], [curve[0], .. curve[1..].Select(line => line.Split(',')[0])]);

        Assert.Equal(0, Train("b.safetensors", "--seed", "5", "--threads", "2").ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("a.safetensors")), File.ReadAllBytes(_folder.PathOf("b.safetensors")));
        Assert.Equal("5", BeatModelFile.Read(_folder.PathOf("a.safetensors")).Card.Settings["seed"]);
        Assert.Equal(["a.curve.csv", "a.safetensors", "b.curve.csv", "b.safetensors", "train.csv"], _folder.Names());
    }

    [Fact]
    public void An_ensemble_is_written_with_its_own_defaults_and_recovers_with_intervals()
    {
        var result = Train("a.safetensors", "--preset", "beat", "--folds", "2", "--library-rows", "20");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("40 beats; every network is trained without a part of them\n", result.Error);
        Assert.Contains("note: the rows are of one record, or their records are not known: single rows are held out", result.Error);
        Assert.Contains("2 networks, 271110 parameters, 2 epochs", result.Output);
        var card = BeatModelFile.Read(_folder.PathOf("a.safetensors")).Card;
        Assert.Equal(("0.003", "cosine"), (card.Settings["learning_rate"], card.Settings["schedule"]));
        var info = InProcess.Run("info", _folder.PathOf("a.safetensors"));
        Assert.Equal(0, info.ExitCode);
        Assert.Contains("2 networks, whose mean is the recovery", info.Output);
        Assert.Contains("left out          1: every row n with n mod 2 = 0; 2: every row n with n mod 2 = 1\n", info.Output);
        Assert.Contains("\"views\": \"both\"", InProcess.Run("info", _folder.PathOf("a.safetensors"), "--json").Output);
    }

    [Theory]
    [InlineData("--epochs is 0; expected 1 to 1000000", "--epochs", "0")]
    [InlineData("--batch-size is 0;", "--batch-size", "0")]
    [InlineData("--learning-rate is NaN;", "--learning-rate", "NaN")]
    [InlineData("--validation-split is 1;", "--validation-split", "1")]
    [InlineData("'linear' is not one of constant, cosine for --schedule", "--schedule", "linear")]
    [InlineData("there is no preset 'x'; expected autoencoder, beat or record", "--preset", "x")]
    [InlineData("--validation-split does not go with --preset beat", "--preset", "beat", "--validation-split", "0.1")]
    [InlineData("--patience does not go with --preset beat", "--preset", "beat", "--patience", "3")]
    [InlineData("--folds does not go with --preset autoencoder", "--folds", "3")]
    [InlineData("--same-patients does not go with --preset autoencoder", "--same-patients")]
    [InlineData("'7' not recognized", "--preset", "beat", "--views", "7")]
    [InlineData("'both,row' not recognized", "--preset", "beat", "--views", "both,row")]
    [InlineData("--library-rows does not go with --views row", "--preset", "beat", "--views", "row", "--library-rows", "30")]
    [InlineData("--folds is 1; expected 2 to 1000", "--preset", "beat", "--folds", "1")]
    [InlineData("--patience watches the validation loss", "--patience", "2", "--validation-split", "0")]
    [InlineData("--resume needs --checkpoint-dir", "--resume")]
    [InlineData("--focus-gap is the place of gaps: give it with --masked", "--focus-gap", "20..57")]
    public void A_setting_that_cannot_be_is_a_usage_error(string expected, params string[] options) =>
        Train("model.safetensors", options).AssertOneErrorLine(2, expected);

    [Fact]
    public void The_data_must_be_given() =>
        InProcess.Run("train", "--output", _folder.PathOf("a.safetensors"))
            .AssertOneErrorLine(2, "--data is missing; see 'ecg-recovery train --help'");

    [Fact]
    public void An_existing_model_or_curve_is_refused_before_any_training()
    {
        _folder.Write("a.safetensors", "precious");
        Train("a.safetensors").AssertOneErrorLine(2, "a.safetensors exists; give --overwrite");
        _folder.Write("b.curve.csv", "precious");
        Train("b.safetensors").AssertOneErrorLine(2, "b.curve.csv exists; give --overwrite");
        Train("train.csv", "--overwrite").AssertOneErrorLine(2, "train.csv is the input");
    }

    [Fact]
    public void An_existing_checkpoint_is_refused_with_the_option_that_continues_from_it()
    {
        _folder.Write("checkpoint.safetensors", "precious");
        var folder = Path.GetDirectoryName(_folder.PathOf("checkpoint.safetensors"))!;
        Train("a.safetensors", "--checkpoint-dir", folder)
            .AssertOneErrorLine(2, "checkpoint.safetensors exists; expected a folder without one; give --resume to continue from it");
        Assert.Equal("precious", File.ReadAllText(_folder.PathOf("checkpoint.safetensors")));
    }

    [Fact]
    public void Data_that_cannot_be_trained_on_is_invalid_input()
    {
        Run(_folder.PathOf("absent.csv")).AssertOneErrorLine(3, "absent.csv does not exist");
        Run(_folder.Write("hole.csv", "NaN" + Rows(2)[6..])).AssertOneErrorLine(3, "hole.csv, line 1, column 1");
        Run(_folder.Write("one.csv", Rows(1)))
            .AssertOneErrorLine(3, "one.csv has 1 rows; a validation split of 0.1 leaves none to train on");
    }

    [Fact]
    public void A_signal_ends_training_with_130_and_leaves_no_model()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        using var child = ChildProcess.StartTool(
            "train", "--data", Data(), "--output", _folder.PathOf("a.safetensors"), "--epochs", "100000");
        Assert.Contains("36 beats to train on", child.StandardError.ReadLine());
        while (child.StandardError.ReadLine() is { } line && !line.StartsWith("epoch 2/", StringComparison.Ordinal))
        {
            // the first epochs
        }

        using (var kill = System.Diagnostics.Process.Start("kill", ["-s", "INT", child.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        var result = ChildProcess.Finish(child);
        Assert.Equal(130, result.ExitCode);
        Assert.EndsWith("error: cancelled\n", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Equal(["train.csv"], _folder.Names());
    }

    private CommandResult Train(string output, params string[] options)
    {
        string[] epochs = options.Contains("--epochs") ? [] : ["--epochs", "2"];
        return InProcess.Run(["train", "--data", Data(), "--output", _folder.PathOf(output), .. epochs, .. options]);
    }

    private CommandResult Run(string data) => InProcess.Run("train", "--data", data, "--output", _folder.PathOf("model.safetensors"));

    private string Data() => _folder.Write("train.csv", Rows(40));

    private static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(row =>
        $"{string.Join(',', Enumerable.Range(0, HeartbeatSet.BeatLength).Select(i => Sample(row, i)))},0\n"));

    private static string Sample(int row, int i) =>
        (0.5 + (0.4 * Math.Sin((i * 0.1) + row))).ToString("F4", CultureInfo.InvariantCulture);
}
