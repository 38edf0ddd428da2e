using System.CommandLine;
using System.Diagnostics;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>train</c> for models of single beats, on a heartbeat CSV.</summary>
internal sealed class TrainBeats
{
    // A validation split of 1 would leave nothing to train on.
    private const double MaximumValidationSplit = 0.99;

    private static readonly AutoencoderTraining s_defaults = new();
    private static readonly BeatModelTraining s_beat = new();

    private readonly TrainOptions _shared;

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Presets for beats: heartbeat CSV to learn from (may be gzipped).",
        HelpName = "FILE.csv",
    };

    private readonly Option<bool> _masked = new("--masked")
    {
        Description = "Train to recover: new random gaps every epoch, loss inside them. Without it: whole beat in, whole beat out, as the "
            + "original. The preset beat is always trained with gaps.",
    };

    private readonly Option<SampleSpan?> _focusGap = StandardOptions.BeatGap(
        "With --masked: the gap of half of the beats (beat: of a third); the others have one of random place and length.",
        s_defaults.FocusGap,
        "--focus-gap");

    private readonly Option<LearningRateSchedule> _schedule = new("--schedule")
    {
        Description = $"How the learning rate changes (beat: {s_beat.Schedule.ToString().ToLowerInvariant()}).",
        DefaultValueFactory = _ => s_defaults.Schedule,
    };

    private readonly Option<double> _validationSplit = TrainOptions.Number(
        "--validation-split",
        "Share of the rows, at the end of the file, held out for validation. Not for beat: each of its networks has records held out.",
        s_defaults.ValidationSplit,
        0,
        MaximumValidationSplit);

    private readonly Option<EnsembleViews> _views = new("--views")
    {
        Description = "Preset beat: input of the networks: the row, the row and a library of other beats, or every second network each.",
        DefaultValueFactory = _ => s_beat.Views,
    };

    private readonly Option<int> _libraryRows = TrainOptions.Number(
        "--library-rows", "Preset beat: number of rows, evenly spaced, in the model file's library.", s_beat.LibraryRows, 2, 1_000_000);

    private readonly Option<bool> _samePatients = new("--same-patients")
    {
        Description = "Preset beat: the model will recover beats of the patients in --data; hold out single rows, not records.",
    };

    private readonly Option<int> _patience = TrainOptions.Number(
        "--patience",
        "Not for beat: stop after so many epochs without a better validation loss and keep the weights of the best epoch; 0: never stop, "
            + "and keep the last.",
        s_defaults.Patience,
        0,
        1_000_000);

    /// <param name="shared">The options that it shares with models for recordings.</param>
    public TrainBeats(TrainOptions shared)
    {
        _shared = shared;
        _views.AcceptOnlyFromAmong([.. Enum.GetNames<EnsembleViews>().Select(name => name.ToLowerInvariant())]);
    }

    /// <summary>The options for the input, which only models of single beats have.</summary>
    public IReadOnlyList<Option> Inputs => [_data];

    /// <summary>The other options that only models of single beats have.</summary>
    public IReadOnlyList<Option> Settings =>
        [_masked, _focusGap, _schedule, _validationSplit, _views, _libraryRows, _samePatients, _patience];

    /// <summary>Trains.</summary>
    public void Run(ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetValue(_data)
            ?? throw new UsageException($"{_data.Name} is missing{UsageLine.Hint(parse.CommandResult.Command)}");
        _shared.RefuseOutputs(parse, path);
        var options = OptionsOf(parse);
        var checkpoint = _shared.CheckpointOf(parse) is { } folder ? new TrainingCheckpoint(folder.Directory, folder.Resume) : null;

        var file = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { ComputeSha256 = true }, cancellationToken);
        var data = new BeatTrainingData(file.Set, file.Sha256!);
        var error = parse.InvocationConfiguration.Error;
        error.WriteLine(Rows(path, options, data.Set.Count));
        WriteNotes(error, options, data);
        BeatModelFile model;
        // The bar is removed before the result is printed.
        using (var view = new TrainingProgressView(options.Preset, error))
            model = BeatTraining.Train(data, options, checkpoint, view.Report, cancellationToken);

        model.Write(parse.GetRequiredValue(_shared.Output), parse.GetValue(_shared.Overwrite));
        _shared.WriteCurve(parse, Size(model.Card), model.Card.Curve);
    }

    private static void WriteNotes(TextWriter error, BeatTrainingOptions options, BeatTrainingData data)
    {
        if (options is BeatModelTraining { SamePatients: false } beat && RecordCount(data.Set) is var records && records < beat.Folds)
        {
            error.WriteLine(records <= 1
                ? "note: the rows are of one record, or their records are not known: single rows are held out, "
                    + "so the intervals are those for patients that the model knows"
                : $"note: the rows are of {records} records: {records} networks are trained");
        }

        if (InterPatientSplit.KeptForTesting(Records(data.Set)) is { Count: > 0 } tested)
        {
            error.WriteLine($"note: the data hold beats of {string.Join(" ", tested)}, which the tables keep for testing: "
                + "evaluate will mark this model");
        }
    }

    /// <summary>Describes the training rows, for the log.</summary>
    private static string Rows(string path, BeatTrainingOptions options, int rows)
    {
        if (options is not AutoencoderTraining autoencoder)
            return $"{rows} beats; every network is trained without a part of them";
        var training = autoencoder.TrainingRows(rows);
        if (training < 1)
        {
            throw new InvalidDataException(
                $"{path} has {rows} rows; a validation split of {autoencoder.ValidationSplit} leaves none to train on.");
        }

        return $"({rows}, {HeartbeatSet.BeatLength}) → ({rows}, {HeartbeatSet.BeatLength}, 1); "
            + $"{training} beats to train on, {rows - training} to validate on";
    }

    private static IEnumerable<string> Records(HeartbeatSet set) =>
        (set.Sources ?? []).Select(source => source.Record).Distinct(StringComparer.Ordinal);

    private static int RecordCount(HeartbeatSet set) => Records(set).Count();

    private BeatTrainingOptions OptionsOf(ParseResult parse)
    {
        var preset = parse.GetValue(_shared.Preset)!;
        RefuseForeignOptions(parse, preset);
        BeatTrainingOptions standard = BeatPreset.Find(preset).Options switch
        {
            AutoencoderTraining autoencoder => autoencoder with
            {
                Masked = parse.GetValue(_masked),
                ValidationSplit = parse.GetValue(_validationSplit),
                Patience = parse.GetValue(_patience),
            },
            BeatModelTraining beat => beat with
            {
                Folds = parse.GetValue(_shared.Folds),
                Views = parse.GetValue(_views),
                LibraryRows = parse.GetValue(_libraryRows),
                SamePatients = parse.GetValue(_samePatients),
            },
            var other => throw new UnreachableException(other.Preset),
        };
        return standard with
        {
            FocusGap = parse.GetValue(_focusGap)!.Value,
            Epochs = TrainOptions.Given(parse, _shared.Epochs, standard.Epochs),
            BatchSize = parse.GetValue(_shared.BatchSize),
            LearningRate = TrainOptions.Given(parse, _shared.LearningRate, standard.LearningRate),
            Schedule = TrainOptions.Given(parse, _schedule, standard.Schedule),
            Seed = parse.GetValue(_shared.Seed),
            Threads = parse.GetValue(_shared.Threads),
        };
    }

    private void RefuseForeignOptions(ParseResult parse, string preset)
    {
        Option[] foreign = preset == s_defaults.Preset
            ? [_shared.Folds, _views, _libraryRows, _samePatients]
            : [_validationSplit, _patience];
        TrainOptions.RefuseForeign(parse, foreign, preset);
        if (parse.GetValue(_views) == EnsembleViews.Row && TrainOptions.IsGiven(parse, _libraryRows))
            throw new UsageException("--library-rows does not go with --views row: there is no library");
        if (parse.GetValue(_patience) > 0 && parse.GetValue(_validationSplit) == 0)
            throw new UsageException("--patience watches the validation loss: give a --validation-split above 0");
        if (preset == s_defaults.Preset && !parse.GetValue(_masked) && TrainOptions.IsGiven(parse, _focusGap))
            throw new UsageException("--focus-gap is the place of gaps: give it with --masked");
    }

    private static string Size(BeatModelCard card) => card.Ensemble is { } ensemble
        ? $"{ensemble.Members} networks, {ensemble.ParameterCount(card.Network)} parameters"
        : $"{card.Network.ParameterCount} parameters";
}
