namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>How a method uses the places with similar contexts.</summary>
internal sealed record ContextSettings
{
    /// <summary>The contexts; every shape gives an estimate.</summary>
    public required IReadOnlyList<ContextShape> Shapes { get; init; }

    /// <summary>k, number of places for an estimate.</summary>
    public required int Neighbours { get; init; }

    /// <summary>λ of the ridge regression; infinite for the weighted mean of the places' insides.</summary>
    public required double Ridge { get; init; }

    /// <summary>
    /// p: estimates are averaged with weights eᵖ, e their leave-one-out errors. These are alike, and a high power lets the best count.
    /// </summary>
    public double ErrorPower { get; init; } = -6;

    /// <summary>Whether a second estimate per shape takes places whose inside is shorter or longer than the gap.</summary>
    public bool IsElastic { get; init; }

    /// <summary>The shortest gap, in seconds, in which places are ranked by the expected beats too; infinite for never.</summary>
    public double BeatsFromSeconds { get; init; } = double.PositiveInfinity;
}
