using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Trains record models.</summary>
/// <remarks>Same data, options and engine path: same bits, for any number of threads.</remarks>
internal static class RecordTraining
{
    /// <summary>Trains one model.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="options">The options.</param>
    /// <param name="folder">Keeps the gaps and, after every epoch, the state; null for neither.</param>
    /// <param name="cutting">Called after every round of cut gaps; or null.</param>
    /// <param name="progress">Called after every batch, never concurrently; or null.</param>
    /// <param name="cancellationToken">Ends the run between two batches.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">
    /// The recordings give too few gaps; the checkpoint or a file of gaps is damaged or belongs to another run; or training diverged.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static RecordModelFile Train(
        RecordTrainingData data,
        RecordTrainingOptions options,
        RecordTrainingFolder? folder = null,
        Action<GapCuttingProgress>? cutting = null,
        Action<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        var fingerprint = options.Fingerprint(data);
        // Read first: a checkpoint of another run is refused before hours of cutting.
        var resumed = folder?.Checkpoint.Load(_ => options.Network, fingerprint);
        var gaps = GapPool.Cut(data, options, folder?.Gaps, cutting, cancellationToken);
        using var run = new RecordTrainingRun(gaps, new PatientFolds(data, options.Folds), options, resumed);
        while (!run.IsOver)
        {
            run.Epoch(progress, cancellationToken);
            folder?.Checkpoint.Save(run.State(), fingerprint);
        }

        var model = run.Finish(cancellationToken);
        return model with
        {
            Card = model.Card with
            {
                Preset = RecordTrainingOptions.Preset,
                DataSha256 = data.Sha256,
                Records = [.. data.Recordings.Select(recording => recording.Name)],
                Settings = options.Settings(),
                ToolVersion = ToolVersion.Text,
            },
        };
    }
}

/// <summary>The folder that a training run can be resumed from.</summary>
internal sealed class RecordTrainingFolder
{
    /// <param name="directory">The folder; created if it does not exist.</param>
    /// <param name="resume">Whether to continue from what is in it.</param>
    /// <exception cref="CheckpointExistsException">The folder holds a run and <paramref name="resume"/> is false.</exception>
    public RecordTrainingFolder(string directory, bool resume) =>
        (Checkpoint, Gaps) = (new TrainingCheckpoint(directory, resume), new GapFiles(directory, resume));

    /// <summary>The state after the last epoch.</summary>
    public TrainingCheckpoint Checkpoint { get; }

    /// <summary>The gaps.</summary>
    public GapFiles Gaps { get; }
}
