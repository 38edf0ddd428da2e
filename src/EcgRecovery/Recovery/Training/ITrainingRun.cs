using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Recovery.Training;

/// <summary>One training run in memory, epoch by epoch.</summary>
internal interface ITrainingRun : IDisposable
{
    /// <summary>The epochs done.</summary>
    IReadOnlyList<EpochResult> Curve { get; }

    /// <summary>All epochs are done, or nothing is gained by more.</summary>
    bool IsOver { get; }

    /// <summary>Does one epoch.</summary>
    /// <param name="progress">Called after every batch, never twice at a time; or null.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    void Epoch(Action<TrainingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>All that is needed to go on from here.</summary>
    TrainingState State();

    /// <summary>The model as it stands.</summary>
    /// <param name="card">What is known of its making without the run.</param>
    /// <param name="cancellationToken">Ends what is left to do.</param>
    BeatModelFile Finish(BeatModelCard card, CancellationToken cancellationToken);
}
