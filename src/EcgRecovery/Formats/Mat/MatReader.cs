using System.Buffers.Binary;
using System.Text;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Mat;

/// <summary>Lists the variables of a MATLAB file of version 4; hands version 5 to <see cref="MatElements"/>.</summary>
/// <remarks>
/// Version 4: 20 bytes with type, rows, columns, imaginary part and length of the name; the name; the numbers. Version 5: 128 bytes of
/// text, then elements. Source: MathWorks, MAT-File Format, chapters 1 (level 5) and 2 (level 4).
/// </remarks>
/// <param name="source">The file's bytes.</param>
/// <param name="path">The file's name in errors.</param>
internal sealed class MatReader(ArraySource source, string path)
{
    private const int Version4Header = 20;
    private const int Version5Header = 128;
    private const int LongestName = 256;
    private const int LongestText = 1 << 12;

    private static readonly (ArrayNumber Number, bool IsReal)[] s_version4 =
    [
        (ArrayNumber.Double, true), (ArrayNumber.Single, true),
        (ArrayNumber.Int32, false), (ArrayNumber.Int16, false), (ArrayNumber.UInt16, false), (ArrayNumber.UInt8, false),
    ];

    private readonly ArrayContents _contents = new(path, '.');

    /// <summary>Returns whether the first bytes of a file are those of version 5.</summary>
    public static bool IsVersion5(ReadOnlySpan<byte> head) =>
        head.Length >= Version5Header && head[124..128] is [0, 1, (byte)'I', (byte)'M'] or [1, 0, (byte)'M', (byte)'I'];

    /// <summary>Returns whether the first bytes of a file are those of Octave's own formats, text and binary.</summary>
    public static bool IsOctave(ReadOnlySpan<byte> head) => head.StartsWith("# Created by Octave"u8) || head.StartsWith("Octave-1-"u8);

    /// <summary>Lists the variables.</summary>
    /// <exception cref="InvalidDataException">The file is no MATLAB file of these versions, or is broken.</exception>
    public ArrayContents List()
    {
        Span<byte> head = stackalloc byte[Version5Header];
        head = head[..(int)Math.Min(head.Length, source.Length)];
        source.Read(0, head);
        if (IsVersion5(head))
            new MatElements(source, path, _contents, isBig: head[126] == 'M').List(Version5Header);
        else if (IsOctave(head))
            throw new InvalidDataException($"{path} is a file of Octave's own, not MATLAB's: save it with '-v7'.");
        else
            ListVersion4();
        return _contents;
    }

    private void ListVersion4()
    {
        Span<byte> header = stackalloc byte[Version4Header];
        for (var at = 0L; at < source.Length && !_contents.IsFull;)
        {
            if (source.Length - at < Version4Header)
                throw NoMat();
            source.Read(at, header);
            var isBig = BinaryPrimitives.ReadInt32LittleEndian(header) is < 0 or > 9999;
            var type = Int32(header, isBig);
            var (rows, columns) = (Int32(header[4..], isBig), Int32(header[8..], isBig));
            var (imaginary, nameLength) = (Int32(header[12..], isBig), Int32(header[16..], isBig));
            // Thousands: 0 little-endian, 1 big-endian; hundreds: always 0; tens: the numbers; ones: 0 full, 1 text, 2 sparse.
            var number = (type / 10) % 10;
            if (type / 1000 != (isBig ? 1 : 0) || (type / 100) % 10 != 0 || number >= s_version4.Length || type % 10 > 2
                || rows < 0 || columns < 0 || imaginary is not (0 or 1) || nameLength is < 1 or > LongestName)
            {
                throw NoMat();
            }

            var name = ReadName(at + Version4Header, nameLength);
            var (stored, isReal) = s_version4[number];
            var offset = at + Version4Header + nameLength;
            var bytes = (Int128)rows * columns * stored.Size() * (imaginary + 1);
            if (bytes > source.Length - offset)
            {
                throw new InvalidDataException(
                    $"{path}: variable {InputFile.Shorten(name)} has {rows} x {columns} numbers of {stored.Size()} bytes; "
                    + $"the file ends after {source.Length - offset} bytes of them.");
            }

            var array = new NumericArray("", name, name, [rows, columns], stored, source)
            {
                IsReal = isReal,
                IsBigEndian = isBig,
                IsColumnMajor = true,
                Offset = offset,
            };
            if (type % 10 == 1 && array.Count <= LongestText)
                _contents.Add(new ArrayText("", name, ReadText(array)));
            else if (type % 10 != 0 || imaginary != 0)
                _contents.AddOther(name, type % 10 == 2 ? "sparse" : type % 10 == 1 ? "text" : "complex");
            else
                _contents.Add(array);
            at = offset + (long)bytes;
        }
    }

    private InvalidDataException NoMat() => new($"{path} is no MATLAB file of version 4, 5 or 7.3.");

    private string ReadName(long at, int length)
    {
        Span<byte> name = stackalloc byte[LongestName];
        name = name[..(int)Math.Min(length, Math.Max(0, source.Length - at))];
        source.Read(at, name);
        return Encoding.Latin1.GetString(name).TrimEnd('\0');
    }

    // One number a character, one row a text.
    private static IReadOnlyList<string> ReadText(NumericArray array)
    {
        var (rows, columns) = (array.Dimensions[0], array.Dimensions[1]);
        var characters = new double[array.Count];
        array.Read(0, 1, characters);
        return
        [
            .. Enumerable.Range(0, (int)rows).Select(row => string.Concat(
                Enumerable.Range(0, (int)columns).Select(column => (char)(ushort)characters[row + (column * rows)])).Trim('\0', ' '))
        ];
    }

    private static int Int32(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
}
