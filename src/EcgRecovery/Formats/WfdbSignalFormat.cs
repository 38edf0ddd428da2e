using System.Buffers.Binary;

namespace EcgRecovery.Formats;

/// <summary>How a WFDB signal file stores its samples.</summary>
/// <remarks>Source: WFDB, signal(5), https://physionet.org/physiotools/wag/signal-5.htm.</remarks>
internal static class WfdbSignalFormat
{
    /// <summary>The formats that are read, as errors list them.</summary>
    public const string ReadNames = "16 or 212";

    public static bool IsRead(int format) => format is 16 or 212;

    /// <summary>The value that marks a missing sample: the format's minimum.</summary>
    public static int MissingValue(int format) => format == 212 ? -2048 : short.MinValue;

    /// <summary>Bytes that hold so many samples.</summary>
    public static long ByteCount(int format, long samples) => format == 212 ? ((samples * 3) + 1) / 2 : samples * 2;

    /// <summary>Whole samples in so many bytes.</summary>
    public static long SampleCount(int format, long bytes) => format == 212 ? bytes * 2 / 3 : bytes / 2;

    /// <param name="format">16 or 212.</param>
    /// <param name="bytes">At least <see cref="ByteCount"/> of the samples.</param>
    /// <param name="destination">The samples, those of all signals of the file interleaved.</param>
    public static void Decode(int format, ReadOnlySpan<byte> bytes, Span<int> destination)
    {
        if (format == 212)
            Decode212(bytes, destination);
        else
            Decode16(bytes, destination);
    }

    /// <summary>Two 12-bit two's complement samples in three bytes.</summary>
    /// <remarks>
    /// Byte 0: low byte of the first sample. Byte 1: low half its high bits, high half those of the second. Byte 2: low byte of the second.
    /// </remarks>
    private static void Decode212(ReadOnlySpan<byte> bytes, Span<int> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var pair = bytes[(i / 2 * 3)..];
            var value = (i & 1) == 0 ? pair[0] | ((pair[1] & 0x0F) << 8) : pair[2] | ((pair[1] & 0xF0) << 4);
            destination[i] = (value << 20) >> 20;
        }
    }

    /// <summary>16-bit two's complement, low byte first.</summary>
    private static void Decode16(ReadOnlySpan<byte> bytes, Span<int> destination)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
    }
}
