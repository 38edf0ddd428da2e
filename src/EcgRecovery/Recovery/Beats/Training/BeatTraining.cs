using System.Globalization;
using System.Reflection;
using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Trains beat models.</summary>
/// <remarks>
/// A network that sees the row alone, as Keras' <c>fit</c>: the last rows of the file are held out for validation, the others are reshuffled every epoch and cut into batches, the
/// last of which may be smaller; one Adam update a batch. An ensemble: every network without some of the records (<see cref="BeatTrainingOptions.Folds"/>).
/// Same data, options and engine path: same bits, whatever the thread count.
/// </remarks>
public static class BeatTraining
{
    /// <summary>Trains one model.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoint">Where to keep the state after every epoch, or null.</param>
    /// <param name="progress">Called after every batch, never twice at a time, or null.</param>
    /// <param name="cancellationToken">Ends the run between two batches.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The data have missing samples, the checkpoint is damaged, of another run or further than asked for, or training diverged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BeatModelFile Train(
        BeatTrainingData data,
        BeatTrainingOptions options,
        TrainingCheckpoint? checkpoint = null,
        Action<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate(data.Set.Count);
        RefuseMissing(data.Set);
        var preset = BeatPreset.Find(options.Preset);
        var network = preset.Network;
        var fingerprint = options.Fingerprint(data.Sha256, preset.IsEnsemble ? data.Set : null);
        var resumed = checkpoint?.Load(n => preset.IsEnsemble ? options.Views.NetworkOf(network, n) : network, fingerprint);
        if (resumed?.Curve.Count > options.Epochs)
            throw new InvalidDataException($"{checkpoint!.Path} has {resumed.Curve.Count} epochs behind it; expected at most the {options.Epochs} that are asked for.");
        using ITrainingRun run = preset.IsEnsemble
            ? new EnsembleRun(data.Set, options, network, resumed)
            : new RowRun(data.Set, options, network, resumed);
        while (!run.IsOver)
        {
            run.Epoch(progress, cancellationToken);
            checkpoint?.Save(run.State(), fingerprint);
        }

        return run.Finish(Card(data, options, network, run.Curve), cancellationToken);
    }

    private static void RefuseMissing(HeartbeatSet set)
    {
        var at = set.Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"Row {at / HeartbeatSet.BeatLength} (counted from 0) has {set.Samples[at]} at sample {at % HeartbeatSet.BeatLength}; expected whole beats to train on.");
        }
    }

    private static BeatModelCard Card(BeatTrainingData data, BeatTrainingOptions options, NetworkSpec network, IReadOnlyList<EpochResult> curve)
    {
        var rows = data.Set.Count;
        var training = options.TrainingRows(rows);
        var isEnsemble = BeatPreset.Find(options.Preset).IsEnsemble;
        return new BeatModelCard(options.Preset, network, options.Masked || isEnsemble)
        {
            DataSha256 = data.Sha256,
            DataRows = rows,
            Split = isEnsemble
                ? $"all rows of {EpochGaps.MinimumSignal} or more real samples trained, each network without its own left_out"
                : FormattableString.Invariant($"rows 0..{training} trained, rows {training}..{rows} held out for validation"),
            Records = data.Set.Sources?.Select(s => s.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
            Settings = Settings(options, isEnsemble),
            Curve = curve,
            ToolVersion = typeof(BeatTraining).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        };
    }

    private static Dictionary<string, string> Settings(BeatTrainingOptions options, bool isEnsemble)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["epochs"] = options.Epochs.ToString(CultureInfo.InvariantCulture),
            ["batch_size"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["learning_rate"] = options.LearningRate.ToString("R", CultureInfo.InvariantCulture),
            ["schedule"] = options.Schedule.ToString().ToLowerInvariant(),
            ["engine_path"] = EnginePaths.Active.ToString().ToLowerInvariant(),
        };
        if (options.Masked || isEnsemble)
            settings["focus_gap"] = options.FocusGap.ToString();
        if (isEnsemble)
        {
            settings["folds"] = options.Folds.ToString(CultureInfo.InvariantCulture);
            settings["library_rows"] = options.LibraryRows.ToString(CultureInfo.InvariantCulture);
            settings["same_patients"] = options.SamePatients ? "true" : "false";
        }
        else
        {
            settings["validation_split"] = options.ValidationSplit.ToString("R", CultureInfo.InvariantCulture);
            settings["patience"] = options.Patience.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
