namespace EcgRecovery.Recovery.Training;

/// <summary>A training run in memory, epoch by epoch.</summary>
internal interface ITrainingRun : IDisposable
{
    /// <summary>The finished epochs.</summary>
    IReadOnlyList<EpochResult> Curve { get; }

    /// <summary>Whether all epochs are done, or further epochs would gain nothing.</summary>
    bool IsOver { get; }

    /// <summary>Trains for one epoch.</summary>
    /// <param name="progress">Called after every batch, never concurrently; or null.</param>
    /// <param name="cancellationToken">Ends the epoch between two batches.</param>
    void Epoch(Action<TrainingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Returns everything needed to continue from here.</summary>
    TrainingState State();
}
