namespace EcgRecovery.Neural.Training;

/// <summary>A loss of three outputs: the root mean square error of the estimate, quantile losses of its lower and upper bound.</summary>
/// <remarks>
/// τ₁ and τ₂ are the levels, λ the weight of the interval, rₛ as in <see cref="SequenceLoss"/> over output 0:
/// <code>
/// L = 1/B′ · Σₛ (rₛ − f + λ/T · Σₜ (w·ρ₁(t − y) of output 1  +  w·ρ₂(t − y) of output 2))
/// ρᵢ(e) = a·(|e| − ½κ) where |e| > κ, else a·e² / 2κ          ρᵢ′(e) = a·clamp(e / κ, ±1)          a = τᵢ where e > 0, else 1 − τᵢ
/// </code>
/// ρ is max(τe, (τ − 1)e) with its kink rounded within κ, so that the gradient does not change its sign from step to step. Targets and loss
/// weights are given for each of the three outputs; commonly the same three times.
/// <para>
/// Sources: Koenker and Bassett 1978, doi:10.2307/1913643; rounded: Dabney et al. 2018, arXiv:1710.10044, equation 10, divided by κ.
/// </para>
/// </remarks>
public sealed record EstimateAndIntervalLoss : SequenceLoss
{
    /// <summary>κ, in the unit of the output: within this error a quantile loss is a parabola.</summary>
    internal const float PinballRounding = 0.005f;

    private const int Outputs = 3;

    /// <param name="lowerLevel">τ₁: the share of targets that should lie below output 1; above 0.</param>
    /// <param name="upperLevel">τ₂: the share of targets that should lie below output 2; above τ₁, below 1.</param>
    /// <param name="floor">f, in the unit of the output; at least 1e-6.</param>
    /// <param name="intervalWeight">
    /// λ, above 0. For Gaussian errors of standard deviation σ the root mean square is σ, and the two quantile losses of the levels 0.025
    /// and 0.975 are together at best 0.117·σ: 8.5 gives both terms the same size where w is 1 everywhere. Where w is 1 in a share p of the
    /// steps and 0 elsewhere, the first term falls by √p and the second by p: use 8.5/√p.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range above.</exception>
    public EstimateAndIntervalLoss(
        float lowerLevel = 0.025f, float upperLevel = 0.975f, float floor = 0.004f, float intervalWeight = 8.5f)
        : base(floor)
    {
        if (!(lowerLevel > 0 && lowerLevel < 1))
            throw new ArgumentOutOfRangeException(nameof(lowerLevel), lowerLevel, "The lower level must lie between 0 and 1.");
        if (!(upperLevel > lowerLevel && upperLevel < 1))
            throw new ArgumentOutOfRangeException(nameof(upperLevel), upperLevel, "The upper level must lie between the lower one and 1.");
        if (!float.IsFinite(intervalWeight) || intervalWeight <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(intervalWeight), intervalWeight, "The interval's weight must be finite and above 0.");
        }

        LowerLevel = lowerLevel;
        UpperLevel = upperLevel;
        IntervalWeight = intervalWeight;
    }

    /// <summary>τ₁, the level of output 1.</summary>
    public float LowerLevel { get; }

    /// <summary>τ₂, the level of output 2.</summary>
    public float UpperLevel { get; }

    /// <summary>λ, the weight of the quantile losses against the root mean square error.</summary>
    public float IntervalWeight { get; }

    internal override void RequireOutputs(int outputs)
    {
        if (outputs != Outputs)
            throw new ArgumentException($"There are {outputs} outputs; expected 3 for this loss: estimate, lower, upper.");
    }

    private protected override void AddSequence(
        ref double sum, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps,
        Span<double> gradient)
    {
        sum += RootMeanSquare(output, target, lossWeights, Outputs, timeSteps, gradient);
        sum += Pinball(output[1..], target[1..], lossWeights[1..], timeSteps, LowerLevel, gradient[1..]);
        sum += Pinball(output[2..], target[2..], lossWeights[2..], timeSteps, UpperLevel, gradient[2..]);
    }

    /// <summary>Returns λ/T·Σ w·ρ(t − y) over every third value, and computes −λ/T·w·ρ′(t − y) there.</summary>
    private double Pinball(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps, double level,
        Span<double> gradient)
    {
        const double rounding = PinballRounding;
        double perStep = (double)IntervalWeight / timeSteps;
        double sum = 0;
        for (var i = 0; i < output.Length; i += Outputs)
        {
            var error = target[i] - output[i];
            var size = Math.Abs(error);
            var slope = error > 0 ? level : 1 - level;
            sum += lossWeights[i] * slope * (size > rounding ? size - (rounding / 2) : error * error / (2 * rounding));
            gradient[i] = -perStep * lossWeights[i] * slope * Math.Clamp(error / rounding, -1, 1);
        }

        return perStep * sum;
    }
}
