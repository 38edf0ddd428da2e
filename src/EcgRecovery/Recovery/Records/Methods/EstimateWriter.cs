using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>Writes one estimate of a gap from several, weighted by their leave-one-out errors.</summary>
/// <remarks>
/// <code>
/// y[t] = Σ wᵢ·yᵢ[t],  wᵢ = eᵢᵖ/Σ eᵢᵖ                   e: leave-one-out errors of the estimates y; p: the power
/// s[t] = √(Σ wᵢ·(sᵢ[t]² + (yᵢ[t] − y[t])²))           error scale, from those of the estimates and from what they differ by
/// √(s[t]² + (p[t] − y[t])²)                           error scale of the placed estimate p
/// </code>
/// </remarks>
internal static class EstimateWriter
{
    // The places may agree in a sample by chance: its error scale is at least this share of the gap's mean one. Where nothing differs, in
    // a constant lead, it is next to nothing, but not 0.
    private const double MinimumScaleShare = 0.02;
    private const double MinimumScale = 1e-30;

    /// <summary>Fills a gap.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="kind">The mean estimate, or the placed one (<see cref="PlacedEstimate"/>) from the same places.</param>
    /// <param name="lead">The lead with its R peaks.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="estimates">At least one.</param>
    /// <param name="errorPower">p.</param>
    /// <param name="destination">[length of the gap].</param>
    public static GapOutcome Write(
        string method,
        RecoveryEstimate kind,
        LeadSignal lead,
        SampleSpan gap,
        List<ContextEstimate> estimates,
        double errorPower,
        Span<float> destination)
    {
        var weights = Weights(estimates, errorPower);
        var scale = Combine(estimates, weights, destination);
        if (kind == RecoveryEstimate.Placed && Placed(lead, gap, estimates, weights, destination)?.Samples is { } placed)
        {
            // The mean square error about any value is that about the mean and the square of the difference.
            for (var t = 0; t < placed.Length; t++)
                scale[t] = (float)Math.Min(double.Hypot(scale[t], (double)placed[t] - destination[t]), float.MaxValue);
            placed.CopyTo(destination);
        }

        return new GapOutcome(method) { ErrorScale = scale };
    }

    private static PlacedEstimate? Placed(
        LeadSignal lead, SampleSpan gap, List<ContextEstimate> estimates, double[] weights, ReadOnlySpan<float> mean) =>
        WeightedPlace.Pool(estimates, weights) is { Count: > 0 } places ? PlacedEstimate.Of(lead, gap, places, mean) : null;

    /// <summary>Returns the weights of the estimates by their leave-one-out errors; they add up to 1.</summary>
    internal static double[] Weights(List<ContextEstimate> estimates, double errorPower)
    {
        // Relative to the least error, so that no unit overflows; estimates without an error count alike.
        var least = Math.Max(estimates.Min(estimate => estimate.LeaveOneOutError), 1e-30);
        double[] weights = [.. estimates.Select(estimate => Math.Pow(Math.Max(estimate.LeaveOneOutError, least) / least, errorPower))];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Writes the weighted mean of the estimates.</summary>
    /// <param name="estimates">At least one.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="destination">[length of the gap].</param>
    /// <returns>[length of the gap]: the error scale.</returns>
    internal static float[] Combine(List<ContextEstimate> estimates, double[] weights, Span<float> destination)
    {
        var scale = new double[destination.Length];
        for (var t = 0; t < destination.Length; t++)
        {
            var (value, square) = (0.0, 0.0);
            for (var i = 0; i < estimates.Count; i++)
                value += weights[i] * estimates[i].Samples[t];
            destination[t] = (float)value;
            for (var i = 0; i < estimates.Count; i++)
            {
                double own = estimates[i].ErrorScale[t], difference = estimates[i].Samples[t] - value;
                square += weights[i] * ((own * own) + (difference * difference));
            }

            scale[t] = Math.Sqrt(square);
        }

        return AboveZero(scale);
    }

    /// <summary>Returns error scales of which none is too small by chance.</summary>
    internal static float[] AboveZero(double[] scale)
    {
        var minimum = Math.Max(MinimumScaleShare * scale.Average(), MinimumScale);
        return Array.ConvertAll(scale, value => (float)Math.Clamp(value, minimum, float.MaxValue));
    }
}
