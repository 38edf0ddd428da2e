namespace EcgRecovery.Neural.Training;

/// <summary>A training loss L of outputs y and targets t.</summary>
/// <remarks>
/// B sequences, T time steps, O outputs; w ≥ 0 is the loss weight of a value. Where every w is 0, L and its gradient are 0.
/// <para>
/// Either a mean over values (<see cref="ValueLoss"/>) or a mean over whole sequences (<see cref="SequenceLoss"/>). Each case holds its own
/// options and its formula in double precision, which is the specification of the engine's kernels.
/// </para>
/// </remarks>
public abstract record LossFunction
{
    private protected LossFunction()
    {
    }

    /// <summary>Returns L of given outputs, as for validation; computed in double precision.</summary>
    /// <param name="output">y, [B, T, O].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <exception cref="ArgumentException">A length does not fit the shapes above, or the loss expects another O.</exception>
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
        return Evaluate(values, target, lossWeights, sequences, timeSteps, new double[values.Length]);
    }

    /// <summary>Returns L and computes ∂L/∂y, in double precision; the lengths are not checked.</summary>
    /// <param name="output">y, [B, T, O].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or empty for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="outputGradient">Receives ∂L/∂y, [B, T, O].</param>
    /// <exception cref="ArgumentException">The loss expects another O.</exception>
    internal double Evaluate(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> outputGradient)
    {
        RequireOutputs(output.Length / sequences / timeSteps);
        if (lossWeights.IsEmpty)
        {
            var ones = new float[output.Length];
            ones.AsSpan().Fill(1f);
            lossWeights = ones;
        }

        outputGradient.Clear();
        var (sum, count) = Sum(output, target, lossWeights, sequences, timeSteps, outputGradient);
        if (count == 0)
            return 0;   // every w is 0, so the gradient already is
        foreach (ref var gradient in outputGradient)
            gradient /= count;
        return sum / count;
    }

    /// <summary>Refuses a number of outputs O that the loss has no use for.</summary>
    /// <exception cref="ArgumentException">The loss expects another O.</exception>
    internal virtual void RequireOutputs(int outputs)
    {
    }

    /// <summary>Returns count·L and the count that the mean is over, and computes count·∂L/∂y.</summary>
    /// <param name="output">y, [B, T, O].</param>
    /// <param name="target">t, [B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O].</param>
    /// <param name="sequences">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="gradient">Zeros; receives count·∂L/∂y, [B, T, O].</param>
    private protected abstract (double Sum, double Count) Sum(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> gradient);
}
