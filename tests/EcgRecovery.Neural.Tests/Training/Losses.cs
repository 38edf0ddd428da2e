using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Training;

/// <summary>One loss of each type, for tests that are not about its options.</summary>
internal static class Losses
{
    /// <param name="name">The name of the type.</param>
    public static LossFunction Of(string name) => name switch
    {
        nameof(MeanSquaredError) => new MeanSquaredError(),
        nameof(HuberLoss) => new HuberLoss(0.5f),   // δ in the middle of the errors of a random batch, so that both branches count
        nameof(RootMeanSquareLoss) => new RootMeanSquareLoss(),
        nameof(EstimateAndQuantilesLoss) => new EstimateAndQuantilesLoss([0.1f, 0.8f]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no loss of this name."),
    };
}
