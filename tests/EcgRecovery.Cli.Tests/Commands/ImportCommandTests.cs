using System.Text.Json;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Import;

namespace EcgRecovery.Cli.Tests.Commands;

/// <summary>The values are tested where they are converted: OriginalWeightsTests.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_become_a_model_whose_training_is_not_known()
    {
        var (weights, model) = (Weights(), _folder.PathOf("m.safetensors"));
        var result = InProcess.Run("import", weights, "--output", model);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{model}: 54,209 parameters, from Keras\n", result.Output);
        Assert.EndsWith("\n  lstm_1: lstm_1\n  lstm_2: lstm_2\n  lstm_3: lstm_3\n  dense: dense\n", result.Output);

        var text = InProcess.Run("info", model).Output;
        Assert.Contains("imported          weights.safetensors, weights by names of Keras, SHA-256 ", text);
        Assert.Contains("training          not known; missing samples are given to it as 0\n", text);
        Assert.Contains("data              not known\nrecords           not known\n", text);
        using var json = JsonDocument.Parse(InProcess.Run("info", model, "--json").Output);
        Assert.StartsWith("weights.safetensors, weights by", json.RootElement.GetProperty("importedFrom").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data").ValueKind);

        Assert.Equal(0, InProcess.Run("import", weights, "--output", model, "--masked", "--overwrite").ExitCode);
        Assert.Contains("missing samples are given to it as −1\n", InProcess.Run("info", model).Output);
    }

    [Fact]
    public void An_imported_model_works_as_any_other()
    {
        var (model, beats) = (_folder.PathOf("m.safetensors"), Beats());
        Assert.Equal(0, InProcess.Run("import", Weights(), "--output", model, "--masked").ExitCode);
        var recovered = InProcess.Run(
            "recover", beats, "--beats", "--gap", "100..137", "--model", model, "--output", _folder.PathOf("r.csv"));
        Assert.Equal(0, recovered.ExitCode);
        Assert.Contains("3 rows, 111 samples missing, 111 filled by m\n", recovered.Output);
        var evaluated = InProcess.Run("evaluate", "--model", model, "--data", beats);
        Assert.Equal(0, evaluated.ExitCode);
        Assert.Contains("it is not known whether the tested patients are among those learned from", evaluated.Output + evaluated.Error);
        Assert.Equal(0, InProcess.Run("export", "--model", model, "--output", _folder.PathOf("m.onnx")).ExitCode);
    }

    [Fact]
    public void What_is_no_weights_of_the_original_is_refused_and_nothing_is_written()
    {
        var output = _folder.PathOf("m.safetensors");
        var other = _folder.PathOf("other.safetensors");
        Write(other, [new WeightTensor("conv/kernel", [2, 2], [1, 2, 3, 4])]);
        Import(other).AssertOneErrorLine(3, "other.safetensors has no tensors of an LSTM: it has conv/kernel [2, 2]; expected those of");
        foreach (var name in (string[])["model.keras", "model.H5", "model.pt"])
            Import(_folder.Write(name, "x")).AssertOneErrorLine(3, name, "weights_to_safetensors.py makes of it");
        Import(_folder.PathOf("absent.pt")).AssertOneErrorLine(3, "absent.pt does not exist");
        Import(_folder.Write("text.safetensors", "0.1,0.2,0.3,0.4\n")).AssertOneErrorLine(3, "text.safetensors");
        var own = _folder.PathOf("own.safetensors");
        OriginalWeights.Convert(Tensors(), "x").ToModel("x", masked: false).Write(own, overwrite: false);
        Import(own).AssertOneErrorLine(3, "own.safetensors is a model of this tool already");
        Assert.False(File.Exists(output));

        CommandResult Import(string weights) => InProcess.Run("import", weights, "--output", output);
    }

    [Fact]
    public void The_output_ends_in_safetensors_and_is_replaced_only_on_demand()
    {
        var weights = Weights();
        InProcess.Run("import", weights, "--output", _folder.PathOf("m.onnx")).AssertOneErrorLine(2, "expected a file name that ends in");
        InProcess.Run("import", weights, "--output", weights, "--overwrite").AssertOneErrorLine(2, "is the input");
        var existing = _folder.Write("m.safetensors", "old");
        InProcess.Run("import", weights, "--output", existing).AssertOneErrorLine(2, "m.safetensors exists; give --overwrite");
        Assert.Equal("old", File.ReadAllText(existing));
    }

    private static IReadOnlyList<WeightTensor> Tensors() =>
    [
        .. NetworkInitializer.Initialize(OriginalWeights.Network, 3).Select(tensor => tensor with { Name = tensor.Name.Replace('.', '/') }),
    ];

    private string Weights()
    {
        var path = _folder.PathOf("weights.safetensors");
        Write(path, Tensors());
        return path;
    }

    private string Beats()
    {
        var row = string.Join(',', Enumerable.Range(0, 187).Select(t => FormattableString.Invariant($"{(1 + Math.Sin(t / 9.0)) / 2:F6}")));
        return _folder.Write("beats.csv", string.Concat(Enumerable.Repeat($"{row},0\n", 3)));
    }

    private static void Write(string path, IReadOnlyList<WeightTensor> tensors)
    {
        using var stream = File.Create(path);
        new SafetensorsFile(new Dictionary<string, string>(), tensors).Write(stream);
    }
}
