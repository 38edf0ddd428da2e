namespace EcgRecovery.Beats;

/// <summary>The quality of a stretch of one lead, by <see cref="SignalQuality"/>.</summary>
/// <param name="BeatSimilarity">Mean correlation of each beat with the most similar one, 0 to 1; 0 with fewer than two beats.</param>
/// <param name="HumShare">Power above 40 Hz as a share of all above 1 Hz, 0 to 1.</param>
internal readonly record struct LeadQuality(double BeatSimilarity, double HumShare)
{
    // Chosen on DS1 and LUDB 1–160.
    private const double MinimumBeatSimilarity = 0.72;
    private const double MaximumHumShare = 0.4;

    /// <summary>The quality as one number, 0 (noise) to 1, by which leads and stretches can be compared.</summary>
    public double Value => BeatSimilarity * (1 - HumShare);

    /// <summary>Whether the stretch is noise, so that nothing can be learned from it.</summary>
    public bool IsNoise => BeatSimilarity < MinimumBeatSimilarity || HumShare > MaximumHumShare;
}
