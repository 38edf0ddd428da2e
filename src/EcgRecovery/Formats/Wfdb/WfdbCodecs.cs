using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Packs and unpacks the samples of each signal format, as signal(5) specifies.</summary>
/// <remarks>
/// Samples are those of all signals of a file, interleaved; bytes begin at a group. <c>(value &lt;&lt; k) >> k</c> extends the sign of the
/// lowest 32 − k bits. Source: WFDB, signal(5), https://physionet.org/physiotools/wag/signal-5.htm.
/// </remarks>
internal static class WfdbCodecs
{
    /// <summary>8-bit first differences.</summary>
    public static void Unpack8(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        var source = MemoryMarshal.Cast<byte, sbyte>(bytes)[..samples.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = source[i];
    }

    /// <inheritdoc cref="Unpack8"/>
    public static void Pack8(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            bytes[i] = (byte)samples[i];
    }

    /// <summary>16 bits, two's complement, low byte first.</summary>
    public static void Unpack16(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        if (!BitConverter.IsLittleEndian)
        {
            for (var i = 0; i < samples.Length; i++)
                samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
            return;
        }

        var source = MemoryMarshal.Cast<byte, short>(bytes)[..samples.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = source[i];
    }

    /// <inheritdoc cref="Unpack16"/>
    public static void Pack16(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], (short)samples[i]);
    }

    /// <summary>24 bits, two's complement, lowest byte first.</summary>
    public static void Unpack24(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var three = bytes.Slice(3 * i, 3);
            samples[i] = ((three[0] | (three[1] << 8) | (three[2] << 16)) << 8) >> 8;
        }
    }

    /// <inheritdoc cref="Unpack24"/>
    public static void Pack24(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var three = bytes.Slice(3 * i, 3);
            (three[0], three[1], three[2]) = ((byte)samples[i], (byte)(samples[i] >> 8), (byte)(samples[i] >> 16));
        }
    }

    /// <summary>32 bits, two's complement, lowest byte first.</summary>
    public static void Unpack32(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
    }

    /// <inheritdoc cref="Unpack32"/>
    public static void Pack32(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 * i)..], samples[i]);
    }

    /// <summary>16 bits, two's complement, high byte first.</summary>
    public static void Unpack61(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * i)..]);
    }

    /// <inheritdoc cref="Unpack61"/>
    public static void Pack61(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16BigEndian(bytes[(2 * i)..], (short)samples[i]);
    }

    /// <summary>8 bits, offset binary: the byte minus 128.</summary>
    public static void Unpack80(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        var source = bytes[..samples.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = source[i] - 128;
    }

    /// <inheritdoc cref="Unpack80"/>
    public static void Pack80(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            bytes[i] = (byte)(samples[i] + 128);
    }

    /// <summary>16 bits, offset binary, low byte first: the number minus 32768.</summary>
    public static void Unpack160(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) - 32768;
    }

    /// <inheritdoc cref="Unpack160"/>
    public static void Pack160(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], (ushort)(samples[i] + 32768));
    }

    /// <summary>
    /// Two samples of 12 bits in three bytes. The first: byte 0, with the low half of byte 1 as its high bits. The second: byte 2, with the
    /// high half of byte 1 as its high bits. A single sample at the end takes two bytes.
    /// </summary>
    public static void Unpack212(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var pair = bytes[(i / 2 * 3)..];
            var value = (i & 1) == 0 ? pair[0] | (pair[1] << 8) : pair[2] | ((pair[1] & 0xF0) << 4);
            samples[i] = (value << 20) >> 20;
        }
    }

    /// <inheritdoc cref="Unpack212"/>
    public static void Pack212(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        var at = 0;
        for (var i = 0; i < samples.Length - 1; i += 2, at += 3)
        {
            var (first, second) = (samples[i], samples[i + 1]);
            bytes[at] = (byte)first;
            bytes[at + 1] = (byte)(((first >> 8) & 0x0F) | ((second >> 4) & 0xF0));
            bytes[at + 2] = (byte)second;
        }

        if (samples.Length % 2 == 1)
            BinaryPrimitives.WriteInt16LittleEndian(bytes[at..], (short)(samples[^1] & 0xFFF));
    }

    /// <summary>
    /// Three samples of 10 bits in two 16-bit words, low byte first. The first: bits 1 to 10 of word 0; the second: bits 1 to 10 of word 1;
    /// the third: the top five bits of word 0, and above them those of word 1. Bit 0 is unused. A single sample at the end takes one word,
    /// two take both.
    /// </summary>
    public static void Unpack310(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var group = bytes[(i / 3 * 4)..];
            var value = (i % 3) switch
            {
                0 => Word(group, 0) >> 1,
                1 => Word(group, 1) >> 1,
                _ => (Word(group, 0) >> 11) | ((Word(group, 1) & 0xF800) >> 6),
            };
            samples[i] = (value << 22) >> 22;
        }

        static int Word(ReadOnlySpan<byte> group, int word) => BinaryPrimitives.ReadUInt16LittleEndian(group[(2 * word)..]);
    }

    /// <inheritdoc cref="Unpack310"/>
    public static void Pack310(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i += 3)
        {
            var group = bytes[(i / 3 * 4)..];
            var third = At(samples, i + 2);
            BinaryPrimitives.WriteUInt16LittleEndian(group, (ushort)(((At(samples, i) << 1) & 0x7FE) | (third << 11)));
            if (i + 1 < samples.Length)
            {
                var word = ((At(samples, i + 1) << 1) & 0x7FE) | ((third << 6) & 0xF800);
                BinaryPrimitives.WriteUInt16LittleEndian(group[2..], (ushort)word);
            }
        }
    }

    /// <summary>
    /// Three samples of 10 bits in one 32-bit word, lowest byte first: bits 0 to 9, 10 to 19, 20 to 29. Bits 30 and 31 are unused. A single
    /// sample at the end takes two bytes, two take three (WFDB's library writes four).
    /// </summary>
    public static void Unpack311(ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            // The 10 bits are in two neighbouring bytes.
            var bit = i % 3 * 10;
            var two = BinaryPrimitives.ReadUInt16LittleEndian(bytes[((i / 3 * 4) + (bit / 8))..]);
            samples[i] = (two >> (bit % 8) << 22) >> 22;
        }
    }

    /// <inheritdoc cref="Unpack311"/>
    public static void Pack311(ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[4];
        for (var i = 0; i < samples.Length; i += 3)
        {
            var value = (At(samples, i) & 0x3FF) | ((At(samples, i + 1) & 0x3FF) << 10) | ((At(samples, i + 2) & 0x3FF) << 20);
            BinaryPrimitives.WriteInt32LittleEndian(word, value);
            word[..(samples.Length - i == 1 ? 2 : 4)].CopyTo(bytes[(i / 3 * 4)..]);
        }
    }

    private static int At(ReadOnlySpan<int> samples, int i) => i < samples.Length ? samples[i] : 0;
}
