namespace EcgRecovery.Neural.Reference;

/// <summary>Gradient clipping by the norm of all gradients together, in double precision.</summary>
internal static class ReferenceClipping
{
    /// <summary>Scales g to the norm <paramref name="maximumNorm"/> where ‖g‖ is larger.</summary>
    /// <remarks>Source: Pascanu et al. 2013, arXiv:1211.5063, algorithm 1; Keras' <c>global_clipnorm</c>.</remarks>
    /// <param name="gradients">g, all tensors of the network, changed in place.</param>
    /// <param name="maximumNorm">Above 0.</param>
    /// <returns>‖g‖ before scaling.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumNorm"/> is 0 or below.</exception>
    public static double ByGlobalNorm(Span<double> gradients, double maximumNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNorm);
        var sum = 0.0;
        foreach (var gradient in gradients)
            sum += gradient * gradient;
        var norm = Math.Sqrt(sum);
        if (norm > maximumNorm)
        {
            for (var i = 0; i < gradients.Length; i++)
                gradients[i] *= maximumNorm / norm;
        }

        return norm;
    }
}
