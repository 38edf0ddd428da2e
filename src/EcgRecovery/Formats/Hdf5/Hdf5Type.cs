using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>The kinds of values that are told apart.</summary>
internal enum Hdf5Kind
{
    Number,
    Text,
    VariableText,
    Reference,
    Other,
}

/// <summary>The type of a dataset's or attribute's values.</summary>
/// <remarks>Source: HDF5 File Format Specification, section IV.A.2.d.</remarks>
/// <param name="Kind">What they are.</param>
/// <param name="Bytes">Bytes of one.</param>
/// <param name="Number">Storage type of numbers.</param>
/// <param name="IsBigEndian">Byte order of numbers.</param>
/// <param name="What">What other values are, as in <c>complex</c>.</param>
internal sealed record Hdf5Type(Hdf5Kind Kind, int Bytes, ArrayNumber Number = default, bool IsBigEndian = false, string What = "")
{
    private const int MaximumBytes = 1 << 16;

    /// <summary>Reads the type of an object's header.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is broken.</exception>
    public static Hdf5Type Read(Hdf5File file, Hdf5Message message)
    {
        if (!message.IsShared)
            return Read(file, message.Body);
        // The type is that of another object, a named type.
        var cursor = file.Cursor(message.Body);
        var version = cursor.Byte();
        var place = cursor.Byte();
        if (version == 1)
            cursor.Skip(6);
        if (version is < 1 or > 3 || version == 3 && place != 2)
            throw new InvalidDataException($"{file.Path} has an HDF5 type in a table of types, which is not read.");
        var named = Hdf5Header.Read(file, cursor.Address(file.OffsetSize)).Find(Hdf5MessageKind.Datatype);
        return named is { IsShared: false }
            ? Read(file, named.Body)
            : throw new InvalidDataException($"{file.Path} has an HDF5 type that names no type.");
    }

    /// <summary>Reads a type.</summary>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static Hdf5Type Read(Hdf5File file, ReadOnlySpan<byte> body)
    {
        var cursor = file.Cursor(body);
        var kind = cursor.Byte() & 0x0F;
        var bits = (int)cursor.Number(3);
        var size = cursor.UInt32();
        if (size is 0 or > MaximumBytes)
            throw new InvalidDataException($"{file.Path} has an HDF5 type of {size} bytes; expected 1 to {MaximumBytes}.");
        var bytes = (int)size;
        switch (kind)
        {
            case 0 or 1:
                var isWhole = cursor.UInt16() == 0 && cursor.UInt16() == 8 * bytes;
                var number = kind == 0 ? ArrayNumbers.Whole(bytes, (bits & 0x08) != 0) : ArrayNumbers.Float(bytes);
                // Where exponent and mantissa are tells IEEE 754 from others; bit 6 is VAX.
                return number is { } known && isWhole && (kind == 0 || (bits & 0x40) == 0 && IsIeee(cursor.Take(4), bytes))
                    ? new(Hdf5Kind.Number, bytes, known, (bits & 1) != 0)
                    : Other($"of numbers of {bytes} bytes that are no usual ones");
            case 3:
                return new(Hdf5Kind.Text, bytes);
            case 6:
                return Other(IsComplex(cursor, bits & 0xFFFF) ? "complex" : "a table of fields");
            case 7:
                return (bits & 0x0F) == 0 && bytes == file.OffsetSize ? new(Hdf5Kind.Reference, bytes) : Other("of references");
            case 8:
                return Other("logical");
            case 9:
                return (bits & 0x0F) == 1 && bytes == 8 + file.OffsetSize
                    ? new(Hdf5Kind.VariableText, bytes)
                    : Other("of lists of several lengths");
            default:
                return Other($"of HDF5's class {kind}");
        }

        Hdf5Type Other(string what) => new(Hdf5Kind.Other, bytes, What: what);
    }

    private static bool IsIeee(ReadOnlySpan<byte> places, int bytes) => bytes switch
    {
        2 => places is [10, 5, 0, 10],
        4 => places is [23, 8, 0, 23],
        _ => places is [52, 11, 0, 52],
    };

    // MATLAB's fields are real and imag, h5py's r and i.
    private static bool IsComplex(Hdf5Cursor cursor, int fields) =>
        fields == 2 && cursor.Left > 0 && cursor.Text(Math.Min(cursor.Left, 8)) is "real" or "r";
}

/// <summary>The size of a dataset or attribute.</summary>
internal static class Hdf5Space
{
    private const int MaximumDimensions = 32;

    /// <summary>Reads the dimensions; null where there are no values at all.</summary>
    /// <exception cref="InvalidDataException">They are broken.</exception>
    public static long[]? Read(Hdf5File file, ReadOnlySpan<byte> body)
    {
        var cursor = file.Cursor(body);
        var version = cursor.Byte();
        int rank = cursor.Byte();
        cursor.Skip(1);
        if (version is < 1 or > 2 || rank > MaximumDimensions)
            throw new InvalidDataException($"{file.Path} has an HDF5 size of version {version} with {rank} dimensions.");
        if (version == 2 && cursor.Byte() == 2)
            return null;
        if (version == 1)
            cursor.Skip(5);
        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
            dimensions[i] = cursor.Number(file.LengthSize);
        return dimensions;
    }
}
