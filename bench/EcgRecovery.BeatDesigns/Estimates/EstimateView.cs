using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.BeatDesigns.Estimates;

/// <summary>What of a beat a locally linear estimate looks at.</summary>
/// <param name="Context">Samples on each side of a gap.</param>
/// <param name="Ridge">λ, as the product's method has it.</param>
internal sealed record EstimateView(int Context, double Ridge)
{
    /// <summary>All that is visible; λ is what the product's method chooses for patients it has never seen.</summary>
    public static EstimateView AllVisible { get; } = new(HeartbeatSet.BeatLength, 3);

    /// <summary>The gap's surroundings: 0.2 s on each side.</summary>
    public static EstimateView Local { get; } = new(24, 3);

    /// <summary>The samples that the estimate of a broken beat does not look at, as if they were missing.</summary>
    /// <param name="beat">The broken beat.</param>
    /// <param name="isMissing">Those that really are, [187].</param>
    public MissingPattern Pattern(BrokenBeat beat, out bool[] isMissing)
    {
        isMissing = new bool[HeartbeatSet.BeatLength];
        beat.MarkMissing(isMissing);
        var seen = new float[isMissing.Length];
        for (var t = 0; t < seen.Length; t++)
        {
            var around = isMissing.AsSpan(Math.Max(0, t - Context)..Math.Min(seen.Length, t + Context + 1));
            if (isMissing[t] || !around.Contains(true))
                seen[t] = float.NaN;
        }

        return MissingPattern.Group(seen)[0].Pattern;
    }
}
