using EcgRecovery.Formats.Files;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Edf;

/// <summary>
/// An open file, read at any offset by any thread. Blocks of whole data records are cached, since leads are read in turn.
/// </summary>
internal sealed class EdfFile : IDisposable
{
    // The size of a block; longer data records are not cached.
    private const int BlockBytes = 1 << 20;
    private const int LongestKeptRecord = 4 << 20;

    // Several blocks, so that readers at different places do not evict each other's.
    private const int BlockCount = 4;

    private readonly SafeFileHandle _handle;
    private readonly Lock _lock = new();
    private readonly (long Index, byte[] Bytes)[] _blocks = new (long Index, byte[] Bytes)[BlockCount];
    private int _kept;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is a directory, a pipe or a device.</exception>
    public EdfFile(string path)
    {
        Path = path;
        _handle = InputFile.OpenHandle(path);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <summary>The path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Fills the destination.</summary>
    /// <exception cref="IOException">The file has become shorter, or cannot be read.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(_handle, destination, offset);
            if (count == 0)
                throw new IOException($"{Path} ends at byte {offset}; it had {Length} bytes when it was opened.");
            offset += count;
            destination = destination[count..];
        }
    }

    /// <summary>Reads bytes into a new array; the caller has checked the length against the file's.</summary>
    public byte[] ReadAll(long offset, int length)
    {
        var bytes = new byte[length];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>Reads a part of one data record.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="record">The record, counted from 0.</param>
    /// <param name="offset">The first byte in the record.</param>
    /// <param name="destination">Receives the bytes.</param>
    public void ReadOfRecord(EdfHeader header, long record, long offset, Span<byte> destination)
    {
        if (header.RecordBytes > LongestKeptRecord)
        {
            Read(header.DataOffset + (record * header.RecordBytes) + offset, destination);
            return;
        }

        var recordsPerBlock = Math.Max(1, BlockBytes / header.RecordBytes);
        var block = Block(header, record / recordsPerBlock, recordsPerBlock);
        block.AsSpan((int)((record % recordsPerBlock * header.RecordBytes) + offset), destination.Length).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private byte[] Block(EdfHeader header, long index, long recordsPerBlock)
    {
        lock (_lock)
        {
            for (var i = 0; i < _kept; i++)
            {
                if (_blocks[i].Index == index)
                {
                    ToFront(i);
                    return _blocks[0].Bytes;
                }
            }

            var first = index * recordsPerBlock;
            var count = Math.Min(recordsPerBlock, header.RecordCount - first);
            var bytes = ReadAll(header.DataOffset + (first * header.RecordBytes), (int)(count * header.RecordBytes));
            if (_kept < BlockCount)
                _kept++;
            _blocks[_kept - 1] = (index, bytes);
            ToFront(_kept - 1);
            return bytes;
        }
    }

    // The block used last comes first, so the last one in the list is evicted.
    private void ToFront(int place)
    {
        var used = _blocks[place];
        Array.Copy(_blocks, 0, _blocks, 1, place);
        _blocks[0] = used;
    }
}
