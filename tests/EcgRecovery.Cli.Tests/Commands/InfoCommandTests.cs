using System.Text.Json;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class InfoCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Parameters as Keras counts them: 4·((inputs + 1)·H + H²) a layer, and inputs + 1 for the dense one.
    [Fact]
    public void The_originals_summary_is_Keras_summary()
    {
        var result = InProcess.Run("info", Model());
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] lines =
        [
            "lstm_1 (LSTM)                   (None, 187, 64)           16,896",
            "lstm_2 (LSTM)                   (None, 187, 32)           12,416",
            "lstm_3 (LSTM)                   (None, 187, 64)           24,832",
            "dense (TimeDistributed Dense)   (None, 187, 1)                65",
            "Total                                                     54,209",
            "preset            autoencoder",
            "data              87,554 rows, SHA-256 0123abcd",
            "split             official",
            "records           100 101",
            "seed              7",
            "last epoch        2: loss 0.002, validation loss 1.1E-07",
            "file              verified: its hashes are right",
        ];
        foreach (var line in lines)
            Assert.Contains(line + "\n", result.Output);
    }

    [Fact]
    public void Json_holds_the_same()
    {
        var result = InProcess.Run("info", Model(), "--json");
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.Equal(54209, root.GetProperty("parameters").GetInt32());
        Assert.True(root.GetProperty("verified").GetBoolean());
        Assert.False(root.GetProperty("masked").GetBoolean());
        Assert.Equal(
            "[null,187,32]", root.GetProperty("layers")[1].GetProperty("outputShape").GetRawText().Replace("\n", "").Replace(" ", ""));
        Assert.Equal("101", root.GetProperty("data").GetProperty("records")[1].GetString());
        Assert.Equal("7", root.GetProperty("settings").GetProperty("seed").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("curve")[0].GetProperty("validationLoss").ValueKind);
        Assert.Equal(1.1e-7, root.GetProperty("curve")[1].GetProperty("validationLoss").GetDouble());
    }

    [Fact]
    public void A_bidirectional_layer_shows_both_directions_outputs()
    {
        var result = InProcess.Run("info", Model(new NetworkSpec(1, [new LstmLayerSpec(8, Bidirectional: true)], 1)));
        Assert.Contains("lstm_1 (Bidirectional LSTM)     (None, 187, 16)              640\n", result.Output);
    }

    [Fact]
    public void Every_model_that_ships_is_shown()
    {
        string[] shipped = [.. RecoveryMethods.All.Where(method => method.IsShippedModel).Select(method => method.Name)];
        Assert.Contains("record", shipped);
        foreach (var name in shipped)
        {
            var result = InProcess.Run("info", name);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.StartsWith($"Model: {name}\n", result.Output);
            Assert.EndsWith("file              verified: its hashes are right\n", result.Output);
        }
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        var path = Model();
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 4;
        File.WriteAllBytes(path, bytes);
        InProcess.Run("info", path).AssertOneErrorLine(3, path);

        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        InProcess.Run("info", path).AssertOneErrorLine(3, path);
    }

    [Fact]
    public void What_is_no_model_is_refused_in_one_line()
    {
        InProcess.Run("info", _folder.PathOf("absent.safetensors")).AssertOneErrorLine(3, "absent.safetensors");
        InProcess.Run("info", "linear").AssertOneErrorLine(2, "linear is a reference method");
        InProcess.Run("info", _folder.Root).AssertOneErrorLine(3, "is a directory");
        InProcess.Run("info", _folder.Write("empty", "")).AssertOneErrorLine(3, "empty");
        InProcess.Run("info", _folder.Write("text.csv", "0.1,0.2\n0.3,0.4\n")).AssertOneErrorLine(3, "text.csv");
    }

    private string Model(NetworkSpec? network = null)
    {
        network ??= new NetworkSpec(1, [new LstmLayerSpec(64), new LstmLayerSpec(32), new LstmLayerSpec(64)], 1);
        var card = new BeatModelCard("autoencoder", network, Masked: false)
        {
            DataSha256 = "0123abcd",
            DataRows = 87554,
            Split = "official",
            Records = ["100", "101"],
            Settings = new Dictionary<string, string> { ["seed"] = "7", ["epochs"] = "2" },
            Curve = [new EpochResult(1, 0.01, double.NaN, 0.001), new EpochResult(2, 0.002, 1.1e-7, 0.001)],
            ToolVersion = "0.1.0",
        };
        var weights = network.TensorShapes()
            .Select(t => new WeightTensor(t.Name, t.Shape, new float[t.Shape.Aggregate(1, (product, n) => product * n)]))
            .ToArray();
        var path = _folder.PathOf("model.safetensors");
        new BeatModelFile(card, weights).Write(path, overwrite: true);
        return path;
    }
}
