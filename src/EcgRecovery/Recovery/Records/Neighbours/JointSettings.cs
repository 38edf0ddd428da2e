namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>How places are used that are like a gap in the lost lead and in the surviving ones. The defaults were chosen on DS1.</summary>
internal sealed record JointSettings
{
    /// <summary>k, number of places for an estimate.</summary>
    public int Neighbours { get; init; } = 64;

    /// <summary>λ of the ridge regression.</summary>
    public double Ridge { get; init; } = 0.2;

    /// <summary>How much the surviving leads count against the contexts of the lost one.</summary>
    public double LeadWeight { get; init; } = 0.5;

    /// <summary>p: estimates are averaged with weights eᵖ, e their leave-one-out errors.</summary>
    public double ErrorPower { get; init; } = -6;
}
