using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Mat;

/// <summary>Finds the variable <c>val</c> in a MATLAB file of version 4 or 5.</summary>
/// <remarks>
/// Version 4: 20 bytes with type, rows, columns, imaginary part and length of the name; the name; the numbers. Version 5: 128 bytes of
/// text, then elements, each a tag (type, bytes) and content. A variable consists of elements itself: flags, dimensions, name, numbers. An
/// element may be packed with zlib. Source: MathWorks, MAT-File Format, chapters 1 (level 5) and 2 (level 4).
/// </remarks>
/// <param name="source">The file's bytes.</param>
/// <param name="path">The file's name in errors.</param>
internal sealed class MatReader(MatSource source, string path)
{
    /// <summary>The largest packed variable that is unpacked into memory: 24 hours of twelve leads of 16 bits at 125 Hz.</summary>
    public const int MaximumUnpackedBytes = 1 << 28;

    private const string Name = "val";
    private const int Version4Header = 20;
    private const int Version5Header = 128;
    private const int LongestName = 256;
    private const int MaximumVariables = 10_000;

    // zlib's largest compression ratio.
    private const int LargestRatio = 1032;

    private static readonly (MatNumber Number, bool IsReal)[] s_version4 =
    [
        (MatNumber.Double, true), (MatNumber.Single, true),
        (MatNumber.Int32, false), (MatNumber.Int16, false), (MatNumber.UInt16, false), (MatNumber.UInt8, false),
    ];

    private readonly List<string> _others = [];

    private enum Element
    {
        Int8 = 1,
        UInt8 = 2,
        Int16 = 3,
        UInt16 = 4,
        Int32 = 5,
        UInt32 = 6,
        Single = 7,
        Double = 9,
        Matrix = 14,
        Packed = 15,
    }

    /// <summary>Finds the variable.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no MATLAB file of these versions, or has no such matrix of a kind that is read.
    /// </exception>
    public MatMatrix Find()
    {
        Span<byte> head = stackalloc byte[Version5Header];
        head = head[..(int)Math.Min(head.Length, source.Length)];
        source.Read(0, head);
        if (head.StartsWith("\x89HDF"u8) || head.StartsWith("MATLAB 7.3"u8))
            throw new InvalidDataException($"{path} is a MATLAB 7.3 file (HDF5); expected version 4 or 5: save it with '-v7'.");
        if (head.Length == Version5Header && head[124..] is [0, 1, (byte)'I', (byte)'M'] or [1, 0, (byte)'M', (byte)'I'])
            return FindVersion5(head[126] == 'M');
        return FindVersion4();
    }

    private MatMatrix FindVersion4()
    {
        Span<byte> header = stackalloc byte[Version4Header];
        for (var at = 0L; at < source.Length && _others.Count < MaximumVariables;)
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
            var bytes = (Int128)rows * columns * MatMatrix.Size(stored) * (imaginary + 1);
            if (bytes > source.Length - offset)
            {
                throw new InvalidDataException(
                    $"{path}: variable {InputFile.Shorten(name)} has {rows} x {columns} numbers of {MatMatrix.Size(stored)} bytes; "
                    + $"the file ends after {source.Length - offset} bytes of them.");
            }

            if (name == Name)
            {
                if (type % 10 != 0 || imaginary != 0)
                    throw NotRead(type % 10 == 2 ? "sparse" : type % 10 == 1 ? "text" : "complex");
                return new MatMatrix(rows, columns, stored, isReal, isBig, offset, source);
            }

            _others.Add(name);
            at = offset + (long)bytes;
        }

