using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural;

/// <summary>What a loss counts: every value by itself, or every sequence as a whole.</summary>
public enum LossKind
{
    /// <summary>ℓ(e) = e² of every value.</summary>
    MeanSquaredError,

    /// <summary>ℓ(e) = ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ), of every value.</summary>
    Huber,

    /// <summary>The root of a sequence's mean square, averaged over sequences.</summary>
    RootMeanSquare,

    /// <summary>The same of the first of three outputs, and quantile losses of the other two.</summary>
    EstimateAndInterval,
}

/// <summary>What training makes small, as a function of the outputs y and the targets t.</summary>
/// <remarks>
/// B sequences, T time steps, O outputs; w ≥ 0 says how much a value counts.
/// <para>A loss of values (<see cref="MeanSquaredError"/>, <see cref="Huber"/>) is a weighted mean over all of [B, T, O]:</para>
/// <code>
/// L = Σ w·ℓ(y − t) / Σ w          ∂L/∂y = w·ℓ′(y − t) / Σ w
/// </code>
/// A loss of sequences is a mean over the B′ sequences that have a weight other than 0. <see cref="RootMeanSquare"/>, f its floor:
/// <code>
/// L = 1/B′ · Σₛ (rₛ − f)          rₛ = √(Σₜₒ w·(y − t)² / T + f²)          ∂L/∂y = w·(y − t) / (B′·T·rₛ)
/// </code>
/// <see cref="EstimateAndInterval"/>, of three outputs, rₛ over output 0 alone, τ₁ and τ₂ the levels, λ the interval's weight:
/// <code>
/// L = 1/B′ · Σₛ (rₛ − f + λ/T · Σₜ (w·ρ₁(t − y) of output 1  +  w·ρ₂(t − y) of output 2))
/// ρᵢ(e) = a·(|e| − ½κ) where |e| > κ, else a·e² / 2κ          ρᵢ′(e) = a·clamp(e / κ, ±1)          a = τᵢ where e > 0, else 1 − τᵢ
/// </code>
/// which is max(τe, (τ − 1)e) with its kink rounded within κ = 0.005, so that the gradient does not flip from step to step.
/// <para>Where every w is 0 (a batch without any value that counts), L and its gradients are 0.</para>
/// <para>
/// Sources: Keras' <c>MeanSquaredError</c> and <c>Huber</c>; Huber 1964, doi:10.1214/aoms/1177703732; quantile losses: Koenker and Bassett 1978,
/// doi:10.2307/1913643; rounded: Dabney et al. 2018, arXiv:1710.10044, equation 10, divided by κ.
/// </para>
/// </remarks>
public sealed record LossFunction
{
    /// <summary>κ: within this error, in the unit of the output, a quantile loss is a parabola.</summary>
    internal const float PinballRounding = 0.005f;

    // Its square is a normal number in single precision, so that a sequence without error divides by something.
    private const float MinimumFloor = 1e-6f;

    internal LossFunction(LossKind kind, float huberDelta = 1f)
    {
        Kind = kind;
        HuberDelta = huberDelta;
    }

    /// <summary>Which loss it is.</summary>
    public LossKind Kind { get; }

    /// <summary>Whether it is a loss of whole sequences: <see cref="Value"/> and <see cref="Derivative"/> then do not exist.</summary>
    public bool IsOfSequences => Kind is LossKind.RootMeanSquare or LossKind.EstimateAndInterval;

    /// <summary>δ of <see cref="Huber"/>, in the unit of the output; unused otherwise.</summary>
    public float HuberDelta { get; }

    /// <summary>f of a loss of sequences, in the unit of the output; unused otherwise.</summary>
    public float Floor { get; private init; }

    /// <summary>τ of output 1 of <see cref="EstimateAndInterval"/>; unused otherwise.</summary>
    public float LowerLevel { get; private init; }

    /// <summary>τ of output 2 of <see cref="EstimateAndInterval"/>; unused otherwise.</summary>
    public float UpperLevel { get; private init; }

    /// <summary>λ of <see cref="EstimateAndInterval"/>; unused otherwise.</summary>
    public float IntervalWeight { get; private init; }

    /// <summary>ℓ(e) = e².</summary>
    public static LossFunction MeanSquaredError { get; } = new(LossKind.MeanSquaredError);

    /// <summary>Quadratic within δ of the target, linear beyond: outliers pull with a bounded force.</summary>
    /// <param name="delta">δ, above 0. Keras' default is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not above 0 and finite.</exception>
    public static LossFunction Huber(float delta = 1f)
    {
        if (!float.IsFinite(delta) || delta <= 0)
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber's δ must be finite and above 0.");
        return new LossFunction(LossKind.Huber, delta);
    }

