using System.Text;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Tests.Commands;

/// <summary>What the files hold is tested where they are made: BeatModelOnnxTests, RecordModelOnnxTests.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_model_that_ships_is_exported()
    {
        string[] shipped = [.. RecoveryMethods.All.Where(method => method.IsShippedModel).Select(method => method.Name)];
        Assert.Equal(["autoencoder", "beat", "record"], shipped);
        foreach (var name in shipped)
        {
            var path = _folder.PathOf(name + ".onnx");
            var result = Export(name, path);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.StartsWith($"{path}: ", result.Output);
            Assert.Contains("\ninput             x [B, T, ", result.Output);
            Assert.Contains("\noutput            y [B, T, ", result.Output);
            Assert.Contains("\naround            ", result.Output);
        }

        Assert.Contains(": 1 network, 54,209 parameters\n", Export("autoencoder", _folder.PathOf("a.onnx")).Output);
        Assert.Contains(": 6 networks, 813,330 parameters\n", Export("beat", _folder.PathOf("b.ONNX")).Output);
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("b.ONNX")), File.ReadAllBytes(_folder.PathOf("beat.onnx")));
    }

    [Fact]
    public void A_model_file_is_exported_with_a_warning_if_it_has_no_hashes()
    {
        var path = Model();
        Assert.Equal((0, ""), Ended(Export(path, _folder.PathOf("m.onnx"))));
        // Under another name a hash is none.
        var text = File.ReadAllText(path, Encoding.Latin1);
        foreach (var hash in (string[])["layout_sha256", "metadata_sha256", "tensor_sha256"])
            text = text.Replace(hash, hash.Replace('_', '-'), StringComparison.Ordinal);
        File.WriteAllText(path, text, Encoding.Latin1);
        Assert.Equal(
            (0, $"warning: the file of {path} carries no hashes: damage to it would not be noticed\n"),
            Ended(Export(path, _folder.PathOf("n.onnx"))));

        static (int, string) Ended(CommandResult result) => (result.ExitCode, result.Error);
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_and_nothing_is_written()
    {
        var output = _folder.PathOf("m.onnx");
        Export("linear", output).AssertOneErrorLine(2, "linear is a reference method");
        Export("unknown", output)
            .AssertOneErrorLine(2, "'unknown' is neither a shipped model nor a file; expected autoencoder, beat, record or a model file");
        Export(_folder.PathOf("absent.safetensors"), output).AssertOneErrorLine(3, "absent.safetensors does not exist");
        Export(_folder.Root, output).AssertOneErrorLine(3, "is a directory");
        Export(_folder.Write("text.csv", "0.1,0.2\n"), output).AssertOneErrorLine(3, "text.csv");
        Assert.Equal(["text.csv"], _folder.Names());
    }

    [Fact]
    public void The_output_ends_in_onnx_and_is_replaced_only_on_demand()
    {
        Export("autoencoder", _folder.PathOf("m.pt")).AssertOneErrorLine(2, "m.pt; expected a file name that ends in .onnx");
        Export("autoencoder", _folder.PathOf("onnx")).AssertOneErrorLine(2, "expected a file name that ends in .onnx");
        var path = _folder.Write("m.onnx", "old");
        Export("autoencoder", path).AssertOneErrorLine(2, "m.onnx exists; give --overwrite to replace it");
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(0, Export("autoencoder", path, "--overwrite").ExitCode);
        Assert.NotEqual("old", File.ReadAllText(path));

        var named = _folder.PathOf("named.onnx");
        File.Copy(Model(), named);
        Export(named, named, "--overwrite").AssertOneErrorLine(2, "named.onnx is the input, which is never overwritten");
    }

    private static CommandResult Export(string model, string output, params string[] options) =>
        InProcess.Run(["export", "--model", model, "--output", output, .. options]);

    private string Model()
    {
        var network = new NetworkSpec(1, [new(3), new(2)], 1);
        var path = _folder.PathOf("model.safetensors");
        new BeatModelFile(new BeatModelCard("small", network, Masked: true), NetworkInitializer.Initialize(network, 1))
            .Write(path, overwrite: true);
        return path;
    }
}
