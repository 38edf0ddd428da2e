namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The samples on each side of a gap that are compared, and how much each counts: exp(−distance from the gap/τ).</summary>
/// <param name="Seconds">Duration on each side.</param>
/// <param name="TauSeconds">τ; infinite where all samples count alike.</param>
internal readonly record struct ContextShape(double Seconds, double TauSeconds)
{
    /// <summary>Whether places are also searched by each side alone.</summary>
    public bool IsUsedApart { get; init; }

    /// <summary>Number of samples on each side, at least 1.</summary>
    public int Length(double samplingFrequencyHz) => Math.Max(1, (int)Math.Round(Seconds * samplingFrequencyHz));

    /// <summary>Returns the weights by distance from the gap, [length]; the nearest sample comes first.</summary>
    public float[] Weights(double samplingFrequencyHz)
    {
        var weights = new float[Length(samplingFrequencyHz)];
        for (var j = 0; j < weights.Length; j++)
            weights[j] = (float)Math.Exp(-j / (TauSeconds * samplingFrequencyHz));
        return weights;
    }
}

/// <summary>The sides of a gap whose samples are compared.</summary>
internal enum ContextSides
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>Only what lies before it.</summary>
    Left,

    /// <summary>Only what lies after it.</summary>
    Right,
}
