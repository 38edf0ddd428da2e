using EcgRecovery.Neural;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>An exponential average of a run's weights: about its last thousand updates, one in eight of which is taken in.</summary>
internal sealed class WeightAverage
{
    /// <summary>Every how many updates.</summary>
    public const int Interval = 8;

    /// <summary>The first tenth of a run is not averaged.</summary>
    public const int SkippedPart = 10;

    private const float Share = 0.008f;

    /// <summary>The average; empty before the first <see cref="Add"/>.</summary>
    public IReadOnlyList<WeightTensor> Weights { get; private set; } = [];

    /// <summary>Takes in weights, which are the average's from then on.</summary>
    public void Add(IReadOnlyList<WeightTensor> weights)
    {
        if (Weights.Count == 0)
        {
            Weights = weights;
            return;
        }

        for (var i = 0; i < weights.Count; i++)
        {
            var mean = Weights[i].Values;
            for (var j = 0; j < mean.Length; j++)
                mean[j] += Share * (weights[i].Values[j] - mean[j]);
        }
    }
}
