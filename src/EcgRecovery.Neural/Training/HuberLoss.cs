namespace EcgRecovery.Neural.Training;

/// <summary>Huber's loss: quadratic within δ of the target, linear beyond, so that the gradient of an outlier is bounded.</summary>
/// <remarks>
/// <code>
/// ℓ(e) = ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ)          ℓ′(e) = clamp(e, ±δ)
/// </code>
/// Sources: Huber 1964, doi:10.1214/aoms/1177703732; Keras' <c>Huber</c>.
/// </remarks>
public sealed record HuberLoss : ValueLoss
{
    /// <param name="delta">δ, in the unit of the output; above 0. Keras' default is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not finite or not above 0.</exception>
    public HuberLoss(float delta = 1f)
    {
        if (!float.IsFinite(delta) || delta <= 0)
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber's δ must be finite and above 0.");
        Delta = delta;
    }

    /// <summary>δ, in the unit of the output.</summary>
    public float Delta { get; }

    /// <inheritdoc/>
    public override double Value(double difference)
    {
        var size = Math.Abs(difference);
        return size <= Delta ? 0.5 * difference * difference : Delta * (size - (0.5 * Delta));
    }

    /// <inheritdoc/>
    public override double Derivative(double difference) => Math.Clamp(difference, -Delta, Delta);
}
