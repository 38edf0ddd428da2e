using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>train</c>: trains a model for single beats on a heartbeat CSV, or one for recordings on recordings.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var shared = new TrainOptions();
        var beats = new TrainBeats(shared);
        var records = new TrainRecords(shared);
        var command = new Verb(
            "train",
            "Trains a model for single beats (the original autoencoder, or one that recovers), or one that recovers gaps of recordings.",
            "train --preset autoencoder --data mitbih_train.csv --output autoencoder.safetensors",
            "train --preset beat --data ds1-both-leads.csv --output beat.safetensors --checkpoint-dir checkpoints --resume",
            "train --preset record --records mitdb --only ds1.txt --output record.safetensors --checkpoint-dir checkpoints --resume");
        Option[] options =
        [
            shared.Preset, .. beats.Inputs, .. records.Inputs, shared.Output, shared.Epochs, shared.BatchSize, shared.LearningRate,
            shared.Seed, shared.Threads, shared.Folds, .. beats.Settings, .. records.Settings, shared.Checkpoints, shared.Resume,
            shared.Overwrite,
        ];
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parse, token) =>
        {
            var preset = parse.GetValue(shared.Preset)!;
            if (preset == RecordTrainingOptions.Preset)
            {
                TrainOptions.RefuseForeign(parse, beats.Inputs.Concat(beats.Settings), preset);
                records.Run(parse, token);
                return Task.FromResult(ExitCode.Done);
            }

            RefuseUnknown(preset);
            TrainOptions.RefuseForeign(parse, records.Inputs.Concat(records.Settings), preset);
            beats.Run(parse, token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void RefuseUnknown(string preset)
    {
        if (BeatPreset.All.Any(p => p.Name == preset))
            return;
        var names = string.Join(", ", BeatPreset.All.Select(p => p.Name));
        throw new UsageException($"there is no preset '{preset}'; expected {names} or {RecordTrainingOptions.Preset}");
    }
}
