using System.Buffers.Binary;
using System.Text;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>Reads little-endian numbers from a few bytes of an HDF5 file, one after the other.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="path">The file's name in errors.</param>
internal ref struct Hdf5Cursor(ReadOnlySpan<byte> bytes, string path)
{
    /// <summary>The address of what the file does not have.</summary>
    public const long Undefined = -1;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Number of bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidDataException($"{path}: an HDF5 message ends after {_rest.Length} bytes; expected {count}.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    /// <summary>Passes over the next bytes.</summary>
    public void Skip(long count) => Take(count);

    /// <summary>Reads 8 bits.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Reads 16 bits.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Reads 32 bits.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads a number of 1 to 8 bytes that is no negative long.</summary>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public long Number(int size)
    {
        ulong value = 0;
        var taken = Take(size);
        for (var i = size - 1; i >= 0; i--)
            value = (value << 8) | taken[i];
        return value <= long.MaxValue ? (long)value : throw new InvalidDataException($"{path}: an HDF5 length is {value}.");
    }

    /// <summary>Reads an address; <see cref="Undefined"/> where all bits are set.</summary>
    public long Address(int size)
    {
        if (_rest.Length < size || _rest[..size].ContainsAnyExcept((byte)0xFF))
            return Number(size);
        Skip(size);
        return Undefined;
    }

    /// <summary>Reads text up to its zero byte, if there is one.</summary>
    public string Text(long count)
    {
        var taken = Take(count);
        var end = taken.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? taken : taken[..end]);
    }
}
