using System.CommandLine;
using System.Text.Json;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Gaps;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>info</c>: shows the contents of a recording or a model file.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var input = new RecordInput("FILE", "A shipped model or a model file (.safetensors)");
        input.File.CompletionSources.Add([.. RecoveryMethods.All.Where(method => method.IsModel).Select(method => method.Name)]);
        var json = StandardOptions.Json();
        var command = new Verb(
            "info",
            "Shows the leads, duration, missing samples, annotations, rhythms, notes and provenance of a recording, or the layers and "
            + "training of a model.",
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
            if (ModelInput.IsModel(name))
                ShowModel(output, name, parse.GetValue(json));
            else
                ShowRecord(output, parse, input, parse.GetValue(json), token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void ShowModel(TextWriter output, string name, bool json)
    {
        var content = ModelInput.Read(name);
        if (RecordModelFile.Is(content))
        {
            var records = RecordModelFile.Interpret(content, name);
            if (json)
                output.WriteLine(JsonSerializer.Serialize(RecordModelInfo.Document(name, records), InfoJson.Readable.RecordModelDocument));
            else
                RecordModelInfo.WriteText(output, name, records, Terminal.TextColumns);
            return;
        }

        var beats = BeatModelFile.Interpret(content, name);
        if (json)
            output.WriteLine(JsonSerializer.Serialize(ModelInfo.Document(name, beats), InfoJson.Readable.ModelDocument));
        else
            ModelInfo.WriteText(output, name, beats, Terminal.TextColumns);
    }

    private static void ShowRecord(TextWriter output, ParseResult parse, RecordInput input, bool json, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(input.File);
        if (ModelInput.IsWord(name) && !Path.Exists(name) && !Path.Exists(name + ".hea"))
        {
            throw new UsageException(
                $"'{name}' is neither a shipped model nor a file; expected {ModelInput.Shipped}, a model file, or a recording");
        }

        using var selection = input.Open(parse);
        var record = selection.HasChosenLeads ? selection.Part.Choose(selection.Leads) : selection.Part;
        var missing = GapFinder.Find(record.Leads, GapFinderOptions.Stated, cancellationToken: cancellationToken);
        var texts = RecordTexts.Of(selection.Whole, selection.Time ?? new SampleSpan(0, selection.Whole.SampleCount));
        if (json)
            output.WriteLine(JsonSerializer.Serialize(RecordInfo.Document(name, record, texts, missing), InfoJson.Readable.RecordDocument));
        else
            RecordInfo.WriteText(output, name, record, texts, missing, Terminal.TableColumns, Terminal.TextColumns);
    }
}
