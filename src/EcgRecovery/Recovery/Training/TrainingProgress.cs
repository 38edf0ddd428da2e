namespace EcgRecovery.Recovery.Training;

/// <summary>Where a training run stands, reported after every batch.</summary>
/// <param name="Epoch">The epoch in hand, counted from 1.</param>
/// <param name="Epochs">All epochs.</param>
/// <param name="BeatsDone">Rows seen in this epoch.</param>
/// <param name="Beats">Rows of an epoch.</param>
/// <param name="Loss">Mean loss of this epoch so far.</param>
/// <param name="Finished">The epoch's result once it is over, else null.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int BeatsDone, int Beats, double Loss, EpochResult? Finished);
