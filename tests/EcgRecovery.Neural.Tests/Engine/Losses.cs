namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>One loss of each kind, for tests that are not about its constants.</summary>
internal static class Losses
{
    public static LossFunction Of(LossKind kind) => kind switch
    {
        LossKind.MeanSquaredError => LossFunction.MeanSquaredError,
        LossKind.Huber => LossFunction.Huber(0.5f),   // a bend in the middle of the errors of a random batch, so that both sides of it count
        LossKind.RootMeanSquare => LossFunction.RootMeanSquare(),
        LossKind.EstimateAndInterval => LossFunction.EstimateAndInterval(0.1f, 0.8f),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no loss of this kind."),
    };
}
