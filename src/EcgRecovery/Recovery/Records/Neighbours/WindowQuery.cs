using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A surviving lead in a gap and its contexts at the search's rate: what is searched. Missing samples weigh nothing.</summary>
internal sealed class WindowQuery
{
    private WindowQuery(float[] weights, float[] taps) => (Weights, Taps) = (weights, taps);

    /// <summary>Weights, [context + gap + context]: 1 in the gap, those of the shape beside it, 0 where a sample is missing.</summary>
    public float[] Weights { get; }

    /// <summary>w·(q − q̄), [context + gap + context].</summary>
    public float[] Taps { get; }

    /// <summary>Samples before the gap to the farthest one with a weight.</summary>
    public required int LeftLength { get; init; }

    /// <summary>Samples after the gap to the farthest one with a weight.</summary>
    public required int RightLength { get; init; }

    /// <summary>Σ w.</summary>
    public required float Weight { get; init; }

    /// <summary>Σ w·(q − q̄)².</summary>
    public required float Energy { get; init; }

    /// <summary>Whether no weight is 0.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Takes a lead in a gap and beside it.</summary>
    /// <param name="signal">The surviving lead at the search's rate, observed in the gap.</param>
    /// <param name="gap">The gap at the search's rate.</param>
    /// <param name="shape">The contexts' shape.</param>
    public static WindowQuery Of(SearchSignal signal, SampleSpan gap, ContextShape shape)
    {
        var beside = shape.Weights(signal.FrequencyHz);
        var (context, length) = (beside.Length, (int)gap.Length);
        var weights = new float[length + (2 * context)];
        var first = (int)gap.Start - context;
        var (total, sum, energy) = (0.0, 0.0, 0.0);
        for (var j = 0; j < weights.Length; j++)
        {
            var t = first + j;
            if (t < 0 || t >= signal.Length || signal.IsMissing[t])
                continue;
            weights[j] = j < context ? beside[context - 1 - j] : j < context + length ? 1 : beside[j - context - length];
            total += weights[j];
            sum += weights[j] * signal.Samples[t];
        }

        var taps = new float[weights.Length];
        var mean = sum / Math.Max(total, 1e-30);
        for (var j = 0; j < weights.Length; j++)
        {
            if (weights[j] == 0)
                continue;
            var value = signal.Samples[first + j] - mean;
            taps[j] = (float)(weights[j] * value);
            energy += weights[j] * value * value;
        }

        return new WindowQuery(weights, taps)
        {
            LeftLength = Math.Max(0, context - Array.FindIndex(weights, weight => weight != 0)),
            RightLength = Math.Max(0, Array.FindLastIndex(weights, weight => weight != 0) + 1 - context - length),
            Weight = (float)total,
            Energy = (float)energy,
            IsWhole = Array.TrueForAll(weights, weight => weight != 0),
        };
    }
}
