using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>
/// Unpacks format 212, that of most recordings of PhysioNet, eight samples at a time; specified by <see cref="WfdbCodecs.Unpack212"/>.
/// </summary>
internal static class Wfdb212
{
    private const int Samples = 8;
    private const int Bytes = 12;

    // A load reads more bytes than a step uses.
    private const int LoadedBytes = 16;

    /// <summary>Unpacks samples in the file's order.</summary>
    /// <param name="bytes">Two samples in three bytes.</param>
    /// <param name="samples">Receives the samples.</param>
    public static void Unpack(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        var i = 0;
        var at = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var target = ref MemoryMarshal.GetReference(samples);
            for (; i <= samples.Length - Samples && at <= bytes.Length - LoadedBytes; i += Samples, at += Bytes)
            {
                // From four first and four second samples to first, second, first, …
                var words = Vector128.Shuffle(Pairs(bytes, at), Vector128.Create((short)0, 4, 1, 5, 2, 6, 3, 7));
                var (low, high) = Vector128.Widen(words);
                low.StoreUnsafe(ref target, (nuint)i);
                high.StoreUnsafe(ref target, (nuint)i + 4);
            }
        }

        WfdbCodecs.Unpack212(bytes[at..], samples[i..]);
    }

    /// <summary>Unpacks the interleaved samples of two signals, each to its own destination.</summary>
    /// <param name="bytes">A sample of each signal in three bytes.</param>
    /// <param name="first">Receives the first signal's samples.</param>
    /// <param name="second">Receives the second signal's samples, as many.</param>
    public static void UnpackTwo(ReadOnlySpan<byte> bytes, Span<int> first, Span<int> second)
    {
        var i = 0;
        var at = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var firsts = ref MemoryMarshal.GetReference(first);
            ref var seconds = ref MemoryMarshal.GetReference(second[..first.Length]);
            for (; i <= first.Length - (Samples / 2) && at <= bytes.Length - LoadedBytes; i += Samples / 2, at += Bytes)
            {
                var (low, high) = Vector128.Widen(Pairs(bytes, at));
                low.StoreUnsafe(ref firsts, (nuint)i);
                high.StoreUnsafe(ref seconds, (nuint)i);
            }
        }

        for (; i < first.Length; i++, at += 3)
        {
            first[i] = ((bytes[at] | (bytes[at + 1] << 8)) << 20) >> 20;
            second[i] = ((bytes[at + 2] | ((bytes[at + 1] & 0xF0) << 4)) << 20) >> 20;
        }
    }

    /// <summary>Unpacks four pairs: the four first samples, then the four second ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Pairs(ReadOnlySpan<byte> bytes, int at)
    {
        var loaded = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)at);
        // Words of bytes 0 and 1 of a pair for the first sample, of bytes 2 and 1 for the second, low byte first.
        var order = Vector128.Create((byte)0, 1, 3, 4, 6, 7, 9, 10, 2, 1, 5, 4, 8, 7, 11, 10);
        var words = Vector128.Shuffle(loaded, order).AsInt16();
        var first = (words << 4) >> 4;
        var low = Vector128.Create((short)0xFF);
        var second = (words & low) | ((words >> 4) & ~low);
        return Vector128.ConditionalSelect(Vector128.Create(-1L, 0L).AsInt16(), first, second);
    }
}
