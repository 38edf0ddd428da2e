using EcgRecovery.Formats.Files;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Edf;

/// <summary>An open file, read at any place by any thread; blocks of whole data records are kept for a while, as leads are read in turn.</summary>
internal sealed class EdfFile : IDisposable
{
    // A block is about this long; a longer data record is not kept, its leads are read one by one.
    private const int BlockBytes = 1 << 20;
    private const int LongestKeptRecord = 4 << 20;

    // So many blocks: two readers at different places do not drive each other out.
    private const int BlockCount = 4;

    private readonly SafeFileHandle _handle;
    private readonly Lock _lock = new();
    private readonly (long Index, byte[] Bytes)[] _blocks = new (long Index, byte[] Bytes)[BlockCount];
    private int _kept;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a directory.</exception>
    public EdfFile(string path)
    {
        Path = path;
        _handle = InputFile.OpenHandle(path);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <summary>As it was opened.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Reads bytes; all of them, or it throws.</summary>
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

    /// <summary>Reads bytes into an array of their own; the caller has checked the length against the file's.</summary>
    public byte[] ReadAll(long offset, int length)
    {
        var bytes = new byte[length];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>Reads a piece of one data record.</summary>
    /// <param name="header">Where records lie.</param>
    /// <param name="record">Which, counted from 0.</param>
    /// <param name="offset">Where in the record.</param>
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

    // The last used comes first, so the last in the list is the one to let go.
    private void ToFront(int place)
    {
        var used = _blocks[place];
        Array.Copy(_blocks, 0, _blocks, 1, place);
        _blocks[0] = used;
    }
}
