using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>A training run that makes a beat model.</summary>
internal interface IBeatTrainingRun : ITrainingRun
{
    /// <summary>Returns the current model.</summary>
    /// <param name="card">The model's description, without the parts that only the run knows.</param>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    BeatModelFile Finish(BeatModelCard card, CancellationToken cancellationToken);
}
