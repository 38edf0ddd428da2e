using System.Runtime.InteropServices;

namespace EcgRecovery.Neural.Engine;

/// <summary>Copies sequences between the caller's [B, T, C] and a group's frames [T][rows][16].</summary>
internal static unsafe class Batch
{
    /// <summary>Copies up to 16 sequences to frames; lanes without a sequence become 0.</summary>
    /// <param name="source">[B, T, C], the group's first sequence at <paramref name="first"/>.</param>
    /// <param name="first">The group's first sequence.</param>
    /// <param name="count">Sequences in the group, 1…16.</param>
    /// <param name="steps">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="frames">Receives [T][rows][16].</param>
    /// <param name="rows">Rows of a frame, at least C; rows from C on become 0.</param>
    public static void Load(ReadOnlySpan<float> source, int first, int count, int steps, int channels, float* frames, int rows)
    {
        if (count < 16 || rows > channels)
            NativeMemory.Clear(frames, (nuint)steps * (nuint)rows * 16 * sizeof(float));
        for (var s = 0; s < count; s++)
        {
            var sequence = source.Slice((first + s) * steps * channels, steps * channels);
            var at = 0;
            for (var t = 0; t < steps; t++)
            {
                var frame = frames + ((nint)t * rows * 16) + s;
                for (var c = 0; c < channels; c++, at++)
                    frame[c * 16] = sequence[at];
            }
        }
    }

    /// <summary>Writes loss weights of 1 in lanes with a sequence, 0 in the others.</summary>
    public static void LoadOnes(int count, int steps, int channels, float* frames)
    {
        for (nint i = 0; i < (nint)steps * channels * 16; i++)
            frames[i] = i % 16 < count ? 1f : 0f;
    }

    /// <summary>Copies the outputs of a group from frames.</summary>
    /// <param name="frames">[T][C][16].</param>
    /// <param name="count">Sequences in the group, 1…16.</param>
    /// <param name="steps">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="destination">[B, T, C].</param>
    /// <param name="first">The group's first sequence.</param>
    public static void Store(float* frames, int count, int steps, int channels, Span<float> destination, int first)
    {
        for (var s = 0; s < count; s++)
        {
            var sequence = destination.Slice((first + s) * steps * channels, steps * channels);
            for (var i = 0; i < sequence.Length; i++)
                sequence[i] = frames[((nint)i * 16) + s];
        }
    }
}
