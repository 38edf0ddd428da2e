namespace EcgRecovery.Recovery.Training;

/// <summary>Reports the progress of an epoch of several networks together. Safe for concurrent calls.</summary>
/// <param name="progress">Called after every batch, never concurrently; or null.</param>
/// <param name="epoch">The epoch, counted from 1.</param>
/// <param name="epochs">Number of epochs.</param>
/// <param name="total">Beats or gaps of an epoch, of all networks.</param>
internal sealed class EpochReporter(Action<TrainingProgress>? progress, int epoch, int epochs, int total)
{
    private readonly Lock _gate = new();
    private int _done;
    private double _loss;

    /// <summary>Adds a batch.</summary>
    /// <param name="count">Its beats or gaps.</param>
    /// <param name="mean">Their mean loss.</param>
    public void Done(int count, double mean)
    {
        if (progress is null)
            return;
        lock (_gate)
        {
            _done += count;
            _loss += count * mean;
            progress(new TrainingProgress(epoch, epochs, _done, total, _loss / _done, null));
        }
    }
}
