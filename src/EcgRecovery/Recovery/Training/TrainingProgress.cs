namespace EcgRecovery.Recovery.Training;

/// <summary>Progress of a training run, reported after every batch.</summary>
/// <param name="Epoch">The current epoch, counted from 1.</param>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="Done">Beats or gaps trained on in this epoch.</param>
/// <param name="Total">Beats or gaps of an epoch.</param>
/// <param name="Loss">Mean loss of this epoch so far.</param>
/// <param name="Finished">The epoch's result once it is finished, else null.</param>
internal sealed record TrainingProgress(int Epoch, int Epochs, int Done, int Total, double Loss, EpochResult? Finished);
