namespace EcgRecovery.Neural.Training;

/// <summary>A loss of an estimate and quantiles beside it: root mean square error of the one, quantile losses of the others.</summary>
/// <remarks>
/// The outputs are those of F samples in turn, each an estimate and K quantiles: O = F·(1 + K). τₖ are the levels, λ the weight of the
/// quantiles, rₛ as in <see cref="SequenceLoss"/> over the estimates:
/// <code>
/// L = 1/B′ · Σₛ (rₛ − f + λ/T · Σₜ Σₖ w·ρₖ(t − y) of quantile k)
/// ρₖ(e) = a·(|e| − ½κ) where |e| > κ, else a·e² / 2κ          ρₖ′(e) = a·clamp(e / κ, ±1)          a = τₖ where e > 0, else 1 − τₖ
/// </code>
/// ρ is max(τe, (τ − 1)e) with its kink rounded within κ, so that the gradient does not change its sign from step to step. Targets and loss
/// weights are given for each of the outputs; commonly the same for all of a sample.
/// <para>
/// Sources: Koenker and Bassett 1978, doi:10.2307/1913643; rounded: Dabney et al. 2018, arXiv:1710.10044, equation 10, divided by κ.
/// </para>
/// </remarks>
public sealed record EstimateAndQuantilesLoss : SequenceLoss
{
    /// <summary>κ, in the unit of the output: within this error a quantile loss is a parabola.</summary>
    internal const float PinballRounding = 0.005f;

    private readonly float[] _levels;

    /// <param name="levels">
    /// τₖ, ascending, between 0 and 1: the shares of targets that should lie below each quantile; null for 0.025 and 0.975, an interval of
    /// 95 %.
    /// </param>
    /// <param name="floor">f, in the unit of the output; at least 1e-6.</param>
    /// <param name="quantileWeight">
    /// λ, above 0. For Gaussian errors of standard deviation σ the root mean square is σ, and the two quantile losses of the levels 0.025
    /// and 0.975 are together at best 0.117·σ: 8.5 gives both terms the same size where w is 1 everywhere. Where w is 1 in a share p of the
    /// steps and 0 elsewhere, the first term falls by √p and the second by p: use 8.5/√p.
    /// </param>
    /// <exception cref="ArgumentException">A level is outside the range above, or not above the one before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range above.</exception>
    public EstimateAndQuantilesLoss(IReadOnlyList<float>? levels = null, float floor = 0.004f, float quantileWeight = 8.5f)
        : base(floor)
    {
        _levels = [.. levels ?? [0.025f, 0.975f]];
        var previous = 0f;
        foreach (var level in _levels)
        {
            if (!(level > previous && level < 1))
                throw new ArgumentException($"A level is {level}; expected levels that ascend between 0 and 1.", nameof(levels));
            previous = level;
        }

        if (_levels.Length == 0)
            throw new ArgumentException("There are no levels; expected at least one.", nameof(levels));
        if (!float.IsFinite(quantileWeight) || quantileWeight <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(quantileWeight), quantileWeight, "The quantiles' weight must be finite and above 0.");
        }

        QuantileWeight = quantileWeight;
    }

    /// <summary>τₖ.</summary>
    public IReadOnlyList<float> Levels => _levels;

    /// <summary>λ, the weight of the quantile losses against the root mean square error.</summary>
    public float QuantileWeight { get; }

    /// <summary>1 + K, the outputs of a sample.</summary>
    internal int OutputsPerSample => 1 + _levels.Length;

    /// <inheritdoc/>
    public bool Equals(EstimateAndQuantilesLoss? other) =>
        base.Equals(other) && QuantileWeight.Equals(other.QuantileWeight) && _levels.AsSpan().SequenceEqual(other._levels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), QuantileWeight, _levels.Length, _levels[0]);

    internal override void RequireOutputs(int outputs)
    {
        if (outputs % OutputsPerSample != 0)
        {
            throw new ArgumentException(
                $"There are {outputs} outputs; expected a multiple of {OutputsPerSample} for this loss: an estimate and "
                    + $"{_levels.Length} quantiles a sample.");
        }
    }

    private protected override void AddSequence(
        ref double sum, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps,
        Span<double> gradient)
    {
        sum += RootMeanSquare(output, target, lossWeights, OutputsPerSample, timeSteps, gradient);
        for (var k = 0; k < _levels.Length; k++)
            sum += Pinball(output[(k + 1)..], target[(k + 1)..], lossWeights[(k + 1)..], timeSteps, _levels[k], gradient[(k + 1)..]);
    }

    /// <summary>Returns λ/T·Σ w·ρ(t − y) over one quantile of every sample, and computes −λ/T·w·ρ′(t − y) there.</summary>
    private double Pinball(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps, double level,
        Span<double> gradient)
    {
        const double rounding = PinballRounding;
        double perStep = (double)QuantileWeight / timeSteps;
        double sum = 0;
        for (var i = 0; i < output.Length; i += OutputsPerSample)
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
