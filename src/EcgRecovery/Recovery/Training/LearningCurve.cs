namespace EcgRecovery.Recovery.Training;

/// <summary>The result of one epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Loss">Mean training loss over the epoch's batches, weighted by their size.</param>
/// <param name="ValidationLoss">
/// Loss on the validation rows after the epoch; NaN without validation. For an ensemble, the mean whole-beat RMSE of held-out rows, which
/// contains no interval loss and is not comparable with <paramref name="Loss"/>.
/// </param>
/// <param name="LearningRate">The learning rate at the epoch's end.</param>
internal sealed record EpochResult(int Epoch, double Loss, double ValidationLoss, double LearningRate);

/// <summary>The learning curve of a named model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Epochs">In order.</param>
internal sealed record LearningCurve(string Model, IReadOnlyList<EpochResult> Epochs);
