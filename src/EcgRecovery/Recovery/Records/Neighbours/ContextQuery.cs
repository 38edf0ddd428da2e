using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The contexts beside one gap at the search's rate: what is searched. Missing samples within them weigh nothing.</summary>
internal sealed class ContextQuery
{
    // With less of the nominal weight than this on a side, the side says too little to be matched.
    private const double MinimumWeight = 0.25;

    private ContextQuery(float[] leftWeights, float[] rightWeights, float[] leftTaps, float[] rightTaps)
    {
        (LeftWeights, RightWeights, LeftTaps, RightTaps) = (leftWeights, rightWeights, leftTaps, rightTaps);
        (LeftLength, RightLength) = (Reach(leftWeights), Reach(rightWeights));
    }

    /// <summary>Weights by distance from the gap; 0 where a sample is missing.</summary>
    public float[] LeftWeights { get; }

    /// <inheritdoc cref="LeftWeights"/>
    public float[] RightWeights { get; }

    /// <summary>w·(q − q̄) by distance from the gap.</summary>
    public float[] LeftTaps { get; }

    /// <inheritdoc cref="LeftTaps"/>
    public float[] RightTaps { get; }

    /// <summary>Samples to the farthest one with a weight.</summary>
    public int LeftLength { get; }

    /// <inheritdoc cref="LeftLength"/>
    public int RightLength { get; }

    /// <summary>Σ w.</summary>
    public required float Weight { get; init; }

    /// <summary>Σ w·(q − q̄)².</summary>
    public required float Energy { get; init; }

    /// <summary>Σ w of the left context.</summary>
    public required float LeftWeight { get; init; }

    /// <summary>Σ w·(q − q̄) of the left context.</summary>
    public required float LeftTapSum { get; init; }

    /// <summary>Σ w·(q − q̄)² of the left context.</summary>
    public required float LeftEnergy { get; init; }

    /// <summary>Whether enough is observed before the gap to be matched by that alone.</summary>
    public required bool IsLeftEnough { get; init; }

    /// <summary>Whether enough is observed after the gap to be matched by that alone.</summary>
    public required bool IsRightEnough { get; init; }

    /// <summary>Whether the weights are the shape's own.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Takes the contexts of a gap.</summary>
    /// <param name="signal">The lead at the search's rate.</param>
    /// <param name="gap">The gap at the search's rate.</param>
    /// <param name="shape">The contexts' shape.</param>
    /// <returns>Null where too little is observed on both sides.</returns>
    public static ContextQuery? Of(SearchSignal signal, SampleSpan gap, ContextShape shape)
    {
        var weights = shape.Weights(signal.FrequencyHz);
        var (left, right) = ((float[])weights.Clone(), (float[])weights.Clone());
        var (start, end) = ((int)gap.Start, (int)gap.End);
        for (var j = 0; j < weights.Length; j++)
        {
            if (start - 1 - j < 0 || signal.IsMissing[start - 1 - j])
                left[j] = 0;
            if (end + j >= signal.Length || signal.IsMissing[end + j])
                right[j] = 0;
        }

        double leftWeight = left.Sum(), rightWeight = right.Sum(), total = leftWeight + rightWeight, nominal = weights.Sum();
        var (isLeftEnough, isRightEnough) = (leftWeight >= MinimumWeight * nominal, rightWeight >= MinimumWeight * nominal);
        if (!isLeftEnough && !isRightEnough)
            return null;
        var (sum, energy, leftEnergy) = (0.0, 0.0, 0.0);
        for (var j = 0; j < weights.Length; j++)
            sum += (left[j] * Left(j)) + (right[j] * Right(j));
        var mean = sum / total;
        var (leftTaps, rightTaps) = (new float[weights.Length], new float[weights.Length]);
        for (var j = 0; j < weights.Length; j++)
        {
            double l = Left(j) - mean, r = Right(j) - mean;
            (leftTaps[j], rightTaps[j]) = ((float)(left[j] * l), (float)(right[j] * r));
            energy += (left[j] * l * l) + (right[j] * r * r);
            leftEnergy += left[j] * l * l;
        }

        return new ContextQuery(left, right, leftTaps, rightTaps)
        {
            Weight = (float)total,
            Energy = (float)energy,
            LeftWeight = (float)leftWeight,
            LeftTapSum = leftTaps.Sum(),
            LeftEnergy = (float)leftEnergy,
            IsLeftEnough = isLeftEnough,
            IsRightEnough = isRightEnough,
            IsWhole = leftWeight + rightWeight == 2 * nominal,
        };

        double Left(int j) => left[j] == 0 ? 0 : signal.Samples[start - 1 - j];
        double Right(int j) => right[j] == 0 ? 0 : signal.Samples[end + j];
    }

    private static int Reach(float[] weights) => Array.FindLastIndex(weights, weight => weight != 0) + 1;
}
