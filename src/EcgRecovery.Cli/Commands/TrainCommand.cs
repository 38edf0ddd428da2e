using System.CommandLine;
using System.Diagnostics;
using System.Numerics;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>train</c>: trains a beat model on a heartbeat CSV.</summary>
internal static class TrainCommand
{
    // A smaller step is lost in float32 beside an ordinary weight.
    private const double MinimumLearningRate = 1e-9;

    // A validation split of 1 would leave nothing to train on.
    private const double MaximumValidationSplit = 0.99;

    private static readonly AutoencoderTraining s_defaults = new();
    private static readonly BeatModelTraining s_beat = new();

    private static readonly Option<string> s_preset = new("--preset")
    {
        Description = string.Join("; ", BeatPreset.All.Select(p => $"{p.Name}: {p.Description}")) + ".",
        DefaultValueFactory = _ => s_defaults.Preset,
    };

    private static readonly Option<string> s_data = new("--data")
    {
        Description = "Heartbeat CSV to learn from (may be gzipped).",
        Required = true,
        HelpName = "FILE.csv",
    };

    private static readonly Option<string> s_output = new("--output")
    {
        Description = "The model file.",
        Required = true,
        HelpName = "model.safetensors",
    };

    private static readonly Option<bool> s_masked = new("--masked")
    {
        Description = "Train to recover: new random gaps every epoch, loss inside them. Without it: whole beat in, whole beat out, as the "
            + "original. The preset beat is always trained with gaps.",
    };

    private static readonly Option<SampleSpan?> s_focusGap = StandardOptions.BeatGap(
        "With --masked: the gap of half of the beats (beat: of a third); the others have one of random place and length.",
        s_defaults.FocusGap,
        "--focus-gap");

    private static readonly Option<int> s_epochs = Number(
        "--epochs", $"Passes over the training rows (beat: {s_beat.Epochs}).", s_defaults.Epochs, 1, 1_000_000);

    private static readonly Option<int> s_batchSize = Number("--batch-size", "Rows per update.", s_defaults.BatchSize, 1, 1_000_000);

    private static readonly Option<double> s_learningRate = Number(
        "--learning-rate",
        $"Adam's learning rate (beat: {s_beat.LearningRate}).",
        s_defaults.LearningRate,
        MinimumLearningRate,
        1);

    private static readonly Option<LearningRateSchedule> s_schedule = new("--schedule")
    {
        Description = $"How the learning rate changes (beat: {s_beat.Schedule}).",
        DefaultValueFactory = _ => s_defaults.Schedule,
    };

    private static readonly Option<double> s_validationSplit = Number(
        "--validation-split",
        "Share of the rows, at the end of the file, held out for validation. Not for beat: each of its networks has records held out.",
        s_defaults.ValidationSplit,
        0,
        MaximumValidationSplit);

    private static readonly Option<ulong> s_seed = Number(
        "--seed", "Seed of weights, order and gaps.", s_defaults.Seed, ulong.MinValue, ulong.MaxValue);

    private static readonly Option<int> s_folds = Number(
        "--folds", "Preset beat: number of parts of the records; one network is trained without each.", s_beat.Folds, 2, 1000);

    private static readonly Option<EnsembleViews> s_views = new("--views")
    {
        Description = "Preset beat: input of the networks: the row, the row and a library of other beats, or every second network each.",
        DefaultValueFactory = _ => s_beat.Views,
    };

    private static readonly Option<int> s_libraryRows = Number(
        "--library-rows", "Preset beat: number of rows, evenly spaced, in the model file's library.", s_beat.LibraryRows, 2, 1_000_000);

    private static readonly Option<bool> s_samePatients = new("--same-patients")
    {
        Description = "Preset beat: the model will recover beats of the patients in --data; hold out single rows, not records.",
    };

    private static readonly Option<int> s_threads = StandardOptions.Threads();

    private static readonly Option<int> s_patience = Number(
        "--patience",
        "Not for beat: stop after so many epochs without a better validation loss and keep the weights of the best epoch; 0: never stop, "
            + "and keep the last.",
        s_defaults.Patience,
        0,
        1_000_000);

