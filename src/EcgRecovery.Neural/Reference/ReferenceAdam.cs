namespace EcgRecovery.Neural.Reference;

/// <summary>Adam as Keras computes it, in double precision.</summary>
/// <remarks>
/// <code>
/// m = β₁·m + (1 − β₁)·g        v = β₂·v + (1 − β₂)·g²
/// α = lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ)   θ = θ − α·m/(√v + ε)          t = 1, 2, …
/// </code>
/// ε is added to the uncorrected √v ("epsilon hat" of the paper), where PyTorch adds it after the correction.
/// <para>Source: Kingma and Ba 2015, arXiv:1412.6980, end of section 2; constants: Keras' defaults.</para>
/// </remarks>
/// <param name="parameterCount">The length of θ.</param>
internal sealed class ReferenceAdam(int parameterCount)
{
    /// <summary>β₁.</summary>
    public const double FirstDecay = 0.9;

    /// <summary>β₂.</summary>
    public const double SecondDecay = 0.999;

    /// <summary>ε.</summary>
    public const double Epsilon = 1e-7;

    private readonly double[] mean = new double[parameterCount];
    private readonly double[] square = new double[parameterCount];
    private int step;

    /// <summary>Takes one step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradients">g, of the same length.</param>
    /// <param name="learningRate">lr of this step.</param>
    /// <exception cref="ArgumentException">A length is not the one given at the start.</exception>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        if (parameters.Length != mean.Length || gradients.Length != mean.Length)
            throw new ArgumentException($"{parameters.Length} parameters and {gradients.Length} gradients; expected {mean.Length}.");
        step++;
        var alpha = learningRate * Math.Sqrt(1 - Math.Pow(SecondDecay, step)) / (1 - Math.Pow(FirstDecay, step));
        for (var i = 0; i < parameters.Length; i++)
        {
            mean[i] = (FirstDecay * mean[i]) + ((1 - FirstDecay) * gradients[i]);
            square[i] = (SecondDecay * square[i]) + ((1 - SecondDecay) * gradients[i] * gradients[i]);
            parameters[i] -= alpha * mean[i] / (Math.Sqrt(square[i]) + Epsilon);
        }
    }
}
