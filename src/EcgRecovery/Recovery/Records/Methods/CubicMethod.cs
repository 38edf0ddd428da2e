using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Piecewise cubic Hermite interpolation (PCHIP): a smooth curve within the range of the samples beside the gap.</summary>
/// <remarks>
/// A cubic spline through noisy samples overshoots far across a gap of 37 samples; PCHIP's slopes keep each piece monotone. On the
/// interval of length h with ends y₀, y₁ and slopes d₀, d₁, u = (t − t₀)/h:
/// <code>
/// p = (1 + 2u)(1 − u)²·y₀ + u(1 − u)²·h·d₀ + u²(3 − 2u)·y₁ − u²(1 − u)·h·d₁
/// d = 0 where the secants δ₋, δ₊ on both sides differ in sign, else (w₋ + w₊)/(w₋/δ₋ + w₊/δ₊),  w₋ = 2h₊ + h₋,  w₊ = h₊ + 2h₋
/// </code>
/// <para>
/// Sources: Fritsch and Carlson 1980, doi:10.1137/0717021; the weighted harmonic mean: Fritsch and Butland 1984, doi:10.1137/0905021;
/// the slope at the first and last observed sample: Moler, Numerical Computing with MATLAB, 2004, section 3.6 (as SciPy's
/// <c>PchipInterpolator</c>).
/// </para>
/// </remarks>
internal sealed class CubicMethod : InterpolationMethod
{
    // A slope needs the knots on both sides; at the signal's first or last knot, the next two.
    private const int KnotsPerSide = 2;

    /// <inheritdoc/>
    public override string Name => "cubic";

    /// <inheritdoc/>
    protected override void FillBetween(ReadOnlySpan<float> samples, SampleSpan gap, Span<float> destination)
    {
        Span<int> room = stackalloc int[2 * KnotsPerSide];
        var knots = room[..Knots(samples, gap, room, out var left)];
        int start = knots[left], end = knots[left + 1];
        double h = end - start, y0 = samples[start], y1 = samples[end];
        double d0 = Slope(samples, knots, left), d1 = Slope(samples, knots, left + 1);
        for (var t = start + 1; t < end; t++)
        {
            var u = (t - start) / h;
            var v = 1 - u;
            destination[t - start - 1] =
                (float)(((1 + (2 * u)) * v * v * y0) + (u * v * v * h * d0) + (u * u * (3 - (2 * u)) * y1) - (u * u * v * h * d1));
        }
    }

    /// <summary>Finds the observed samples nearest to a gap, at most two on each side.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="knots">Receives them, ascending.</param>
    /// <param name="left">Receives the index of the one just before the gap.</param>
    /// <returns>Their number.</returns>
    private static int Knots(ReadOnlySpan<float> samples, SampleSpan gap, Span<int> knots, out int left)
    {
        var count = 0;
        for (var t = (int)gap.Start - 1; t >= 0 && count < KnotsPerSide; t--)
        {
            if (!float.IsNaN(samples[t]))
                knots[count++] = t;
        }

        knots[..count].Reverse();
        left = count - 1;
        for (var t = (int)gap.End; t < samples.Length && count <= left + KnotsPerSide; t++)
        {
            if (!float.IsNaN(samples[t]))
                knots[count++] = t;
        }

        return count;
    }

    private static double Slope(ReadOnlySpan<float> samples, ReadOnlySpan<int> knots, int k)
    {
        if (knots.Length == 2)
            return Secant(samples, knots, 0);
        if (k == 0)
            return EndSlope(samples, knots, 0, 1);
        if (k == knots.Length - 1)
            return EndSlope(samples, knots, k - 1, k - 2);

        double before = Secant(samples, knots, k - 1), after = Secant(samples, knots, k);
        if (before * after <= 0)
            return 0;
        double hBefore = knots[k] - knots[k - 1], hAfter = knots[k + 1] - knots[k];
        double wBefore = (2 * hAfter) + hBefore, wAfter = hAfter + (2 * hBefore);
        return (wBefore + wAfter) / ((wBefore / before) + (wAfter / after));
    }

    private static double Secant(ReadOnlySpan<float> samples, ReadOnlySpan<int> knots, int k) =>
        ((double)samples[knots[k + 1]] - samples[knots[k]]) / (knots[k + 1] - knots[k]);

    /// <summary>Returns the three-point slope at an end, limited to the sign and three times the size of the nearest secant.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    /// <param name="knots">The knots.</param>
    /// <param name="end">The index of the interval at the end.</param>
    /// <param name="next">The index of the interval beside it.</param>
    private static double EndSlope(ReadOnlySpan<float> samples, ReadOnlySpan<int> knots, int end, int next)
    {
        double h = knots[end + 1] - knots[end], hNext = knots[next + 1] - knots[next];
        double secant = Secant(samples, knots, end), secantNext = Secant(samples, knots, next);
        var slope = ((((2 * h) + hNext) * secant) - (h * secantNext)) / (h + hNext);
        if (slope * secant <= 0)
            return 0;
        return secant * secantNext < 0 && Math.Abs(slope) > 3 * Math.Abs(secant) ? 3 * secant : slope;
    }
}
