namespace EcgRecovery.BeatDesigns.Losses;

/// <summary>Squared error within δ, linear beyond; without a bound it is the mean squared error.</summary>
/// <remarks><code>L = Σ w·q·(2e − q) / 30B, q = clamp(e, ±δ)        ∂L/∂y = 2·w·q / 30B</code></remarks>
/// <param name="delta">δ.</param>
internal sealed class HuberLoss(float delta) : LaneLoss
{
    /// <inheritdoc/>
    protected override double Lane(LaneValues y, LaneValues x, LaneValues w, int outputs, int sequences)
    {
        var sum = 0.0;
        var scale = 2f / (TypicalGap * sequences);
        for (var i = 0; i < y.Count; i++)
        {
            var e = y[i] - x[i];
            var q = Math.Clamp(e, -delta, delta);
            sum += w[i] * q * (e - (0.5f * q)) * 2;
            y[i] = w[i] * q * scale;
        }

        return sum / (TypicalGap * sequences);
    }
}
