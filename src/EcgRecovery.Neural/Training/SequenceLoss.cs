namespace EcgRecovery.Neural.Training;

/// <summary>A loss of whole sequences: a mean over the B′ sequences that have a loss weight other than 0.</summary>
/// <remarks>
/// Built on the root mean square r of a sequence, less its floor f, so that a sequence without error has no loss:
/// <code>
/// r − f = √(Σₜₒ w·(y − t)² / T + f²) − f          ∂r/∂y = w·(y − t) / (T·r)
/// </code>
/// </remarks>
public abstract record SequenceLoss : LossFunction
{
    // Its square is a normal number in single precision, so that a sequence without error never divides by 0.
    private const float MinimumFloor = 1e-6f;

    private protected SequenceLoss(float floor)
    {
        if (!float.IsFinite(floor) || floor < MinimumFloor)
            throw new ArgumentOutOfRangeException(nameof(floor), floor, $"The floor must be finite and at least {MinimumFloor}.");
        Floor = floor;
    }

    /// <summary>f, in the unit of the output: the gradient is smooth for errors well below it.</summary>
    public float Floor { get; }

    private protected sealed override (double Sum, double Count) Sum(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int sequences, int timeSteps,
        Span<double> gradient)
    {
        double sum = 0;
        var count = 0;
        var length = output.Length / sequences;
        for (var start = 0; start < output.Length; start += length)
        {
            var weights = lossWeights.Slice(start, length);
            if (!weights.ContainsAnyExcept(0f))
                continue;
            count++;
            AddSequence(
                ref sum, output.Slice(start, length), target.Slice(start, length), weights, timeSteps, gradient.Slice(start, length));
        }

        return (sum, count);
    }

    /// <summary>Adds the loss of one sequence, and computes its gradient.</summary>
    /// <param name="sum">The terms of the loss are added one by one.</param>
    /// <param name="output">y, [T, O].</param>
    /// <param name="target">t, [T, O].</param>
    /// <param name="lossWeights">w, [T, O].</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="gradient">Receives the gradient, [T, O].</param>
    private protected abstract void AddSequence(
        ref double sum, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps,
        Span<double> gradient);

    /// <summary>Returns r − f over every <paramref name="stride"/>-th value, and computes its gradient there.</summary>
    private protected double RootMeanSquare(
        ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int stride, int timeSteps,
        Span<double> gradient)
    {
        double floor = Floor;
        double squares = 0;
        for (var i = 0; i < output.Length; i += stride)
            squares += lossWeights[i] * (output[i] - target[i]) * (output[i] - target[i]);
        var root = Math.Sqrt((squares / timeSteps) + (floor * floor));
        for (var i = 0; i < output.Length; i += stride)
            gradient[i] = lossWeights[i] * (output[i] - target[i]) / (timeSteps * root);
        return root - floor;
    }
}
