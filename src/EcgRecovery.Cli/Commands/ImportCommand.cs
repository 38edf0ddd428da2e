using System.CommandLine;
using System.Security.Cryptography;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Recovery.Beats.Import;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>import</c>: makes a model of weights that Keras or PyTorch trained.</summary>
internal static class ImportCommand
{
    private const string Extension = ".safetensors";
    private const string Script = "examples/python/weights_to_safetensors.py";

    private static readonly string[] s_foreign = [".keras", ".h5", ".hdf5", ".pt", ".pth"];

    public static Command Create()
    {
        var weights = new Argument<string>("WEIGHTS") { Description = $"The weights, by names of Keras or PyTorch ({Extension})." };
        var output = new Option<string>("--output")
        {
            Description = $"The model file to write ({Extension}).",
            Required = true,
            HelpName = "FILE",
        };
        var masked = new Option<bool>("--masked")
        {
            Description = "The network was trained with gaps, in which missing samples were −1. Without it: on whole beats, as the "
                + "original.",
        };
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "import",
            "Makes a model of the original network's weights (LSTM 64 → 32 → 64 → dense 1) that Keras or PyTorch trained.",
            "import weights.safetensors --output imported.safetensors",
            "import weights.safetensors --output imported.safetensors --masked")
        {
            weights, output, masked, overwrite,
        };
        command.SetAction((parse, _) =>
        {
            var (source, path) = (parse.GetRequiredValue(weights), parse.GetRequiredValue(output));
            Check(source, path, parse.GetValue(overwrite));
            var file = Read(source);
            var original = OriginalWeights.Convert(file.Tensors, source);
            original.ToModel(Describe(source, original.Program), parse.GetValue(masked)).Write(path, parse.GetValue(overwrite));
            WriteSummary(parse.InvocationConfiguration.Output, path, original);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Check(string source, string output, bool overwrite)
    {
        if (!Path.GetExtension(output).Equals(Extension, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output is {output}; expected a file name that ends in {Extension}");
        InputGuard.Refuse(output, source);
        OutputFile.RefuseExisting(output, overwrite);
        OutputFile.RefuseUnwritable(output);
    }

    private static SafetensorsFile Read(string source)
    {
        var extension = Path.GetExtension(source).ToLowerInvariant();
        if (s_foreign.Contains(extension) && File.Exists(source))
            throw new InvalidDataException($"{source} is of type {extension}; expected {Extension}, which {Script} makes of it.");
        var file = SafetensorsFile.Read(source);
        return file.Metadata.GetValueOrDefault("format")?.StartsWith(CommandHost.ProgramName, StringComparison.Ordinal) == true
            ? throw new InvalidDataException($"{source} is a model of this tool already; expected weights of Keras or PyTorch.")
            : file;
    }

    private static string Describe(string source, string program)
    {
        using var stream = File.OpenRead(source);
        return $"{Path.GetFileName(source)}, weights by names of {program}, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(stream))}";
    }

    private static void WriteSummary(TextWriter output, string path, OriginalWeights original)
    {
        output.WriteLine($"{path}: {OriginalWeights.Network.ParameterCount:N0} parameters, from {original.Program}");
        foreach (var (layer, name) in ModelLayers.Of(OriginalWeights.Network).Zip(original.Layers))
            output.WriteLine($"  {layer.Name}: {name}");
    }
}
