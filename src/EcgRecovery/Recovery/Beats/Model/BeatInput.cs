namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a network sees of a beat with missing samples.</summary>
internal static class BeatInput
{
    /// <summary>Outside 0…1, so that missing cannot be mistaken for a low sample or for padding.</summary>
    public const float MissingWhenMasked = -1f;

    /// <summary>The original zeroed the gap, which looks like padding.</summary>
    public const float MissingInOriginal = 0f;

    /// <summary>Replaces NaN by the value that the model was trained to read as missing.</summary>
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
