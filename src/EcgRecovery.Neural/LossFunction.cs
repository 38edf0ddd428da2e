namespace EcgRecovery.Neural;

/// <summary>The shape of a loss in the error e = y − t.</summary>
public enum LossKind
{
    /// <summary>ℓ(e) = e².</summary>
    MeanSquaredError,

    /// <summary>ℓ(e) = ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ).</summary>
    Huber,
}

/// <summary>What training makes small: a weighted mean of ℓ(y − t) over every output value.</summary>
/// <remarks>
/// <code>
/// L = Σ w·ℓ(y − t) / Σ w          ∂L/∂y = w·ℓ′(y − t) / Σ w          Σ over all of [B, T, O]
/// </code>
/// Where every w is 0 (a batch without any sample that counts), L and its gradients are 0.
/// <para>Sources: Keras' <c>MeanSquaredError</c> and <c>Huber</c>; Huber 1964, doi:10.1214/aoms/1177703732.</para>
/// </remarks>
/// <param name="Kind">ℓ.</param>
/// <param name="HuberDelta">δ of <see cref="LossKind.Huber"/>, in the unit of the output; unused otherwise. Keras' default is 1.</param>
public sealed record LossFunction(LossKind Kind, float HuberDelta = 1f)
{
    /// <summary>ℓ(e) = e².</summary>
    public static LossFunction MeanSquaredError { get; } = new(LossKind.MeanSquaredError);

    /// <summary>Quadratic within δ of the target, linear beyond: outliers pull with a bounded force.</summary>
    /// <param name="delta">δ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not above 0 and finite.</exception>
    public static LossFunction Huber(float delta = 1f)
    {
        if (!float.IsFinite(delta) || delta <= 0)
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber's δ must be finite and above 0.");
        return new LossFunction(LossKind.Huber, delta);
    }

    /// <summary>ℓ(e).</summary>
    /// <param name="error">e = y − t.</param>
    public double Value(double error)
    {
        if (Kind == LossKind.MeanSquaredError)
            return error * error;
        var size = Math.Abs(error);
        return size <= HuberDelta ? 0.5 * error * error : HuberDelta * (size - (0.5 * HuberDelta));
    }

    /// <summary>ℓ′(e).</summary>
    /// <param name="error">e = y − t.</param>
    public double Derivative(double error) =>
        Kind == LossKind.MeanSquaredError ? 2 * error : Math.Clamp(error, -HuberDelta, HuberDelta);
}
