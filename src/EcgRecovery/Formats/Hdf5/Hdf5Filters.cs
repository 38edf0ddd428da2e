using System.IO.Compression;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>Undoes the filters that the chunks of a dataset passed when they were written.</summary>
/// <remarks>Source: HDF5 File Format Specification, section IV.A.2.l; https://github.com/h5py/h5py, lzf/.</remarks>
internal sealed class Hdf5Filters
{
    private const int MaximumFilters = 32;
    private const int ChecksumBytes = 4;

    // LZF, as zlib, makes three bytes of at most 264.
    private const int LargestRatio = 1032;

    private readonly string _path;
    private readonly List<(int Kind, uint Parameter)> _filters = [];

    private enum Filter
    {
        Deflate = 1,
        Shuffle = 2,
        Fletcher32 = 3,
        Lzf = 32000,
    }

    private Hdf5Filters(string path) => _path = path;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _filters.Count == 0;

    /// <summary>Returns the name of a filter that cannot be undone; null if all can.</summary>
    public string? Unknown => _filters.Where(filter => !Enum.IsDefined((Filter)filter.Kind)).Select(filter => filter.Kind switch
    {
        4 => "szip",
        5 => "n-bit",
        6 => "scale-offset",
        307 => "bzip2",
        32001 => "Blosc",
        32004 => "LZ4",
        32015 => "Zstandard",
        var kind => $"number {kind}",
    }).FirstOrDefault();

    /// <summary>Reads the message.</summary>
    /// <param name="file">The file.</param>
    /// <param name="body">The message; empty for none.</param>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static Hdf5Filters Read(Hdf5File file, ReadOnlySpan<byte> body)
    {
        var filters = new Hdf5Filters(file.Path);
        if (body.IsEmpty)
            return filters;
        var cursor = file.Cursor(body);
        var version = cursor.Byte();
        int count = cursor.Byte();
        if (version is < 1 or > 2 || count > MaximumFilters)
            throw new InvalidDataException($"{file.Path} has {count} HDF5 filters of version {version}.");
        cursor.Skip(version == 1 ? 6 : 0);
        for (var i = 0; i < count; i++)
        {
            var kind = cursor.UInt16();
            var nameBytes = version == 1 || kind >= 256 ? cursor.UInt16() : 0;
            cursor.Skip(2);
            var parameters = cursor.UInt16();
            cursor.Skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
            var first = parameters > 0 ? cursor.UInt32() : 0;
            cursor.Skip(4L * Math.Max(0, parameters - 1));
            cursor.Skip(version == 1 && parameters % 2 != 0 ? 4 : 0);
            filters._filters.Add((kind, first));
        }

        return filters;
    }

    /// <summary>Undoes the filters.</summary>
    /// <param name="stored">The bytes of the file.</param>
    /// <param name="mask">Bit i is set if the chunk did not pass filter i.</param>
    /// <param name="bytes">Bytes of a chunk.</param>
    /// <exception cref="InvalidDataException">The bytes are broken.</exception>
    public byte[] Undo(byte[] stored, uint mask, int bytes)
    {
        // A checksum that was written before the compression is still there after it.
        var first = _filters.FindIndex(filter => filter.Kind == (int)Filter.Fletcher32);
        for (var i = _filters.Count - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) != 0)
                continue;
            var maximum = bytes + (first >= 0 && first < i ? ChecksumBytes : 0);
            stored = (Filter)_filters[i].Kind switch
            {
                Filter.Deflate => Inflate(stored, maximum),
                Filter.Lzf => Lzf(stored, maximum),
                Filter.Shuffle => Unshuffle(stored, (int)Math.Min(_filters[i].Parameter, int.MaxValue)),
                Filter.Fletcher32 when stored.Length >= ChecksumBytes => stored[..^ChecksumBytes],
                _ => throw Broken("is too short for its checksum"),
            };
        }

        return stored.Length == bytes ? stored : throw Broken($"has {stored.Length} bytes; expected {bytes}");
    }

    private byte[] Inflate(byte[] stored, int maximum)
    {
        if (maximum / LargestRatio > stored.Length)
            throw Broken($"announces {maximum} bytes; {stored.Length} packed bytes cannot hold so many");
        var unpacked = new byte[maximum];
        using var zlib = new ZLibStream(new MemoryStream(stored), CompressionMode.Decompress);
        try
        {
            var read = zlib.ReadAtLeast(unpacked, maximum, throwOnEndOfStream: false);
            return read == maximum ? unpacked : unpacked[..read];
        }
        // zlib's own exception is an IOException.
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw Broken("is no sound zlib stream");
        }
    }

    // A byte below 32 begins so many and one more bytes as they are; others a copy of earlier ones: the upper three bits are its length
    // less two (7: the next byte is added), the lower five and the next byte its distance less one. Source: liblzf 3.6, lzf_d.c.
    private byte[] Lzf(byte[] stored, int maximum)
    {
        if (maximum / LargestRatio > stored.Length)
            throw Broken($"announces {maximum} bytes; {stored.Length} packed bytes cannot hold so many");
        var unpacked = new byte[maximum];
        var (from, to) = (0, 0);
        while (from < stored.Length)
        {
            var control = stored[from++];
            var length = control < 32 ? control + 1 : (control >> 5) + 2;
            if (control < 32)
            {
                if (length > stored.Length - from || length > maximum - to)
                    throw Broken("is no sound LZF stream");
                stored.AsSpan(from, length).CopyTo(unpacked.AsSpan(to));
                (from, to) = (from + length, to + length);
                continue;
            }

            if (control >> 5 == 7 && from < stored.Length)
                length += stored[from++];
            var back = from < stored.Length ? to - ((control & 0x1F) << 8) - stored[from++] - 1 : -1;
            if (back < 0 || length > maximum - to)
                throw Broken("is no sound LZF stream");
            for (var i = 0; i < length; i++)
                unpacked[to++] = unpacked[back + i];
        }

        return to == maximum ? unpacked : unpacked[..to];
    }

    // The first bytes of all values stand before all second ones; what is left over stays.
    private static byte[] Unshuffle(byte[] stored, int size)
    {
        var count = size > 1 ? stored.Length / size : 0;
        if (count <= 1)
            return stored;
        var values = new byte[stored.Length];
        for (var part = 0; part < size; part++)
        {
            for (var i = 0; i < count; i++)
                values[(i * size) + part] = stored[(part * count) + i];
        }

        stored.AsSpan(count * size).CopyTo(values.AsSpan(count * size));
        return values;
    }

    private InvalidDataException Broken(string what) => new($"{_path}: a chunk of an HDF5 dataset {what}.");
}
