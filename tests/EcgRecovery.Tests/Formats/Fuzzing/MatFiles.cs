using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>MATLAB files with one matrix <c>val</c> of two rows of 16-bit numbers, by hand.</summary>
/// <remarks>Source: MathWorks, MAT-File Format, R2019b: level 4 (chapter 2) and level 5 (chapter 1).</remarks>
internal static class MatFiles
{
    private const int Rows = 2;

    /// <summary>Level 4, little-endian, type code 30: five 32-bit words, the name, the columns.</summary>
    public static byte[] Version4(ReadOnlySpan<short> columns) =>
        [.. Words(30, Rows, columns.Length / Rows, 0, 4), .. "val\0"u8, .. Bytes(columns)];

    /// <summary>Level 5: a header of 128 bytes, then a matrix element, perhaps within a compressed one.</summary>
    public static byte[] Version5(ReadOnlySpan<short> columns, bool isCompressed)
    {
        byte[] header = [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, by hand".PadRight(124)), 0x00, 0x01, (byte)'I', (byte)'M'];
        byte[] content =
        [
            .. Words(6, 8, 10, 0), // flags: an array of int16
            .. Words(5, 8, Rows, columns.Length / Rows), // its dimensions
            .. Words((3 << 16) | 1), .. "val\0"u8, // its name, a small element
            .. Words(3, 2 * columns.Length), .. Bytes(columns),
        ];
        byte[] matrix = [.. Words(14, content.Length), .. content];
        return isCompressed ? [.. header, .. Compressed(matrix)] : [.. header, .. matrix];
    }

    private static byte[] Compressed(byte[] element)
    {
        using var stream = new MemoryStream();
        using (var compressor = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            compressor.Write(element);
        return [.. Words(15, (int)stream.Length), .. stream.ToArray()];
    }

    private static byte[] Words(params ReadOnlySpan<int> words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    private static byte[] Bytes(ReadOnlySpan<short> values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        return bytes;
    }
}
