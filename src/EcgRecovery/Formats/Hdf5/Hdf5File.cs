using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>The bytes of an HDF5 file, and the sizes of its addresses.</summary>
/// <remarks>
/// The superblock begins with a signature at byte 0, or at 512 or a power of two after it, behind other data, as in MATLAB 7.3. Addresses
/// count from it. Source: The HDF Group, HDF5 File Format Specification Version 3.0, section II.A.
/// </remarks>
internal sealed class Hdf5File
{
    private const int FirstBehindData = 512;
    private const long LastSuperblock = 1 << 20;

    private readonly ArraySource _source;

    /// <param name="source">The file's bytes.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The file has no superblock that is known.</exception>
    public Hdf5File(ArraySource source, string path)
    {
        _source = source;
        Path = path;
        var start = Find(source) ?? throw new InvalidDataException($"{path} is no HDF5 file.");
        var cursor = Cursor(ReadRaw(start + 8, 96, mayEnd: true));
        var version = cursor.Byte();
        if (version <= 1)
        {
            cursor.Skip(4);
            (OffsetSize, LengthSize) = (cursor.Byte(), cursor.Byte());
            cursor.Skip(version == 0 ? 9 : 13);
        }
        else if (version <= 3)
        {
            (OffsetSize, LengthSize) = (cursor.Byte(), cursor.Byte());
            cursor.Skip(1);
        }

        if (version > 3 || OffsetSize is not (4 or 8) || LengthSize is not (4 or 8))
        {
            throw new InvalidDataException(
                $"{path} has a superblock of version {version}; expected 0 to 3, with addresses of 32 or 64 bits.");
        }

        // The base address is where the superblock is; files with other data before it are known to give 0 as well.
        cursor.Skip(OffsetSize);
        BaseAddress = start;
        cursor.Skip(2 * OffsetSize);
        if (version <= 1)
            cursor.Skip(2 * OffsetSize);
        RootAddress = cursor.Address(OffsetSize);
    }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file's name in errors.</summary>
    public string Path { get; }

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; }

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; }

    /// <summary>The byte that addresses are counted from.</summary>
    public long BaseAddress { get; }

    /// <summary>Address of the root group's header.</summary>
    public long RootAddress { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length => _source.Length;

    /// <summary>Returns whether bytes are those of an HDF5 file.</summary>
    public static bool Recognizes(ArraySource source) => Find(source) is not null;

    /// <summary>Returns whether the first bytes of a file are those of an HDF5 file, perhaps behind other data.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at + Signature.Length <= head.Length; at = at == 0 ? FirstBehindData : 2 * at)
        {
            if (head[at..].StartsWith(Signature))
                return true;
        }

        return false;
    }

    /// <summary>Reads bytes at an address.</summary>
    /// <exception cref="InvalidDataException">They lie outside the file.</exception>
    public byte[] Read(long address, long count)
    {
        Check(address, count);
        return ReadRaw(BaseAddress + address, (int)count, mayEnd: false);
    }

    /// <summary>Reads at most a number of bytes at an address; fewer at the end of the file.</summary>
    public byte[] ReadUpTo(long address, int count)
    {
        Check(address, 0);
        return ReadRaw(BaseAddress + address, count, mayEnd: true);
    }

    /// <summary>Fills the destination with the bytes from an address on.</summary>
    /// <exception cref="InvalidDataException">They lie outside the file.</exception>
    public void Read(long address, Span<byte> destination)
    {
        Check(address, destination.Length);
        _source.Read(BaseAddress + address, destination);
    }

    /// <summary>Returns a cursor over bytes of this file.</summary>
    public Hdf5Cursor Cursor(ReadOnlySpan<byte> bytes) => new(bytes, Path);

    /// <summary>Throws where bytes lie outside the file.</summary>
    public void Check(long address, long count)
    {
        if (address < 0 || count < 0 || count > Length - BaseAddress - address)
            throw new InvalidDataException($"{Path} refers to {count} bytes at address {address}; the file has {Length}.");
    }

    private byte[] ReadRaw(long at, int count, bool mayEnd)
    {
        var bytes = new byte[mayEnd ? (int)Math.Clamp(Length - at, 0, count) : count];
        _source.Read(at, bytes);
        return bytes;
    }

    private static long? Find(ArraySource source)
    {
        Span<byte> signature = stackalloc byte[8];
        for (var at = 0L; at <= LastSuperblock && at + signature.Length <= source.Length; at = at == 0 ? FirstBehindData : 2 * at)
        {
            source.Read(at, signature);
            if (signature.SequenceEqual(Signature))
                return at;
        }

        return null;
    }
}
