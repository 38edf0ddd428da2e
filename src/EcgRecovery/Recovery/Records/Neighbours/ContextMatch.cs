namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A place in the lead whose contexts are like those of a gap.</summary>
/// <param name="Shift">Samples from the gap to that place.</param>
/// <param name="Stretch">Samples by which its inside is longer than the gap; negative where it is shorter.</param>
/// <param name="Distance">Σ w·(x − x̄ − (q − q̄))², raised for a stretched inside.</param>
internal readonly record struct ContextMatch(int Shift, int Stretch, double Distance)
{
    /// <summary>A stretch of δ samples of L raises the distance by 1 + this · (δ/L)². Chosen on DS1.</summary>
    public const double StretchPenalty = 20;
}
