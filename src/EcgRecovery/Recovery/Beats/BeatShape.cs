using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats;

/// <summary>The check of the shape of a batch of beats.</summary>
internal static class BeatShape
{
    /// <param name="beats">[N, 187].</param>
    /// <param name="destination">[N, 187].</param>
    /// <exception cref="ArgumentException">The spans are not whole rows, or have different lengths.</exception>
    public static void Check(ReadOnlySpan<float> beats, Span<float> destination)
    {
        if (beats.Length % HeartbeatSet.BeatLength != 0)
            throw new ArgumentException($"beats has {beats.Length} values; expected [N, {HeartbeatSet.BeatLength}].", nameof(beats));
        if (destination.Length != beats.Length)
        {
            throw new ArgumentException(
                $"destination has {destination.Length} values; expected {beats.Length}, as many as beats.", nameof(destination));
        }
    }
}
