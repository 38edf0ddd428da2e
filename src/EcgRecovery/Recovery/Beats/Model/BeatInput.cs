namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The input of a network that sees only the row.</summary>
internal static class BeatInput
{
    /// <summary>A missing sample in masked training: outside 0…1, so that it differs from low samples and from padding.</summary>
    public const float MissingWhenMasked = -1f;

    /// <summary>A missing sample in the original: 0, like padding.</summary>
    public const float MissingInOriginal = 0f;

    /// <summary>Replaces NaN by the model's value for a missing sample.</summary>
    /// <param name="beats">[N, 187]; NaN = missing.</param>
    /// <param name="masked">Whether the model was trained with gaps.</param>
    /// <param name="destination">Receives [N, 187, 1].</param>
    public static void Encode(ReadOnlySpan<float> beats, bool masked, Span<float> destination)
    {
        var missing = masked ? MissingWhenMasked : MissingInOriginal;
        for (var i = 0; i < beats.Length; i++)
            destination[i] = float.IsNaN(beats[i]) ? missing : beats[i];
    }
}
