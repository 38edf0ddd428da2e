using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>What is known of every recovered value without any model.</summary>
internal static class PaddingRule
{
    /// <summary>Rows lie within 0…1; a gap between zeros lies in the padding, which is 0.</summary>
    public static void Apply(HeartbeatSet set, BrokenBeat beat, Span<float> recovered)
    {
        var isPadding = beat.IsInPadding(set);
        foreach (ref var value in recovered)
            value = isPadding ? 0 : Math.Clamp(value, 0, 1);
    }
}
