using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>What the recording itself says about a gap: the estimates among like places, and the beats that are expected.</summary>
internal sealed class GapEvidence
{
    /// <summary>[length of the gap]: the weighted mean of the estimates, which the network corrects.</summary>
    public required float[] Mean { get; init; }

    /// <summary>[length of the gap], above 0: how far it may be off.</summary>
    public required float[] ErrorScale { get; init; }

    /// <summary>The places that the estimates are made of.</summary>
    public required IReadOnlyList<WeightedPlace> Places { get; init; }

    /// <summary>Its sharp counterpart; null without one.</summary>
    public PlacedEstimate? Placed { get; init; }

    /// <summary>[length of the gap]: the estimate from what lies before the gap alone; null without one.</summary>
    public float[]? FromLeft { get; init; }

    /// <summary>[length of the gap]: the estimate from what lies after the gap alone; null without one.</summary>
    public float[]? FromRight { get; init; }

    /// <summary>The estimates that it is the mean of.</summary>
    public required IReadOnlyList<ContextEstimate> Estimates { get; init; }

    /// <summary>The estimate from lead to lead; null where no lead survives.</summary>
    public ContextEstimate? Regression { get; init; }

    /// <summary>The beats that the rhythm lets expect; null where too few are known.</summary>
    public BeatForecast? Forecast { get; init; }

    /// <summary>The leads that survive in the gap.</summary>
    public IReadOnlyList<LeadSignal> Surviving { get; init; } = [];

    /// <summary>Returns the mean of those estimates that meet a condition; null where none does.</summary>
    public float[]? MeanOf(Func<ContextEstimate, bool> condition)
    {
        var some = Estimates.Where(condition).ToList();
        if (some.Count == 0)
            return null;
        var mean = new float[Mean.Length];
        foreach (var estimate in some)
        {
            for (var t = 0; t < mean.Length; t++)
                mean[t] += estimate.Samples[t] / some.Count;
        }

        return mean;
    }
}
