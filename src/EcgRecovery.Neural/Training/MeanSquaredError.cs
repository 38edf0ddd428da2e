namespace EcgRecovery.Neural.Training;

/// <summary>The mean squared error: ℓ(e) = e².</summary>
/// <remarks>Source: Keras' <c>MeanSquaredError</c>.</remarks>
public sealed record MeanSquaredError : ValueLoss
{
    /// <inheritdoc/>
    public override double Value(double difference) => difference * difference;

    /// <inheritdoc/>
    public override double Derivative(double difference) => 2 * difference;
}