    private static readonly Option<string> s_checkpoints = new("--checkpoint-dir")
    {
        Description = "Folder for a checkpoint after every epoch.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Continue from the checkpoint in --checkpoint-dir, if there is one.",
    };

    private static readonly Option<bool> s_overwrite = StandardOptions.Overwrite();

    // Options of only one preset.
    private static readonly (string Preset, Option[] Options)[] s_own =
    [
        (s_defaults.Preset, [s_validationSplit, s_patience]),
        (s_beat.Preset, [s_folds, s_views, s_libraryRows, s_samePatients]),
    ];

    public static Command Create()
    {
        s_views.AcceptOnlyFromAmong([.. Enum.GetNames<EnsembleViews>().Select(name => name.ToLowerInvariant())]);
        var command = new Verb(
            "train",
            "Trains a beat model: the original autoencoder, or one that recovers.",
            "train --preset autoencoder --data mitbih_train.csv --output autoencoder.safetensors",
            "train --preset beat --data ds1-both-leads.csv --output beat.safetensors --checkpoint-dir checkpoints --resume")
        {
            s_preset, s_data, s_output, s_masked, s_focusGap, s_epochs, s_batchSize, s_learningRate, s_schedule, s_validationSplit,
            s_seed, s_threads, s_patience, s_folds, s_views, s_libraryRows, s_samePatients, s_checkpoints, s_resume, s_overwrite,
        };
        command.SetAction((parse, token) =>
        {
            Train(parse, token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Train(ParseResult parse, CancellationToken cancellationToken)
    {
        var output = parse.GetRequiredValue(s_output);
        var overwrite = parse.GetValue(s_overwrite);
        foreach (var written in new[] { output, CurvePath(output) })
        {
            OutputFile.RefuseExisting(written, overwrite);
            InputGuard.Refuse(written, parse.GetRequiredValue(s_data));
            OutputFile.RefuseUnwritable(written);
        }

        var options = OptionsOf(parse);
        var checkpoint = CheckpointOf(parse);

        var file = HeartbeatCsv.Read(
            parse.GetRequiredValue(s_data), new HeartbeatCsvOptions { ComputeSha256 = true }, cancellationToken);
        var data = new BeatTrainingData(file.Set, file.Sha256!);
        var error = parse.InvocationConfiguration.Error;
        error.WriteLine(Rows(parse, options, data.Set.Count));
        if (options is BeatModelTraining { SamePatients: false } beat && RecordCount(data.Set) is var records && records < beat.Folds)
        {
            error.WriteLine(records <= 1
                ? "note: the rows are of one record, or their records are not known: single rows are held out, "
                    + "so the intervals are those for patients that the model knows"
                : $"note: the rows are of {records} records: {records} networks are trained");
        }

        if (TestedRecords(data.Set) is { Count: > 0 } tested)
        {
            error.WriteLine($"note: the data hold beats of {string.Join(" ", tested)}, which the tables keep for testing: "
                + "evaluate will mark this model");
        }

        BeatModelFile model;
        // The bar is removed before the result is printed.
        using (var view = new TrainingProgressView(options.Preset, error))
            model = BeatTraining.Train(data, options, checkpoint, view.Report, cancellationToken);

        model.Write(output, overwrite);
        OutputFile.WriteText(CurvePath(output), overwrite, LearningCurveCsv.Format(model.Card.Curve));
        parse.InvocationConfiguration.Output.WriteLine(
            $"{output}: {Size(model.Card)}, {model.Card.Curve.Count} epochs; learning curve in {CurvePath(output)}");
    }

    /// <summary>Describes the training rows, for the log.</summary>
    private static string Rows(ParseResult parse, BeatTrainingOptions options, int rows)
    {
        if (options is not AutoencoderTraining autoencoder)
            return $"{rows} beats; every network is trained without a part of them";
        var training = autoencoder.TrainingRows(rows);
        if (training < 1)
        {
            throw new InvalidDataException(
                $"{parse.GetValue(s_data)} has {rows} rows; a validation split of {autoencoder.ValidationSplit} leaves none to train on.");
        }

        return $"({rows}, {HeartbeatSet.BeatLength}) → ({rows}, {HeartbeatSet.BeatLength}, 1); "
            + $"{training} beats to train on, {rows - training} to validate on";
    }

    private static IEnumerable<string> Records(HeartbeatSet set) =>
        (set.Sources ?? []).Select(source => source.Record).Distinct(StringComparer.Ordinal);

    private static int RecordCount(HeartbeatSet set) => Records(set).Count();

    /// <summary>Returns the records that a model must not learn from if it is evaluated on patients never seen.</summary>
    private static List<string> TestedRecords(HeartbeatSet set) =>
        [.. Records(set).Where(record => InterPatientSplit.DS2.Contains(record) || InterPatientSplit.NeverLearnedFrom.Contains(record))];

    private static BeatTrainingOptions OptionsOf(ParseResult parse)
    {
        var preset = parse.GetValue(s_preset)!;
        if (BeatPreset.All.All(p => p.Name != preset))
            throw new UsageException($"there is no preset '{preset}'; expected {string.Join(" or ", BeatPreset.All.Select(p => p.Name))}");
        RefuseForeignOptions(parse, preset);
        BeatTrainingOptions standard = BeatPreset.Find(preset).Options switch
        {
            AutoencoderTraining autoencoder => autoencoder with
            {
                Masked = parse.GetValue(s_masked),
                ValidationSplit = parse.GetValue(s_validationSplit),
                Patience = parse.GetValue(s_patience),
            },
            BeatModelTraining beat => beat with
            {
                Folds = parse.GetValue(s_folds),
                Views = parse.GetValue(s_views),
                LibraryRows = parse.GetValue(s_libraryRows),
                SamePatients = parse.GetValue(s_samePatients),
            },
            var other => throw new UnreachableException(other.Preset),
        };
        return standard with
        {
            FocusGap = parse.GetValue(s_focusGap)!.Value,
            Epochs = Given(s_epochs, standard.Epochs),
            BatchSize = parse.GetValue(s_batchSize),
            LearningRate = Given(s_learningRate, standard.LearningRate),
            Schedule = Given(s_schedule, standard.Schedule),
            Seed = parse.GetValue(s_seed),
            Threads = parse.GetValue(s_threads),
        };

        T Given<T>(Option<T> option, T otherwise) => IsGiven(parse, option) ? parse.GetValue(option)! : otherwise;
    }

    private static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    private static void RefuseForeignOptions(ParseResult parse, string preset)
    {
        var foreign = s_own.Where(own => own.Preset != preset).SelectMany(own => own.Options);
        if (foreign.FirstOrDefault(option => IsGiven(parse, option)) is { } given)
            throw new UsageException($"{given.Name} does not go with --preset {preset}");
        if (parse.GetValue(s_views) == EnsembleViews.Row && IsGiven(parse, s_libraryRows))
            throw new UsageException("--library-rows does not go with --views row: there is no library");
        if (parse.GetValue(s_patience) > 0 && parse.GetValue(s_validationSplit) == 0)
            throw new UsageException("--patience watches the validation loss: give a --validation-split above 0");
        if (preset == s_defaults.Preset && !parse.GetValue(s_masked) && IsGiven(parse, s_focusGap))
            throw new UsageException("--focus-gap is the place of gaps: give it with --masked");
    }

    private static TrainingCheckpoint? CheckpointOf(ParseResult parse)
    {
        var directory = parse.GetValue(s_checkpoints);
        var resume = parse.GetValue(s_resume);
        if (directory is null)
            return resume ? throw new UsageException("--resume needs --checkpoint-dir, the folder of the checkpoint") : null;
        return new TrainingCheckpoint(directory, resume);
    }

    private static string Size(BeatModelCard card) => card.Ensemble is { } ensemble
        ? $"{ensemble.Members} networks, {ensemble.ParameterCount(card.Network)} parameters"
        : $"{card.Network.ParameterCount} parameters";

    private static string CurvePath(string modelPath) => Path.ChangeExtension(modelPath, ".curve.csv");

    private static Option<T> Number<T>(string name, string description, T standard, T minimum, T maximum)
        where T : INumber<T>, IMinMaxValue<T> =>
        StandardOptions.Bounded(
            new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard }, minimum, maximum);
}
