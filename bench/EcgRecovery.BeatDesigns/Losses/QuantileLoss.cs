namespace EcgRecovery.BeatDesigns.Losses;

/// <summary>Quantile losses of seven levels at once; the middle output is the recovery.</summary>
/// <remarks>
/// <code>L = Σ w·a·|e| / 30B, a = τ where the target lies above, else 1 − τ        ∂L/∂y = ∓w·a / 30B</code>
/// The gradient is rounded within ±0.005 of the target, so that it does not flip from step to step.
/// Source: Koenker and Bassett 1978, doi:10.2307/1913643.
/// </remarks>
internal sealed class QuantileLoss : LaneLoss
{
    private const float Rounding = 0.005f;

    /// <summary>τ of each output.</summary>
    public static double[] Levels { get; } = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

    /// <inheritdoc/>
    protected override double Lane(LaneValues y, LaneValues x, LaneValues w, int outputs, int sequences)
    {
        var sum = 0.0;
        var scale = 1f / (TypicalGap * sequences);
        for (var i = 0; i < y.Count; i++)
        {
            var e = x[i] - y[i];
            var level = (float)Levels[i % outputs];
            var slope = e > 0 ? level : 1 - level;
            sum += w[i] * slope * Math.Abs(e);
            y[i] = -w[i] * Math.Clamp(e / Rounding, -1f, 1f) * slope * scale;
        }

        return sum / (TypicalGap * sequences);
    }
}
