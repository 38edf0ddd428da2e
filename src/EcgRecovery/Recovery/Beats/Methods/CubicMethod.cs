namespace EcgRecovery.Recovery.Beats.Methods;

/// <summary>Piecewise cubic Hermite interpolation (PCHIP): a smooth curve that never leaves the range of the samples beside the gap.</summary>
/// <remarks>
/// A cubic spline through noisy samples overshoots wildly across a gap of 37 samples; PCHIP's slopes keep each piece monotone. On the
/// interval of length h with ends y₀, y₁ and slopes d₀, d₁, u = (t − t₀)/h:
/// <code>
/// p = (1 + 2u)(1 − u)²·y₀ + u(1 − u)²·h·d₀ + u²(3 − 2u)·y₁ − u²(1 − u)·h·d₁
/// d = 0 where the secants δ₋, δ₊ on both sides differ in sign, else (w₋ + w₊)/(w₋/δ₋ + w₊/δ₊),  w₋ = 2h₊ + h₋,  w₊ = h₊ + 2h₋
/// </code>
/// A gap at the row's start or end has one side only: the observed neighbour is held, as nothing bounds an extrapolated cubic.
/// <para>
/// Sources: Fritsch and Carlson 1980, doi:10.1137/0717021; the weighted harmonic mean: Fritsch and Butland 1984, doi:10.1137/0905021;
/// the slope at the first and last observed sample: Moler, Numerical Computing with MATLAB, 2004, section 3.6 (as SciPy's
/// <c>PchipInterpolator</c>).
/// </para>
/// </remarks>
internal sealed class CubicMethod : RowRecoveryMethod
{
    /// <inheritdoc/>
    public override string Name => "cubic";

    /// <inheritdoc/>
    protected override void FillRow(Span<float> beat)
    {
        Span<int> knots = stackalloc int[beat.Length];
        var count = 0;
        for (var t = 0; t < beat.Length; t++)
        {
            if (!float.IsNaN(beat[t]))
                knots[count++] = t;
        }

        knots = knots[..count];
        for (var right = 1; right < count; right++)
            FillBetween(beat, knots, right);
        for (var gap = NextGap(beat, 0); gap.Length > 0; gap = NextGap(beat, (int)gap.End))
            FillAtRowEdge(beat, gap);
    }

    /// <summary>Fills between the knots <paramref name="right"/> − 1 and <paramref name="right"/>.</summary>
    private static void FillBetween(Span<float> beat, ReadOnlySpan<int> knots, int right)
    {
        int start = knots[right - 1], end = knots[right];
        if (end == start + 1)
            return;
        double h = end - start, y0 = beat[start], y1 = beat[end];
        double d0 = Slope(beat, knots, right - 1), d1 = Slope(beat, knots, right);
        for (var t = start + 1; t < end; t++)
        {
            var u = (t - start) / h;
            var v = 1 - u;
            beat[t] = (float)(((1 + (2 * u)) * v * v * y0) + (u * v * v * h * d0) + (u * u * (3 - (2 * u)) * y1) - (u * u * v * h * d1));
        }
    }

    private static double Slope(ReadOnlySpan<float> beat, ReadOnlySpan<int> knots, int k)
    {
        if (knots.Length == 2)
            return Secant(beat, knots, 0);
        if (k == 0)
            return EndSlope(knots[1] - knots[0], knots[2] - knots[1], Secant(beat, knots, 0), Secant(beat, knots, 1));
        if (k == knots.Length - 1)
            return EndSlope(knots[k] - knots[k - 1], knots[k - 1] - knots[k - 2], Secant(beat, knots, k - 1), Secant(beat, knots, k - 2));

        double before = Secant(beat, knots, k - 1), after = Secant(beat, knots, k);
        if (before * after <= 0)
            return 0;
        double hBefore = knots[k] - knots[k - 1], hAfter = knots[k + 1] - knots[k];
        double wBefore = (2 * hAfter) + hBefore, wAfter = hAfter + (2 * hBefore);
        return (wBefore + wAfter) / ((wBefore / before) + (wAfter / after));
    }

    private static double Secant(ReadOnlySpan<float> beat, ReadOnlySpan<int> knots, int k) =>
        ((double)beat[knots[k + 1]] - beat[knots[k]]) / (knots[k + 1] - knots[k]);

    /// <summary>The three-point slope at an end, kept from changing the sign of, or tripling, the nearest secant.</summary>
    private static double EndSlope(double h, double hNext, double secant, double secantNext)
    {
        var slope = ((((2 * h) + hNext) * secant) - (h * secantNext)) / (h + hNext);
        if (slope * secant <= 0)
            return 0;
        return secant * secantNext < 0 && Math.Abs(slope) > 3 * Math.Abs(secant) ? 3 * secant : slope;
    }
}
