namespace EcgRecovery.Neural.Training;

/// <summary>The mean of the sequences' root mean square errors: the gradient of a sequence does not grow with its error.</summary>
/// <remarks>
/// <code>
/// L = 1/B′ · Σₛ (rₛ − f)          rₛ as in <see cref="SequenceLoss"/>, over all outputs
/// </code>
/// With w = 1 in a gap of g of the T steps and 0 elsewhere, r is the error of the whole sequence; with w = T/g it is the error of the gap.
/// </remarks>
public sealed record RootMeanSquareLoss : SequenceLoss
{
    /// <param name="floor">f, in the unit of the output; at least 1e-6.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is not finite or too small.</exception>
    public RootMeanSquareLoss(float floor = 0.004f)
        : base(floor)
    {
    }

    private protected override void AddSequence(
        ref double sum, ReadOnlySpan<double> output, ReadOnlySpan<float> target, ReadOnlySpan<float> lossWeights, int timeSteps,
        Span<double> gradient) =>
        sum += RootMeanSquare(output, target, lossWeights, stride: 1, timeSteps, gradient);
}
