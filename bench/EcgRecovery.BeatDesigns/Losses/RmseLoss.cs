namespace EcgRecovery.BeatDesigns.Losses;

/// <summary>The mean of the beats' root mean square errors: a bad beat pulls no harder than a fair one, as in the figure that designs are judged by.</summary>
/// <remarks><code>L = Σ over beats of r / B, r = √(Σ w·e²/30 + ε²), ε = 0.01        ∂L/∂y = w·e / (30·r·B)</code></remarks>
internal sealed class RmseLoss : LaneLoss
{
    /// <summary>ε²: an error well below a hundredth of the beat's height is as good as none, and the gradient stays bounded.</summary>
    private const double SquaredFloor = 1e-4;

    /// <inheritdoc/>
    protected override double Lane(LaneValues y, LaneValues x, LaneValues w, int outputs, int sequences)
    {
        double sum = 0, weight = 0;
        for (var i = 0; i < y.Count; i++)
        {
            var e = y[i] - x[i];
            sum += w[i] * e * e;
            weight += w[i];
        }

        // A lane without a beat has neither error nor floor.
        var rmse = weight == 0 ? 0 : Math.Sqrt((sum / TypicalGap) + SquaredFloor);
        var scale = weight == 0 ? 0 : (float)(1 / (rmse * TypicalGap * sequences));
        for (var i = 0; i < y.Count; i++)
            y[i] = w[i] * (y[i] - x[i]) * scale;
        return rmse / sequences;
    }
}
