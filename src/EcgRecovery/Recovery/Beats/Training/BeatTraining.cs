using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Trains beat models.</summary>
/// <remarks>Same data, options and engine path: same bits, for any number of threads.</remarks>
internal static class BeatTraining
{
    /// <summary>Trains one model.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="options">The options, of the type of the preset.</param>
    /// <param name="checkpoint">The checkpoint to write after every epoch; null for none.</param>
    /// <param name="progress">Called after every batch, never concurrently; or null.</param>
    /// <param name="cancellationToken">Ends the run between two batches.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">
    /// The data have missing samples; the checkpoint is damaged, belongs to another run or has more epochs; or training diverged.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static BeatModelFile Train(
        BeatTrainingData data,
        BeatTrainingOptions options,
        TrainingCheckpoint? checkpoint = null,
        Action<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate(data.Set.Count);
        RefuseMissing(data.Set);
        var fingerprint = options.Fingerprint(data);
        var resumed = checkpoint?.Load(options.NetworkOf, fingerprint);
        if (resumed?.Curve.Count > options.Epochs)
        {
            throw new InvalidDataException(
                $"{checkpoint!.Path} has {resumed.Curve.Count} epochs behind it; "
                + $"expected at most the {options.Epochs} that are asked for.");
        }

        using var run = options.Start(data, resumed);
        while (!run.IsOver)
        {
            run.Epoch(progress, cancellationToken);
            checkpoint?.Save(run.State(), fingerprint);
        }

        return run.Finish(Card(data, options, run.Curve), cancellationToken);
    }

    private static void RefuseMissing(HeartbeatSet set)
    {
        var at = set.Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"Row {at / HeartbeatSet.BeatLength} (counted from 0) has {set.Samples[at]} at sample {at % HeartbeatSet.BeatLength}; "
                + "expected whole beats to train on.");
        }
    }

    private static BeatModelCard Card(BeatTrainingData data, BeatTrainingOptions options, IReadOnlyList<EpochResult> curve)
    {
        return new BeatModelCard(options.Preset, options.Network, options.HasGaps)
        {
            DataSha256 = data.Sha256,
            DataRows = data.Set.Count,
            Split = options.DescribeSplit(data.Set.Count),
            Records = data.Set.Sources?.Select(s => s.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
            Settings = options.Settings(),
            Curve = curve,
            ToolVersion = ToolVersion.Text,
        };
    }
}