    /// <summary>The mean of the sequences' root mean square errors: a sequence pulls with the same force however bad it is.</summary>
    /// <remarks>With w = 1 in a gap of g of the T steps and 0 elsewhere a sequence's error is that of the whole; with w = T/g it is the gap's.</remarks>
    /// <param name="floor">f: an error well below it is as good as none; it keeps the gradient smooth there. At least 1e-6.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is not finite or too small.</exception>
    public static LossFunction RootMeanSquare(float floor = 0.004f) => new(LossKind.RootMeanSquare) { Floor = CheckedFloor(floor) };

    /// <summary>For networks of three outputs (estimate, lower, upper): <see cref="RootMeanSquare"/> of the first, quantile losses of the others.</summary>
    /// <remarks>The caller gives targets and weights for each of the three; commonly the same three times.</remarks>
    /// <param name="lowerLevel">τ₁: the share of targets that should lie below output 1; above 0.</param>
    /// <param name="upperLevel">τ₂: the share of targets that should lie below output 2; above τ₁, below 1.</param>
    /// <param name="floor">f, as of <see cref="RootMeanSquare"/>.</param>
    /// <param name="intervalWeight">
    /// λ, above 0. For Gaussian errors with a standard deviation of σ the root mean square is σ and the two quantile losses of the levels 0.025 and
    /// 0.975 are together at best 0.117·σ, so 8.5 makes both of one size where every step counts. Where w is 1 in a share p of the steps and 0
    /// elsewhere, the one falls by √p and the other by p: 8.5/√p does it there.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not as told.</exception>
    public static LossFunction EstimateAndInterval(
        float lowerLevel = 0.025f, float upperLevel = 0.975f, float floor = 0.004f, float intervalWeight = 8.5f)
    {
        if (!(lowerLevel > 0 && lowerLevel < 1))
            throw new ArgumentOutOfRangeException(nameof(lowerLevel), lowerLevel, "The lower level must lie between 0 and 1.");
        if (!(upperLevel > lowerLevel && upperLevel < 1))
            throw new ArgumentOutOfRangeException(nameof(upperLevel), upperLevel, "The upper level must lie between the lower one and 1.");
        if (!float.IsFinite(intervalWeight) || intervalWeight <= 0)
            throw new ArgumentOutOfRangeException(nameof(intervalWeight), intervalWeight, "The interval's weight must be finite and above 0.");
        return new LossFunction(LossKind.EstimateAndInterval)
        {
            LowerLevel = lowerLevel,
            UpperLevel = upperLevel,
            Floor = CheckedFloor(floor),
            IntervalWeight = intervalWeight,
        };
    }

    /// <summary>ℓ(e).</summary>
    /// <param name="error">e = y − t.</param>
    /// <exception cref="InvalidOperationException">It is a loss of sequences.</exception>
    public double Value(double error)
    {
        RequireValues();
        if (Kind == LossKind.MeanSquaredError)
            return error * error;
        var size = Math.Abs(error);
        return size <= HuberDelta ? 0.5 * error * error : HuberDelta * (size - (0.5 * HuberDelta));
    }

    /// <summary>ℓ′(e).</summary>
    /// <param name="error">e = y − t.</param>
    /// <exception cref="InvalidOperationException">It is a loss of sequences.</exception>
    public double Derivative(double error)
    {
        RequireValues();
        return Kind == LossKind.MeanSquaredError ? 2 * error : Math.Clamp(error, -HuberDelta, HuberDelta);
    }

    /// <summary>L of outputs that are at hand, as for validation; in double precision.</summary>
    /// <param name="output">y, [B, T, O].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above, or the loss wants another O.</exception>
    public double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeSteps);
        var frames = (long)sequences * timeSteps;
        if (output.IsEmpty || output.Length % frames != 0)
            throw new ArgumentException($"Output has {output.Length} values; expected [B, T, O], a multiple of {sequences} · {timeSteps}.");
        if (target.Length != output.Length)
            throw new ArgumentException($"Target has {target.Length} values; expected as many as the output, {output.Length}.");
        if (!lossWeights.IsEmpty && lossWeights.Length != output.Length)
            throw new ArgumentException($"LossWeights has {lossWeights.Length} values; expected as many as the output, {output.Length}.");
        var values = new double[output.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = output[i];
        return ReferenceLoss.Run(this, values, target, lossWeights, sequences, timeSteps, new double[values.Length]);
    }

    /// <summary>Refuses a count of outputs that the loss has no use for.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    internal void RequireOutputs(int outputs)
    {
        if (Kind == LossKind.EstimateAndInterval && outputs != 3)
            throw new ArgumentException($"There are {outputs} outputs; expected 3 for this loss: estimate, lower, upper.");
    }

    private static float CheckedFloor(float floor) => float.IsFinite(floor) && floor >= MinimumFloor
        ? floor
        : throw new ArgumentOutOfRangeException(nameof(floor), floor, $"The floor must be finite and at least {MinimumFloor}.");

    private void RequireValues()
    {
        if (IsOfSequences)
        {
            throw new InvalidOperationException(
                $"{Kind} is a loss of whole sequences and has no value of a single error; expected a call of {nameof(Evaluate)}.");
        }
    }
}
