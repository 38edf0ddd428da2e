using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>train</c> for the model that recovers gaps of recordings, on recordings.</summary>
/// <param name="shared">The options that it shares with models for single beats.</param>
internal sealed class TrainRecords(TrainOptions shared)
{
    private static readonly RecordTrainingOptions s_defaults = new();

    private readonly TrainingFolderInput _input = new();

    private readonly Option<int> _rounds = TrainOptions.Number(
        "--rounds",
        "Preset record: rounds of up to 40 gaps that are cut from each recording before the first epoch; each takes a second or so.",
        s_defaults.Rounds,
        1,
        100_000);

    private readonly Option<int> _units = TrainOptions.Number(
        "--units", "Preset record: units of a layer in one direction.", s_defaults.Units, 1, 4096);

    /// <summary>The options for the input, which only models for recordings have.</summary>
    public IReadOnlyList<Option> Inputs => _input.Options;

    /// <summary>The other options that only models for recordings have.</summary>
    public IReadOnlyList<Option> Settings => [_rounds, _units];

    /// <summary>Trains.</summary>
    public void Run(ParseResult parse, CancellationToken cancellationToken)
    {
        var error = parse.InvocationConfiguration.Error;
        // Before the recordings are opened, which may take long.
        shared.RefuseOutputs(parse);
        var options = OptionsOf(parse);
        var folder = shared.CheckpointOf(parse) is { } checkpoint
            ? new RecordTrainingFolder(checkpoint.Directory, checkpoint.Resume)
            : null;
        var recordings = _input.Read(parse, error);
        shared.RefuseOutputs(parse, [.. recordings.SelectMany(recording => recording.Files)]);

        var data = new RecordTrainingData(
            recordings.Select(recording => new TrainingRecording(recording.Name, recording.Patient, recording.Open)), cancellationToken);
        WriteNotes(error, options, data);
        RecordModelFile model;
        // The bars are removed before the result is printed.
        using (var cutting = new GapCuttingView(error))
        using (var training = new TrainingProgressView(RecordTrainingOptions.Preset, error, unit: "gaps"))
            model = RecordTraining.Train(data, options, folder, cutting.Report, training.Report, cancellationToken);

        model.Write(parse.GetRequiredValue(shared.Output), parse.GetValue(shared.Overwrite));
        shared.WriteCurve(parse, $"{model.Card.Members} networks, {model.Card.ParameterCount} parameters", model.Card.Curve);
    }

    private static void WriteNotes(TextWriter error, RecordTrainingOptions options, RecordTrainingData data)
    {
        error.WriteLine(
            $"{data.Recordings.Count} recordings of {data.Patients.Count} patients; every network is trained without a part of them");
        if (data.Patients.Count < options.Folds)
        {
            error.WriteLine(
                $"note: the recordings are of {data.Patients.Count} patients: {data.Patients.Count} networks are trained");
        }

        var names = data.Recordings.Select(recording => Path.GetFileNameWithoutExtension(recording.Name));
        if (InterPatientSplit.KeptForTesting(names) is { Count: > 0 } tested)
        {
            error.WriteLine($"note: the recordings include {string.Join(" ", tested)}, which the tables keep for testing: "
                + "results on them do not count for this model");
        }
    }

    private RecordTrainingOptions OptionsOf(ParseResult parse) => s_defaults with
    {
        Units = parse.GetValue(_units),
        Rounds = parse.GetValue(_rounds),
        Epochs = TrainOptions.Given(parse, shared.Epochs, s_defaults.Epochs),
        BatchSize = TrainOptions.Given(parse, shared.BatchSize, s_defaults.BatchSize),
        LearningRate = TrainOptions.Given(parse, shared.LearningRate, s_defaults.LearningRate),
        Folds = TrainOptions.Given(parse, shared.Folds, s_defaults.Folds),
        Seed = parse.GetValue(shared.Seed),
        Threads = parse.GetValue(shared.Threads),
    };
}
