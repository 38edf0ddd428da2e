using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Numpy;

/// <summary>The head of a file of one NumPy array.</summary>
/// <remarks>
/// Six bytes of magic, the version, the length of the text (16 bits in version 1, 32 from 2 on), and a Python dictionary:
/// <code>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (12, 5000), }</code>
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </remarks>
internal static partial class NpyHeader
{
    private const int LongestText = 1 << 16;
    private const int LongestTexts = 1 << 16;
    private const int MaximumDimensions = 32;

    /// <summary>Returns whether the first bytes of a file are those of an array.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head) => head.Length > 0 && head[0] == 0x93 && head[1..].StartsWith("NUMPY"u8);

    /// <summary>Reads the head, and adds the array to what a file holds.</summary>
    /// <param name="source">The bytes of the array's file.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="contents">Receives the array.</param>
    /// <exception cref="InvalidDataException">It is no array, or broken.</exception>
    public static void Read(ArraySource source, string name, ArrayContents contents)
    {
        var where = $"{contents.Path}: array {InputFile.Shorten(name)}";
        Span<byte> start = stackalloc byte[12];
        start = start[..(int)Math.Min(start.Length, source.Length)];
        source.Read(0, start);
        if (start.Length < 12 || !Recognizes(start) || start[6] is < 1 or > 3)
            throw new InvalidDataException($"{where} is no NumPy array of version 1 to 3.");
        var (at, length) = start[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(start[8..]))
            : (12, BinaryPrimitives.ReadUInt32LittleEndian(start[8..]));
        if (length > LongestText || at + length > source.Length)
            throw new InvalidDataException($"{where} has a head of {length} bytes; expected at most {LongestText}, within the file.");
        var bytes = new byte[length];
        source.Read(at, bytes);
        var text = Encoding.UTF8.GetString(bytes);
        var (order, shape) = (Order().Match(text), Shape().Match(text));
        if (!order.Success || !shape.Success)
            throw new InvalidDataException($"{where} has no order and shape in its head: {InputFile.Shorten(text.Trim())}");
        var type = Type().Match(text);
        if (!type.Success)
        {
            contents.AddOther(name, "of fields, a structured array");
            return;
        }

        Add(source, name, contents, where, type, Dimensions(shape.Groups[1].Value, where), order.Groups[1].Value == "True", at + length);
    }

    private static void Add(
        ArraySource source, string name, ArrayContents contents, string where, Match type, long[] dimensions, bool isColumnMajor,
        long offset)
    {
        var (kind, size) = (type.Groups[2].Value[0], Size(type.Groups[3].Value));
        var isBig = type.Groups[1].Value == ">";
        var number = kind switch
        {
            'i' => ArrayNumbers.Whole(size, isSigned: true),
            'u' => ArrayNumbers.Whole(size, isSigned: false),
            'f' => ArrayNumbers.Float(size),
            _ => null,
        };
        if (number is { } stored)
        {
            var array = new NumericArray("", name, name, dimensions, stored, source)
            {
                IsBigEndian = isBig,
                IsColumnMajor = isColumnMajor,
                Offset = offset,
            };
            if (dimensions.All(length => length > 0) && (array.Count == 0 || array.Count > (source.Length - offset) / stored.Size()))
            {
                throw new InvalidDataException(
                    $"{where} has {string.Join(" x ", dimensions)} numbers of {size} bytes; {source.Length - offset} bytes are there.");
            }

            contents.Add(array);
        }
        else if (kind is 'U' or 'S')
        {
            AddTexts(source, name, contents, kind == 'U' ? size * 4 : size, kind, isBig, dimensions, offset);
        }
        else
        {
            contents.AddOther(name, kind switch
            {
                'O' => "of Python objects",
                'c' => "complex",
                'b' => "logical",
                'M' or 'm' => "of dates",
                _ => $"of type {type.Groups[2].Value}{type.Groups[3].Value}",
            });
        }
    }

    private static void AddTexts(
        ArraySource source, string name, ArrayContents contents, long size, char kind, bool isBig, long[] dimensions, long offset)
    {
        var total = ArraySize.Product(dimensions, size);
        if (dimensions.Length > 1 || size <= 0 || total > Math.Min(LongestTexts, source.Length - offset))
        {
            contents.AddOther(name, "text");
            return;
        }

        var bytes = new byte[total];
        source.Read(offset, bytes);
        Encoding encoding = kind == 'U' ? new UTF32Encoding(isBig, byteOrderMark: false) : Encoding.UTF8;
        contents.Add(new ArrayText(
            "", name, [.. bytes.Chunk((int)size).Select(text => encoding.GetString(text).Trim('\0', ' '))]));
    }

    private static long[] Dimensions(string shape, string where)
    {
        var lengths = shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var dimensions = new long[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            // Python 2 wrote 12L.
            if (lengths.Length > MaximumDimensions
                || !long.TryParse(lengths[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out dimensions[i]))
            {
                throw new InvalidDataException($"{where} has the shape ({InputFile.Shorten(shape)}); expected whole numbers.");
            }
        }

        return dimensions;
    }

    // No type of a number has more digits.
    private static int Size(string digits) => digits.Length is > 0 and <= 6 ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=]?)([A-Za-z?])(\d*)[^']*'")]
    private static partial Regex Type();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex Shape();
}
