namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The height of a placed estimate: that of the places it is made of.</summary>
/// <remarks>
/// <code>
/// S(x) = Σ (x[t] − x̄)²,   E = Σ uᵢ·S(bᵢ)               E: squares that the places let expect, in a gap of n samples
/// z = b·p + (1 − b)·mean,  b = (1 − S(mean)/E)/0.2, 0…1    a mean that is no blur is better than the placed estimate p
/// y[t] = z[t] + w[t]·(f − 1)·(z[t] − z̄),  f = √(E/S(z)), 1…1.5
/// </code>
/// A mean of beats is lower than they are, even after alignment: f makes up for it. w rises from 0 to 1 within 10 ms of the gap's ends, so
/// that no step arises there. The constants were chosen on DS1.
/// </remarks>
internal static class TypicalHeight
{
    private const double Blurred = 0.2;
    private const double MaximumFactor = 1.5;
    private const double RiseSeconds = 0.01;

    /// <summary>Returns S of a signal.</summary>
    /// <param name="samples">x.</param>
    public static double Squares(ReadOnlySpan<float> samples)
    {
        var (mean, sum) = (0.0, 0.0);
        foreach (var sample in samples)
            mean += sample / (double)samples.Length;
        foreach (var sample in samples)
            sum += (sample - mean) * (sample - mean);
        return sum;
    }

    /// <summary>Gives an estimate the height of the places.</summary>
    /// <param name="placed">p, [n].</param>
    /// <param name="mean">The mean estimate, [n].</param>
    /// <param name="expected">E.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>y, [n].</returns>
    public static float[] Of(double[] placed, ReadOnlySpan<float> mean, double expected, double samplingFrequencyHz)
    {
        var share = expected > 0 ? Math.Clamp((1 - (Squares(mean) / expected)) / Blurred, 0, 1) : 1;
        var estimate = new float[placed.Length];
        for (var t = 0; t < estimate.Length; t++)
            estimate[t] = (float)((share * placed[t]) + ((1 - share) * mean[t]));
        Scale(estimate, expected, (RiseSeconds * samplingFrequencyHz) + 1);
        return estimate;
    }

    private static void Scale(float[] estimate, double expected, double rise)
    {
        // Where nothing differs from the mean, there is nothing to scale.
        var squares = Squares(estimate);
        var factor = squares > 0 ? Math.Clamp(Math.Sqrt(expected / squares), 1, MaximumFactor) : 1;
        var mean = estimate.Select(value => (double)value).Average();
        for (var t = 0; t < estimate.Length; t++)
        {
            var window = Math.Min(1, Math.Min(t + 1, estimate.Length - t) / rise);
            estimate[t] += (float)(window * (factor - 1) * (estimate[t] - mean));
        }
    }
}