        throw Missing();
    }

    private InvalidDataException NoMat() => new($"{path} is no MATLAB file of version 4 or 5.");

    private InvalidDataException NotRead(string what) =>
        new($"{path}: variable {Name} is {what}; expected a full matrix of real numbers, one row per lead.");

    private InvalidDataException Missing()
    {
        var others = _others.Count == 0 ? "none" : InputFile.Shorten(string.Join(", ", _others.Take(10)));
        return new InvalidDataException($"{path} has no variable {Name}, which wfdb2mat writes; it has {others}.");
    }

    private string ReadName(long at, int length)
    {
        Span<byte> name = stackalloc byte[LongestName];
        name = name[..(int)Math.Min(length, Math.Max(0, source.Length - at))];
        source.Read(at, name);
        return Encoding.Latin1.GetString(name).TrimEnd('\0');
    }

    private MatMatrix FindVersion5(bool isBig)
    {
        for (var at = (long)Version5Header; at < source.Length && _others.Count < MaximumVariables;)
        {
            var tag = ReadTag(source, at, isBig);
            if (tag.Content + tag.Bytes > source.Length)
            {
                throw new InvalidDataException(
                    $"{path}: the element at byte {at} has {tag.Bytes} bytes; the file ends at {source.Length}.");
            }

            if (tag.Type == Element.Matrix && ReadMatrix(source, at, isBig) is { } matrix)
                return matrix;
            if (tag.Type == Element.Packed && Unpack(tag, isBig) is { } unpacked)
                return unpacked;
            at = tag.Type == Element.Packed ? tag.Content + tag.Bytes : tag.End;
        }

        throw Missing();
    }

    /// <summary>The tag of an element: its type, its content, and where the next element begins.</summary>
    private readonly record struct Tag(Element Type, long Content, long Bytes, long End);

    private Tag ReadTag(MatSource from, long at, bool isBig)
    {
        Span<byte> tag = stackalloc byte[8];
        if (from.Length - at < tag.Length)
            throw new InvalidDataException($"{path} ends in the tag of the element at byte {at}.");
        from.Read(at, tag);
        var first = (uint)Int32(tag, isBig);
        // A small element has its length in the upper half of the tag's first word, and its content in the second.
        if (first >> 16 != 0)
        {
            return first >> 16 <= 4
                ? new Tag((Element)(first & 0xFFFF), at + 4, first >> 16, at + 8)
                : throw new InvalidDataException($"{path}: the small element at byte {at} has {first >> 16} bytes; expected at most 4.");
        }

        var bytes = (uint)Int32(tag[4..], isBig);
        return new Tag((Element)first, at + 8, bytes, at + 8 + ((bytes + 7L) / 8 * 8));
    }

    /// <summary>Reads the variable at an offset; returns null if it has another name.</summary>
    private MatMatrix? ReadMatrix(MatSource from, long at, bool isBig)
    {
        var outer = ReadTag(from, at, isBig);
        var flags = ReadTag(from, outer.Content, isBig);
        var dimensions = ReadTag(from, flags.End, isBig);
        var name = ReadTag(from, dimensions.End, isBig);
        Span<byte> content = stackalloc byte[LongestName];
        if (flags.Type != Element.UInt32 || flags.Bytes != 8 || dimensions.Type != Element.Int32 || dimensions.Bytes < 8
            || name.Type != Element.Int8 || name.Bytes > LongestName)
        {
            throw new InvalidDataException($"{path}: the variable at byte {at} has no flags, dimensions and name.");
        }

        from.Read(name.Content, content[..(int)name.Bytes]);
        var text = Encoding.Latin1.GetString(content[..(int)name.Bytes]);
        if (text != Name)
        {
            _others.Add(text);
            return null;
        }

        from.Read(flags.Content, content[..4]);
        var flagBits = Int32(content, isBig);
        var kind = (flagBits & 0xFF) switch
        {
            1 => "a cell array",
            2 => "a struct",
            3 => "an object",
            4 => "text",
            5 => "sparse",
            >= 6 and <= 12 when (flagBits & 0x800) != 0 => "complex",
            >= 6 and <= 12 => null,
            _ => $"of class {flagBits & 0xFF} (64 bits, or unsigned 32)",
        };
        if (kind is not null || dimensions.Bytes != 8)
            throw NotRead(kind ?? $"an array of {dimensions.Bytes / 4} dimensions");
        from.Read(dimensions.Content, content[..8]);
        return ReadNumbers(from, name.End, isBig, Int32(content, isBig), Int32(content[4..], isBig), (flagBits & 0xFF) is 6 or 7);
    }

    private MatMatrix ReadNumbers(MatSource from, long at, bool isBig, int rows, int columns, bool isReal)
    {
        var tag = ReadTag(from, at, isBig);
        MatNumber? stored = tag.Type switch
        {
            Element.Int8 => MatNumber.Int8,
            Element.UInt8 => MatNumber.UInt8,
            Element.Int16 => MatNumber.Int16,
            Element.UInt16 => MatNumber.UInt16,
            Element.Int32 => MatNumber.Int32,
            Element.Single when isReal => MatNumber.Single,
            Element.Double when isReal => MatNumber.Double,
            _ => null,
        };
        if (stored is not { } number)
            throw NotRead($"stored as type {(int)tag.Type}");
        if (rows < 0 || columns < 0 || (Int128)rows * columns * MatMatrix.Size(number) != tag.Bytes
            || tag.Content + tag.Bytes > from.Length)
        {
            throw new InvalidDataException(
                $"{path}: variable {Name} has {rows} x {columns} numbers of {MatMatrix.Size(number)} bytes; "
                + $"{tag.Bytes} are announced, {from.Length - tag.Content} there.");
        }

        return new MatMatrix(rows, columns, number, isReal, isBig, tag.Content, from);
    }

    /// <summary>Unpacks and reads a variable; returns null if it has another name, and then unpacks its beginning only.</summary>
    private MatMatrix? Unpack(Tag packed, bool isBig)
    {
        // Flags, dimensions and name, with their tags.
        var beginning = Inflate(packed, 8 + 16 + 16 + 8 + LongestName);
        var tag = ReadTag(beginning, 0, isBig);
        if (tag.Type != Element.Matrix)
            throw new InvalidDataException($"{path}: the packed element at byte {packed.Content} is no variable.");
        if (ReadPackedName(beginning, isBig) is { } name && name != Name)
        {
            _others.Add(name);
            return null;
        }

        if (tag.End > MaximumUnpackedBytes)
        {
            throw new InvalidDataException(
                $"{path}: the packed variable {Name} has {tag.End} bytes; expected at most {MaximumUnpackedBytes}: "
                + "save it without compression, '-v6'.");
        }

        if (tag.End / LargestRatio > packed.Bytes)
        {
            throw new InvalidDataException(
                $"{path}: the packed variable {Name} announces {tag.End} bytes; {packed.Bytes} packed bytes cannot hold so many.");
        }

        return ReadMatrix(Inflate(packed, (int)tag.End), 0, isBig);
    }

    private string? ReadPackedName(MatSource from, bool isBig)
    {
        var dimensions = ReadTag(from, ReadTag(from, 8, isBig).End, isBig);
        var name = ReadTag(from, dimensions.End, isBig);
        if (name.Bytes > LongestName || name.Content + name.Bytes > from.Length)
            throw new InvalidDataException($"{path}: a packed variable has a name of {name.Bytes} bytes; expected at most {LongestName}.");
        Span<byte> text = stackalloc byte[(int)name.Bytes];
        from.Read(name.Content, text);
        return Encoding.Latin1.GetString(text);
    }

    /// <summary>Unpacks at most this number of bytes.</summary>
    private MatMemorySource Inflate(Tag packed, int bytes)
    {
        var unpacked = new byte[bytes];
        using var zlib = new ZLibStream(new MatSection(source, packed.Content, packed.Bytes), CompressionMode.Decompress);
        try
        {
            var read = zlib.ReadAtLeast(unpacked, bytes, throwOnEndOfStream: false);
            return new MatMemorySource(read == bytes ? unpacked : unpacked[..read], path, source);
        }
        // zlib's own exception is an IOException.
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{path}: the packed element at byte {packed.Content} is broken.", broken);
        }
    }

    private static int Int32(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);

    /// <summary>A part of a file as a stream.</summary>
    private sealed class MatSection(MatSource source, long offset, long length) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - _at);
            source.Read(offset + _at, buffer[..count]);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
