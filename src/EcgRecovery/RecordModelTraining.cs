using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery;

/// <summary>Trains a model that recovers gaps of recordings, on recordings of one's own.</summary>
public static class RecordModelTraining
{
    /// <summary>Trains a model and writes its file; its path is then a <see cref="RecoveryOptions.Method"/>.</summary>
    /// <param name="recordings">
    /// Paths as <see cref="EcgRecord"/> opens them, of two patients at least; the leads in volts that are like the first in length and
    /// frequency are learned from. A recording is named as its file is.
    /// </param>
    /// <param name="output">The model's file.</param>
    /// <param name="options">Options; null = the defaults.</param>
    /// <param name="progress">Receives what is done; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends the run between two batches with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">
    /// A recording cannot be read or has no lead in volts of 10 s, two have one name, all are of one patient or give too few gaps, the
    /// checkpoint is damaged or of another run, or training diverged.
    /// </exception>
    /// <exception cref="IOException">
    /// The output exists and is not to be replaced, or the checkpoint does and is not to be resumed.
    /// </exception>
    public static void Train(
        IEnumerable<string> recordings,
        string output,
        RecordModelTrainingOptions? options = null,
        IProgress<RecordModelTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new RecordModelTrainingOptions();
        var training = options.ToTraining();
        training.Validate();
        OutputFile.RefuseExisting(output, options.Overwrite);
        OutputFile.RefuseUnwritable(output);
        var folder = options.CheckpointFolder is { } path ? new RecordTrainingFolder(path, options.Resume) : null;
        var data = new RecordTrainingData(recordings.Select(recording => Recording(recording, options)), cancellationToken);
        var model = RecordTraining.Train(data, training, folder, Cut, Learned, cancellationToken);
        model.Write(output, options.Overwrite);

        void Cut(GapCuttingProgress cut) => progress?.Report(
            new RecordModelTrainingProgress(RecordModelTrainingStage.Cutting, (double)cut.Done / cut.Total, 0, null));

        void Learned(Recovery.Training.TrainingProgress learned) => progress?.Report(new RecordModelTrainingProgress(
            RecordModelTrainingStage.Learning,
            (learned.Epoch - 1 + ((double)learned.Done / learned.Total)) / learned.Epochs,
            learned.Epoch,
            learned.Finished?.ValidationLoss));
    }

    private static TrainingRecording Recording(string path, RecordModelTrainingOptions options)
    {
        var name = Path.GetFileName(path);
        return new TrainingRecording(name, options.PatientOf(name), () => RecordFormats.Open(path));
    }
}
