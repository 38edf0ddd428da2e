namespace EcgRecovery.Formats.Hdf5;

/// <summary>How a dataset's values lie in the file.</summary>
internal enum Hdf5Storage
{
    Compact,
    Contiguous,
    Chunked,
    Other,
}

/// <summary>How the chunks of a dataset are found.</summary>
internal enum Hdf5Index
{
    Tree,
    Single,
    Implicit,
    FixedArray,
    Other,
}

/// <summary>Where the values of a dataset are.</summary>
/// <remarks>Source: HDF5 File Format Specification, section IV.A.2.i.</remarks>
/// <param name="Storage">How they lie in the file.</param>
/// <param name="Address">Address of the values or of the chunks' index; <see cref="Hdf5Cursor.Undefined"/> where none were written.</param>
/// <param name="Compact">The values of a compact dataset.</param>
/// <param name="ChunkDimensions">The size of a chunk.</param>
/// <param name="Index">How chunks are found.</param>
/// <param name="SingleBytes">Bytes of the single chunk, if it is filtered; otherwise 0.</param>
/// <param name="SingleMask">The filters that the single chunk did not pass.</param>
internal sealed record Hdf5Layout(
    Hdf5Storage Storage, long Address, byte[] Compact, long[] ChunkDimensions, Hdf5Index Index = Hdf5Index.Tree, long SingleBytes = 0,
    uint SingleMask = 0)
{
    /// <summary>Reads the message.</summary>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static Hdf5Layout Read(Hdf5File file, ReadOnlySpan<byte> body)
    {
        var cursor = file.Cursor(body);
        var version = cursor.Byte();
        return version switch
        {
            1 or 2 => ReadOld(file, ref cursor),
            3 or 4 => ReadNew(file, ref cursor, version),
            _ => throw new InvalidDataException($"{file.Path} has an HDF5 layout of version {version}; expected 1 to 4."),
        };
    }

    private static Hdf5Layout ReadOld(Hdf5File file, ref Hdf5Cursor cursor)
    {
        int rank = cursor.Byte();
        int storage = cursor.Byte();
        cursor.Skip(5);
        var address = storage == 0 ? Hdf5Cursor.Undefined : cursor.Address(file.OffsetSize);
        // The sizes of a chunk are followed by that of a value.
        var dimensions = Dimensions(ref cursor, rank, 4);
        return storage switch
        {
            0 => new(Hdf5Storage.Compact, address, cursor.Take(cursor.UInt32()).ToArray(), []),
            1 => new(Hdf5Storage.Contiguous, address, [], []),
            2 when rank > 1 => new(Hdf5Storage.Chunked, address, [], dimensions[..^1]),
            _ => new(Hdf5Storage.Other, address, [], []),
        };
    }

    private static Hdf5Layout ReadNew(Hdf5File file, ref Hdf5Cursor cursor, int version)
    {
        int storage = cursor.Byte();
        switch (storage)
        {
            case 0:
                return new(Hdf5Storage.Compact, Hdf5Cursor.Undefined, cursor.Take(cursor.UInt16()).ToArray(), []);
            case 1:
                return new(Hdf5Storage.Contiguous, cursor.Address(file.OffsetSize), [], []);
            case 2 when version == 3:
                int rank = cursor.Byte();
                var tree = cursor.Address(file.OffsetSize);
                return rank > 1
                    ? new(Hdf5Storage.Chunked, tree, [], Dimensions(ref cursor, rank, 4)[..^1])
                    : new(Hdf5Storage.Other, tree, [], []);
            case 2:
                return ReadIndexed(file, ref cursor);
            default:
                return new(Hdf5Storage.Other, Hdf5Cursor.Undefined, [], []);
        }
    }

    private static Hdf5Layout ReadIndexed(Hdf5File file, ref Hdf5Cursor cursor)
    {
        var flags = cursor.Byte();
        int rank = cursor.Byte();
        int sizeBytes = cursor.Byte();
        if (rank < 2 || sizeBytes is < 1 or > 8)
            throw new InvalidDataException($"{file.Path} has an HDF5 chunk of {rank - 1} dimensions.");
        var dimensions = Dimensions(ref cursor, rank, sizeBytes)[..^1];
        var (index, bytes, mask) = (Hdf5Index.Other, 0L, 0u);
        switch (cursor.Byte())
        {
            case 1:
                index = Hdf5Index.Single;
                if ((flags & 2) != 0)
                    (bytes, mask) = (cursor.Number(file.LengthSize), cursor.UInt32());
                break;
            case 2:
                index = Hdf5Index.Implicit;
                break;
            case 3:
                index = Hdf5Index.FixedArray;
                cursor.Skip(1);
                break;
        }

        return index == Hdf5Index.Other
            ? new(Hdf5Storage.Chunked, Hdf5Cursor.Undefined, [], dimensions, index)
            : new(Hdf5Storage.Chunked, cursor.Address(file.OffsetSize), [], dimensions, index, bytes, mask);
    }

    private static long[] Dimensions(ref Hdf5Cursor cursor, int rank, int bytes)
    {
        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
            dimensions[i] = cursor.Number(bytes);
        return dimensions;
    }
}
