namespace EcgRecovery.Neural.Training;

/// <summary>A loss of single values: a weighted mean over all of [B, T, O].</summary>
/// <remarks>
/// <code>
/// L = Σ w·ℓ(y − t) / Σ w          ∂L/∂y = w·ℓ′(y − t) / Σ w
/// </code>
/// </remarks>
public abstract record ValueLoss : LossFunction
{
    private protected ValueLoss()
    {
    }

    /// <summary>Returns ℓ(e).</summary>
    /// <param name="difference">e = y − t.</param>
    public abstract double Value(double difference);

    /// <summary>Returns ℓ′(e).</summary>
    /// <param name="difference">e = y − t.</param>
    public abstract double Derivative(double difference);

    private protected sealed override (double Sum, double Count) Sum(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> gradient)
    {
        double sum = 0, weightSum = 0;
        for (var i = 0; i < output.Length; i++)
        {
            double weight = lossWeights[i];
            sum += weight * Value(output[i] - target[i]);
            weightSum += weight;
            gradient[i] = weight * Derivative(output[i] - target[i]);
        }

        return (sum, weightSum);
    }
}
