namespace EcgRecovery.Signals;

/// <summary>Autoregressive models by Burg's method, and their continuation of a signal.</summary>
/// <remarks>
/// The model x[t] = −Σₖ aₖ·x[t − k], k = 1…p, grows from order m − 1 to m by the reflection coefficient that minimises the power of the
/// forward errors f and the backward errors b together:
/// <code>
/// f₀ = b₀ = x
/// κ  = −2·Σₜ f[t]·b[t − 1] / Σₜ (f[t]² + b[t − 1]²)
/// a′ₖ = aₖ + κ·aₘ₋ₖ, a′ₘ = κ        f′[t] = f[t] + κ·b[t − 1]        b′[t] = b[t − 1] + κ·f[t]
/// </code>
/// |κ| ≤ 1, so that no continuation grows without bound. Time is O(n·p).
/// <para>
/// Sources: Burg, Maximum Entropy Spectral Analysis, thesis, Stanford 1975; Kay and Marple 1981, doi:10.1109/PROC.1981.12184, section II.E.
/// </para>
/// </remarks>
internal static class Burg
{
    /// <summary>The share of the signal's power below which errors are rounding errors.</summary>
    private const double RoundingShare = 1e-28;

    /// <summary>Fits a model.</summary>
    /// <param name="x">The signal, [n], its mean removed.</param>
    /// <param name="order">p, below n.</param>
    /// <returns>a₁…aₚ; zeros from the order on that predicts the signal to rounding errors.</returns>
    public static double[] Fit(ReadOnlySpan<double> x, int order)
    {
        if (order >= x.Length)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"The order must be below the {x.Length} samples.");
        var coefficients = new double[order];
        // Before step m, forward[i] is f[i + m] and backward[i] is b[i + m − 1].
        double[] forward = x[1..].ToArray(), backward = x[..^1].ToArray();
        var rounding = RoundingShare * Power(forward, backward);
        for (var m = 1; m <= order; m++)
        {
            var length = x.Length - m;
            Span<double> f = forward.AsSpan(0, length), b = backward.AsSpan(0, length);
            var power = Power(f, b);
            if (!(power > rounding))
                break;
            var reflection = -2 * InnerProduct.Of(f, b) / power;
            Grow(coefficients.AsSpan(0, m), reflection);
            Reflect(f, b, reflection);
        }

        return coefficients;
    }

    /// <summary>Continues a signal by a model.</summary>
    /// <param name="coefficients">a₁…aₚ.</param>
    /// <param name="signal">[n]: the last p samples of the signal or more, then room for its continuation.</param>
    /// <param name="start">Where the continuation begins, at least p.</param>
    public static void Continue(ReadOnlySpan<double> coefficients, Span<double> signal, int start)
    {
        for (var t = start; t < signal.Length; t++)
        {
            var value = 0.0;
            for (var k = 1; k <= coefficients.Length; k++)
                value -= coefficients[k - 1] * signal[t - k];
            signal[t] = value;
        }
    }

    /// <summary>Makes a model of order m − 1 one of order m.</summary>
    /// <param name="a">a₁…aₘ; the last one is written only.</param>
    /// <param name="reflection">κ.</param>
    private static void Grow(Span<double> a, double reflection)
    {
        a[^1] = reflection;
        for (int low = 0, high = a.Length - 2; low <= high; low++, high--)
            (a[low], a[high]) = (a[low] + (reflection * a[high]), a[high] + (reflection * a[low]));
    }

    // f moves on by one sample: the next step pairs f[t] with the error before it.
    private static void Reflect(Span<double> f, Span<double> b, double reflection)
    {
        for (var i = 0; i < f.Length; i++)
        {
            var (ahead, behind) = (f[i], b[i]);
            b[i] = behind + (reflection * ahead);
            if (i > 0)
                f[i - 1] = ahead + (reflection * behind);
        }
    }

    private static double Power(ReadOnlySpan<double> f, ReadOnlySpan<double> b) => InnerProduct.Of(f, f) + InnerProduct.Of(b, b);
}
