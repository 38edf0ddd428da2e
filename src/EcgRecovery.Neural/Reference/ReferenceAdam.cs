using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Reference;

/// <summary>Adam as in Keras, in double precision.</summary>
/// <remarks>
/// <code>
/// m = β₁·m + (1 − β₁)·g        v = β₂·v + (1 − β₂)·g²
/// α = lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ)   θ = θ − α·m/(√v + ε)          t = 1, 2, …
/// </code>
/// ε is added to the uncorrected √v ("epsilon hat" of the paper); PyTorch adds it after the correction.
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

    /// <summary>m.</summary>
    public double[] FirstMoments { get; } = new double[parameterCount];

    /// <summary>v.</summary>
    public double[] SecondMoments { get; } = new double[parameterCount];

    /// <summary>The number of steps so far.</summary>
    public long Steps { get; set; }

    /// <summary>Updates the parameters by one step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradients">g, of the same length.</param>
    /// <param name="learningRate">lr of this step.</param>
    /// <param name="options">β₁, β₂ and ε, null for the constants above; clipping and decay are ignored.</param>
    /// <exception cref="ArgumentException">A length differs from that of the constructor.</exception>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate, AdamOptions? options = null)
    {
        if (parameters.Length != FirstMoments.Length || gradients.Length != FirstMoments.Length)
        {
            throw new ArgumentException(
                $"{parameters.Length} parameters and {gradients.Length} gradients; expected {FirstMoments.Length}.");
        }

        var (beta1, beta2, epsilon) = options is null
            ? (FirstDecay, SecondDecay, Epsilon)
            : ((double)options.Beta1, (double)options.Beta2, (double)options.Epsilon);
        Steps++;
        var alpha = learningRate * Math.Sqrt(1 - Math.Pow(beta2, Steps)) / (1 - Math.Pow(beta1, Steps));
        for (var i = 0; i < parameters.Length; i++)
        {
            var m = FirstMoments[i] = (beta1 * FirstMoments[i]) + ((1 - beta1) * gradients[i]);
            var v = SecondMoments[i] = (beta2 * SecondMoments[i]) + ((1 - beta2) * gradients[i] * gradients[i]);
            parameters[i] -= alpha * m / (Math.Sqrt(v) + epsilon);
        }
    }
}
