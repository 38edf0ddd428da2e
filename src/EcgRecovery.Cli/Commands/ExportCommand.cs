using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>export</c>: writes a model as ONNX, for other programs.</summary>
internal static class ExportCommand
{
    private const string Extension = ".onnx";

    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = $"The model: {ModelInput.Shipped}, or a model file.",
            Required = true,
            HelpName = "NAME|FILE",
            CompletionSources = { RecoveryMethods.All.Where(method => method.IsShippedModel).Select(method => method.Name).ToArray() },
        };
        var output = new Option<string>("--output") { Description = "The file to write (.onnx).", Required = true, HelpName = "FILE" };
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "export",
            "Writes the networks of a model as ONNX, for ONNX Runtime and other programs; the file states what it needs around it.",
            "export --model beat --output beat.onnx",
            "export --model model.safetensors --output model.onnx")
        {
            model, output, overwrite,
        };
        command.SetAction((parse, _) =>
        {
            var (name, path) = (parse.GetRequiredValue(model), parse.GetRequiredValue(output));
            Check(name, path, parse.GetValue(overwrite));
            var file = ModelInput.Read(name);
            var (networks, parameters, onnx) = Export(file, name);
            OutputFile.Write(path, parse.GetValue(overwrite), onnx.Write);
            if (!file.IsVerified)
                UnverifiedModel.Warn(name, parse.InvocationConfiguration.Error);
            WriteSummary(parse.InvocationConfiguration.Output, path, networks, parameters, onnx);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Check(string model, string output, bool overwrite)
    {
        if (!Path.GetExtension(output).Equals(Extension, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output is {output}; expected a file name that ends in {Extension}");
        ModelInput.RequireKnown(model);
        InputGuard.Refuse(output, model);
        OutputFile.RefuseExisting(output, overwrite);
        OutputFile.RefuseUnwritable(output);
    }

    private static (int Networks, int Parameters, OnnxModel Model) Export(SafetensorsFile file, string name)
    {
        if (RecordModelFile.Is(file))
        {
            var records = RecordModelFile.Interpret(file, name);
            return (records.Card.Members, records.Card.ParameterCount, RecordModelOnnx.Of(records));
        }

        var beats = BeatModelFile.Interpret(file, name);
        var ensemble = beats.Card.Ensemble;
        var parameters = ensemble?.ParameterCount(beats.Card.Network) ?? beats.Card.Network.ParameterCount;
        return (ensemble?.Members ?? 1, parameters, BeatModelOnnx.Of(beats));
    }

    private static void WriteSummary(TextWriter output, string path, int networks, int parameters, OnnxModel model)
    {
        output.WriteLine($"{path}: {networks} network{(networks == 1 ? "" : "s")}, {parameters:N0} parameters");
        var text = new ModelText(output, Terminal.TextColumns);
        foreach (var key in new[] { "input", "output", "around" })
            text.Entry(key, model.Metadata[key]);
    }
}
