using EcgRecovery.Neural;

namespace EcgRecovery.Recovery.Training;

/// <summary>The check for a training run whose loss or weights are no longer finite.</summary>
internal static class TrainingDivergence
{
    /// <summary>Throws if an epoch diverged. Weights are checked too: an epoch's last update can ruin them after a finite loss.</summary>
    /// <param name="result">The epoch.</param>
    /// <param name="hasValidation">Whether the run has a validation loss.</param>
    /// <param name="trainers">The networks.</param>
    /// <param name="learningRate">The initial learning rate, for the message.</param>
    /// <exception cref="InvalidDataException">A loss or a weight is not finite.</exception>
    public static void Refuse(EpochResult result, bool hasValidation, IEnumerable<NetworkTrainer> trainers, double learningRate)
    {
        var isFinite = double.IsFinite(result.Loss)
            && (!hasValidation || double.IsFinite(result.ValidationLoss))
            && trainers.All(trainer => trainer.ExportWeights().All(tensor => tensor.Values.All(float.IsFinite)));
        if (!isFinite)
        {
            throw new InvalidDataException(
                $"Training diverged in epoch {result.Epoch}: loss or weights are no longer finite; "
                + $"the learning rate is {learningRate}, expected one low enough to converge.");
        }
    }
}
