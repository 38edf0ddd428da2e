using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Mat;

/// <summary>Lists the variables of a MATLAB file of version 5, also those within structs and cells.</summary>
/// <remarks>
/// An element is a tag (type, bytes) and content. A variable consists of elements itself: flags, dimensions, name, and its content:
/// numbers; or of a struct the fields' names and one matrix element a field; or of a cell array one a cell. An element may be packed with
/// zlib: of a packed array only the beginning is unpacked until its numbers are read, a packed struct is unpacked whole. Source: MathWorks,
/// MAT-File Format, chapter 1.
/// </remarks>
/// <param name="source">The file's bytes.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="contents">Receives the variables.</param>
/// <param name="isBig">Byte order.</param>
internal sealed class MatElements(ArraySource source, string path, ArrayContents contents, bool isBig)
{
    private const int LongestName = 256;
    private const int LongestText = 1 << 12;
    private const int MaximumDimensions = 32;
    private const int MaximumDepth = 16;

    // Tag, flags, dimensions and name, with their tags, and the tag of the numbers.
    private const int BeginningBytes = 8 + 16 + 8 + (4 * MaximumDimensions) + 8 + LongestName + 8;

    private long _unpackedBytes;

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
        Int64 = 12,
        UInt64 = 13,
        Matrix = 14,
        Packed = 15,
        Utf8 = 16,
        Utf16 = 17,
        Utf32 = 18,
    }

    private enum Class
    {
        Cell = 1,
        Struct = 2,
        Object = 3,
        Char = 4,
        Sparse = 5,
        Double = 6,
        Single = 7,
        UInt64 = 15,
        Function = 16,
    }

    /// <summary>The tag of an element: its type, its content, and where the next element begins.</summary>
    private readonly record struct Tag(Element Type, long Content, long Bytes, long End);

    /// <summary>What stands before the content of a variable.</summary>
    private readonly record struct Head(Class Class, int Flags, long[] Dimensions, string Name, long Content)
    {
        public long Count => ArraySize.Product(Dimensions);
    }

    /// <summary>Lists the variables from a byte of the file on.</summary>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public void List(long at)
    {
        while (at < source.Length && !contents.IsFull)
        {
            var tag = ReadTag(source, at);
            if (tag.Content + tag.Bytes > source.Length)
            {
                throw new InvalidDataException(
                    $"{path}: the element at byte {at} has {tag.Bytes} bytes; the file ends at {source.Length}.");
            }

            if (tag.Type == Element.Matrix && tag.Bytes > 0)
                ListVariable(source, tag);
            else if (tag.Type == Element.Packed)
                ListPacked(tag);
            at = tag.Type == Element.Packed ? tag.Content + tag.Bytes : tag.End;
        }
    }

    private void ListVariable(ArraySource from, Tag tag)
    {
        var head = ReadHead(from, tag);
        // Variables without a name hold what MATLAB's own classes need.
        if (head.Name.Length > 0)
            List(from, head, "", head.Name, head.Name, 0);
    }

    /// <summary>Lists a variable, a field or a cell.</summary>
    /// <param name="from">The bytes.</param>
    /// <param name="head">Its head.</param>
    /// <param name="parent">The struct or cell array that holds it.</param>
    /// <param name="leaf">Its own name.</param>
    /// <param name="name">Its whole name.</param>
    /// <param name="depth">Number of structs and cells around it.</param>
    private void List(ArraySource from, Head head, string parent, string leaf, string name, int depth)
    {
        if (contents.IsFull)
            return;
        var what = head.Class switch
        {
            Class.Object => "an object",
            Class.Sparse => "sparse",
            Class.Function => "a function",
            >= Class.Double and <= Class.UInt64 when (head.Flags & 0x800) != 0 => "complex",
            >= Class.Double and <= Class.UInt64 when (head.Flags & 0x200) != 0 => "logical",
            Class.Cell or Class.Struct or Class.Char or (>= Class.Double and <= Class.UInt64) => null,
            _ => $"of class {(int)head.Class}, which is MATLAB's own",
        };
        if (what is not null)
            contents.AddOther(name, what);
        else if (head.Class == Class.Struct)
            ListStruct(from, head, name, depth);
        else if (head.Class == Class.Cell)
            ListCells(from, head, parent, leaf, name, depth);
        else if (head.Class == Class.Char)
            ListText(from, head, parent, leaf);
        else
            contents.Add(ReadNumbers(from, head, parent, leaf, name));
    }

    private void ListStruct(ArraySource from, Head head, string name, int depth)
    {
        var length = ReadTag(from, head.Content);
        var names = ReadTag(from, length.End);
        Span<byte> word = stackalloc byte[4];
        from.Read(length.Content, word);
        var nameBytes = Int32(word);
        if (length.Type != Element.Int32 || names.Type != Element.Int8 || nameBytes is < 1 or > LongestName
            || names.Bytes % nameBytes != 0 || names.Bytes / nameBytes > ArrayContents.MaximumEntries)
        {
            throw new InvalidDataException($"{path}: the struct {Shown(name)} has no field names.");
        }

        var fields = new byte[names.Bytes];
        from.Read(names.Content, fields);
        var at = names.End;
        // Texts of the fields of a struct array, as in EEGLAB's chanlocs(k).labels.
        var texts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0L; i < head.Count && names.Bytes > 0 && !contents.IsFull; i++)
        {
            var element = head.Count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}({i + 1})");
            for (var field = 0; field < fields.Length && !contents.IsFull; field += nameBytes)
            {
                var leaf = Encoding.Latin1.GetString(fields, field, nameBytes).Split('\0')[0];
                var listed = contents.Texts.Count;
                at = ListWithin(from, at, element, leaf, contents.Join(element, leaf), depth + 1);
                if (head.Count > 1 && contents.Texts.Count == listed + 1 && contents.Texts[^1].Values.Count == 1)
                {
                    if (!texts.TryGetValue(leaf, out var values))
                        texts.Add(leaf, values = []);
                    values.Add(contents.Texts[^1].Values[0]);
                }
            }
        }

        var (parent, own) = Split(name);
        foreach (var (leaf, values) in texts)
            contents.Add(new ArrayText(parent, contents.Join(own, leaf), values));
    }

    private void ListCells(ArraySource from, Head head, string parent, string leaf, string name, int depth)
    {
        var (at, listed) = (head.Content, contents.Texts.Count);
        for (var i = 0L; i < head.Count && !contents.IsFull; i++)
        {
            var element = string.Create(CultureInfo.InvariantCulture, $"{name}{{{i + 1}}}");
            at = ListWithin(from, at, name, element[name.Length..], element, depth + 1);
        }

        // A list of names is a cell array of texts.
        var texts = contents.Texts.Skip(listed).ToArray();
        if (texts.Length == head.Count && head.Count > 0)
            contents.Add(new ArrayText(parent, leaf, [.. texts.Select(text => text.Values.Count == 1 ? text.Values[0] : "")]));
    }

    /// <summary>Lists the matrix element at an offset within a struct or cell; returns where the next one begins.</summary>
    private long ListWithin(ArraySource from, long at, string parent, string leaf, string name, int depth)
    {
        var tag = ReadTag(from, at);
        if (tag.Type != Element.Matrix || tag.Content + tag.Bytes > from.Length)
            throw new InvalidDataException($"{path}: {Shown(name)} at byte {at} is no variable, or is cut off.");
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException(
                $"{path}: {Shown(name)} lies within {depth} structs and cells; expected at most {MaximumDepth}.");
        }

        // An empty field has no content at all.
        if (tag.Bytes > 0)
            List(from, ReadHead(from, tag), parent, leaf, name, depth);
        return tag.End;
    }

    private void ListText(ArraySource from, Head head, string parent, string leaf)
    {
        var tag = ReadTag(from, head.Content);
        if (head.Dimensions.Length != 2 || tag.Bytes is < 0 or > LongestText || tag.Content + tag.Bytes > from.Length)
        {
            contents.AddOther(contents.Join(parent, leaf), "text");
            return;
        }

        var bytes = new byte[tag.Bytes];
        from.Read(tag.Content, bytes);
        var text = tag.Type switch
        {
            Element.Utf8 or Element.Int8 or Element.UInt8 => Encoding.UTF8.GetString(bytes),
            Element.Utf16 or Element.UInt16 => (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes),
            Element.Utf32 => new UTF32Encoding(isBig, byteOrderMark: false).GetString(bytes),
            _ => "",
        };
        var (rows, columns) = (head.Dimensions[0], head.Dimensions[1]);
        if (rows < 0 || columns < 0 || (Int128)rows * columns != text.Length)
            (rows, columns) = (1, text.Length);
        contents.Add(new ArrayText(
            parent,
            leaf,
            [
                .. Enumerable.Range(0, (int)rows).Select(row => string.Concat(
                    Enumerable.Range(0, (int)columns).Select(column => text[(int)(row + (column * rows))])).Trim('\0', ' '))
            ]));
    }

    private NumericArray ReadNumbers(ArraySource from, Head head, string parent, string leaf, string name)
    {
        var isReal = head.Class is Class.Double or Class.Single;
        var tag = ReadTag(from, head.Content);
        ArrayNumber? stored = tag.Type switch
        {
            Element.Int8 => ArrayNumber.Int8,
            Element.UInt8 => ArrayNumber.UInt8,
            Element.Int16 => ArrayNumber.Int16,
            Element.UInt16 => ArrayNumber.UInt16,
            Element.Int32 => ArrayNumber.Int32,
            Element.UInt32 => ArrayNumber.UInt32,
            Element.Int64 => ArrayNumber.Int64,
            Element.UInt64 => ArrayNumber.UInt64,
            Element.Single when isReal => ArrayNumber.Single,
            Element.Double when isReal => ArrayNumber.Double,
            _ => null,
        };
        if (stored is not { } number)
            throw new InvalidDataException($"{path}: variable {Shown(name)} is stored as type {(int)tag.Type}; expected numbers.");
        var array = new NumericArray(parent, leaf, name, head.Dimensions, number, from)
        {
            IsReal = isReal,
            IsBigEndian = isBig,
            IsColumnMajor = true,
            Offset = tag.Content,
        };
        if (array.Count * number.Size() != tag.Bytes || tag.Content + tag.Bytes > from.Length)
        {
            throw new InvalidDataException(
                $"{path}: variable {Shown(name)} has {string.Join(" x ", head.Dimensions)} numbers of {number.Size()} bytes; "
                + $"{tag.Bytes} are announced, {from.Length - tag.Content} there.");
        }

        return array;
    }

    private void ListPacked(Tag packed)
    {
        var beginning = Inflate(packed, BeginningBytes);
        var tag = ReadTag(beginning, 0);
        if (tag.Type != Element.Matrix)
            throw new InvalidDataException($"{path}: the packed element at byte {packed.Content} is no variable.");
        if (tag.Bytes == 0)
            return;
        var head = ReadHead(beginning, tag);
        var isSmall = tag.End <= BeginningBytes;
        if (!isSmall && head.Class is not (Class.Struct or Class.Cell or Class.Char))
        {
            ListVariable(
                new PackedArraySource(
                    tag.End,
                    () =>
                    {
                        PackedArraySource.Check($"the packed variable {Shown(head.Name)}", tag.End, packed.Bytes, path);
                        return Unpack(packed, (int)tag.End);
                    },
                    path)
                { Beginning = beginning },
                tag);
            return;
        }

        // Structs are unpacked to be listed: all of them together no more than one array.
        PackedArraySource.Check($"the packed variable {Shown(head.Name)}", _unpackedBytes + tag.End, _unpackedBytes + packed.Bytes, path);
        _unpackedBytes += tag.End;
        ListVariable(isSmall ? beginning : Inflate(packed, (int)tag.End), tag);
    }

    private MemoryArraySource Inflate(Tag packed, int bytes) => new(Unpack(packed, bytes), path);

    /// <summary>Unpacks at most this number of bytes.</summary>
    private byte[] Unpack(Tag packed, int bytes)
    {
        var unpacked = new byte[bytes];
        using var zlib = new ZLibStream(new ArraySourceStream(source, packed.Content, packed.Bytes), CompressionMode.Decompress);
        try
        {
            var read = zlib.ReadAtLeast(unpacked, bytes, throwOnEndOfStream: false);
            return read == bytes ? unpacked : unpacked[..read];
        }
        // zlib's own exception is an IOException.
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{path}: the packed element at byte {packed.Content} is broken.", broken);
        }
    }

    private Head ReadHead(ArraySource from, Tag outer)
    {
        var flags = ReadTag(from, outer.Content);
        var dimensions = ReadTag(from, flags.End);
        var isOpaque = flags.Bytes == 8 && dimensions.Type == Element.Int8;
        if (flags.Type != Element.UInt32 || flags.Bytes != 8)
            throw new InvalidDataException($"{path}: the variable at byte {outer.Content} has no flags.");
        Span<byte> bytes = stackalloc byte[LongestName];
        from.Read(flags.Content, bytes[..4]);
        var bits = Int32(bytes);
        var name = isOpaque ? dimensions : ReadTag(from, dimensions.End);
        if (!isOpaque && (dimensions.Type != Element.Int32 || dimensions.Bytes is < 8 or > 4 * MaximumDimensions)
            || name.Type != Element.Int8 || name.Bytes is < 0 or > LongestName)
        {
            throw new InvalidDataException($"{path}: the variable at byte {outer.Content} has no flags, dimensions and name.");
        }

        var lengths = new long[isOpaque ? 0 : dimensions.Bytes / 4];
        for (var i = 0; i < lengths.Length; i++)
        {
            from.Read(dimensions.Content + (4 * i), bytes[..4]);
            lengths[i] = Int32(bytes);
            if (lengths[i] < 0)
                throw new InvalidDataException($"{path}: the variable at byte {outer.Content} has a length of {lengths[i]}.");
        }

        from.Read(name.Content, bytes[..(int)name.Bytes]);
        var text = Encoding.Latin1.GetString(bytes[..(int)name.Bytes]).TrimEnd('\0');
        return new Head((Class)(bits & 0xFF), bits, lengths, text, name.End);
    }

    private Tag ReadTag(ArraySource from, long at)
    {
        Span<byte> tag = stackalloc byte[8];
        if (from.Length - at < tag.Length)
            throw new InvalidDataException($"{path} ends in the tag of the element at byte {at}.");
        from.Read(at, tag);
        var first = (uint)Int32(tag);
        // A small element has its length in the upper half of the tag's first word, and its content in the second.
        if (first >> 16 != 0)
        {
            return first >> 16 <= 4
                ? new Tag((Element)(first & 0xFFFF), at + 4, first >> 16, at + 8)
                : throw new InvalidDataException($"{path}: the small element at byte {at} has {first >> 16} bytes; expected at most 4.");
        }

        var bytes = (uint)Int32(tag[4..]);
        return new Tag((Element)first, at + 8, bytes, at + 8 + ((bytes + 7L) / 8 * 8));
    }

    private (string Parent, string Own) Split(string name)
    {
        var at = name.LastIndexOf(contents.Separator);
        return at < 0 ? ("", name) : (name[..at], name[(at + 1)..]);
    }

    private static string Shown(string name) => InputFile.Shorten(name);

    private int Int32(ReadOnlySpan<byte> bytes) =>
        isBig ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
}
