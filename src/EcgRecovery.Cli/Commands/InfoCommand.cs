using System.CommandLine;
using System.Text.Json;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>info</c>: what a recording or a model file holds.</summary>
internal static class InfoCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var input = new RecordInput("FILE", "A shipped model or a model file (.safetensors)");
        var json = StandardOptions.Json();
        var command = new Verb(
            "info",
            "Shows what a recording holds: leads, duration, missing samples, annotations, where its samples come from. Of a model: its layers and how it was made.",
            "info mitdb/100",
            "info night.edf --json",
            "info model.safetensors")
        {
            json,
        };
        input.AddTo(command);
        command.SetAction((parse, token) =>
        {
            var name = parse.GetRequiredValue(input.File);
            var output = parse.InvocationConfiguration.Output;
            if (ModelInfo.IsModel(name))
                Show(output, parse.GetValue(json), ModelInfo.Read(name), (writer, file) => ModelInfo.WriteText(writer, name, file), file => ModelInfo.Document(name, file));
            else
                ShowRecord(output, parse, input, parse.GetValue(json), token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void ShowRecord(TextWriter output, ParseResult parse, RecordInput input, bool json, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(input.File);
        if (Path.GetFileName(name) == name && !Path.HasExtension(name) && !Path.Exists(name) && !Path.Exists(name + ".hea"))
            throw new UsageException($"'{name}' is neither a shipped model nor a file; expected {RecoveryMethods.Names(RecoveryMethods.All.Where(method => method.IsModel))}, a model file, or a recording");
        using var selection = input.Open(parse);
        var record = selection.HasChosenLeads ? selection.Stretch.Choose(selection.Leads) : selection.Stretch;
        var missing = GapFinder.Find(record.Leads, GapFinderOptions.Stated, cancellationToken: cancellationToken);
        Show(output, json, record, (writer, shown) => RecordInfo.WriteText(writer, name, shown, missing), shown => RecordInfo.Document(name, shown, missing));
    }

    private static void Show<T>(TextWriter output, bool json, T shown, Action<TextWriter, T> write, Func<T, object> document)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(document(shown), s_json));
        else
            write(output, shown);
    }
}
