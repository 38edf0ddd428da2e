using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EcgRecovery.Tests.Formats.Mat;

/// <summary>MATLAB files of version 5, element by element.</summary>
/// <remarks>Source: MathWorks, MAT-File Format, R2019b, chapter 1.</remarks>
internal static class MatBytes
{
    private const int Matrix = 14;
    private const int Packed = 15;

    /// <summary>A file of variables.</summary>
    public static byte[] File(params ReadOnlySpan<byte[]> variables)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, by hand".PadRight(124)));
        bytes.AddRange([0x00, 0x01, (byte)'I', (byte)'M']);
        foreach (var variable in variables)
            bytes.AddRange(variable);
        return [.. bytes];
    }

    /// <summary>A matrix of doubles, column by column.</summary>
    public static byte[] Doubles(string name, int rows, int columns, params ReadOnlySpan<double> values) =>
        Variable(name, 6, [rows, columns], Element(9, Bytes(values, BinaryPrimitives.WriteDoubleLittleEndian, 8)));

    /// <summary>Numbers of another class: its code, that of their storage type, and their bytes.</summary>
    public static byte[] Numbers(string name, int @class, int type, int rows, int columns, ReadOnlySpan<byte> numbers) =>
        Variable(name, @class, [rows, columns], Element(type, numbers));

    /// <summary>A row of characters.</summary>
    public static byte[] Text(string name, string text) =>
        Variable(name, 4, [1, text.Length], Element(16, Encoding.UTF8.GetBytes(text)));

    /// <summary>A matrix of characters, a text in each row.</summary>
    public static byte[] Texts(string name, params ReadOnlySpan<string> rows)
    {
        var text = new StringBuilder();
        for (var column = 0; column < rows[0].Length; column++)
        {
            foreach (var row in rows)
                text.Append(row[column]);
        }

        return Variable(name, 4, [rows.Length, rows[0].Length], Element(16, Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>A cell array; its cells have no names.</summary>
    public static byte[] Cells(string name, params ReadOnlySpan<byte[]> cells) => Variable(name, 1, [1, cells.Length], Join(cells));

    /// <summary>A struct, or a struct array if there are several times as many values as fields; values have no names.</summary>
    public static byte[] Struct(string name, string[] fields, params ReadOnlySpan<byte[]> values)
    {
        var names = string.Concat(fields.Select(field => field.PadRight(32, '\0')));
        byte[] content = [.. Words((4 << 16) | 5, 32), .. Element(1, Encoding.ASCII.GetBytes(names)), .. Join(values)];
        return Variable(name, 2, [1, values.Length / fields.Length], content);
    }

    /// <summary>A variable of any class.</summary>
    public static byte[] Variable(string name, int @class, int[] dimensions, ReadOnlySpan<byte> content)
    {
        byte[] body =
        [
            .. Element(6, Words(@class, 0)), .. Element(5, Words(dimensions)), .. Element(1, Encoding.ASCII.GetBytes(name)), .. content
        ];
        return Element(Matrix, body);
    }

    /// <summary>A variable, packed.</summary>
    public static byte[] Pack(byte[] variable)
    {
        using var stream = new MemoryStream();
        using (var compressor = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            compressor.Write(variable);
        return [.. Words(Packed, (int)stream.Length), .. stream.ToArray()];
    }

    private static byte[] Element(int type, ReadOnlySpan<byte> content) =>
        [.. Words(type, content.Length), .. content, .. new byte[(8 - (content.Length % 8)) % 8]];

    private static byte[] Join(ReadOnlySpan<byte[]> elements)
    {
        var bytes = new List<byte>();
        foreach (var element in elements)
            bytes.AddRange(element);
        return [.. bytes];
    }

    private static byte[] Words(params ReadOnlySpan<int> words) => Bytes(words, BinaryPrimitives.WriteInt32LittleEndian, 4);

    private delegate void Write<T>(Span<byte> destination, T value);

    private static byte[] Bytes<T>(ReadOnlySpan<T> values, Write<T> write, int size)
    {
        var bytes = new byte[size * values.Length];
        for (var i = 0; i < values.Length; i++)
            write(bytes.AsSpan(size * i), values[i]);
        return bytes;
    }
}
