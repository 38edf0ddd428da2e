namespace EcgRecovery.BeatDesigns.Losses;

/// <summary>Squared error, and γ times that of the first difference: steep flanks must be steep.</summary>
/// <remarks>
/// <code>L = Σₜ (w·eₜ² + γ·(eₜ − eₜ₋₁)²) / 30B        e = 0 where w = 0, so that the gap's edges are held too</code>
/// </remarks>
/// <param name="gamma">γ.</param>
internal sealed class DerivativeLoss(float gamma) : LaneLoss
{
    /// <inheritdoc/>
    protected override double Lane(LaneValues y, LaneValues x, LaneValues w, int outputs, int sequences)
    {
        var sum = 0.0;
        var scale = 2f / (TypicalGap * sequences);
        float before = 0, beforeWeight = 0;
        // The gradient of the sample before, as far as it does not depend on this one.
        var pending = 0f;
        for (var t = 0; t <= y.Count; t++)
        {
            var weight = t < y.Count ? w[t] : 0;
            var e = weight == 0 ? 0 : y[t] - x[t];
            var step = Math.Max(weight, beforeWeight) > 0 ? e - before : 0;
            sum += (weight * e * e) + (gamma * step * step);
            if (t > 0)
                y[t - 1] = pending - (beforeWeight > 0 ? gamma * step * scale : 0);
            pending = ((weight * e) + (weight > 0 ? gamma * step : 0)) * scale;
            (before, beforeWeight) = (e, weight);
        }

        return sum / (TypicalGap * sequences);
    }
}
