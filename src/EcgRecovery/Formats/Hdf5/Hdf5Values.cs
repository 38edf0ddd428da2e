using System.Buffers.Binary;
using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>The values of a dataset as bytes in a row, the last dimension fastest, wherever they lie in the file.</summary>
/// <remarks>Chunks are unpacked when they are read; the last ones are kept, up to <see cref="CachedBytes"/>.</remarks>
internal sealed class Hdf5Values : ArraySource
{
    private const long CachedBytes = 16 << 20;
    private const long MaximumChunkBytes = 1 << 28;

    // zlib's largest compression ratio.
    private const int LargestRatio = 1032;

    private readonly Hdf5File _file;
    private readonly Hdf5Layout _layout;
    private readonly Hdf5Filters _filters;
    private readonly long[] _dimensions;
    private readonly int _valueBytes;
    private readonly byte[] _fill;
    private readonly long _chunkBytes;
    private readonly Lazy<IReadOnlyDictionary<long, Hdf5Chunk>> _chunks;
    private readonly Dictionary<long, LinkedListNode<(long Index, byte[] Bytes)>> _cached = [];
    private readonly LinkedList<(long Index, byte[] Bytes)> _lastUsed = [];
    private readonly Lock _lock = new();

    /// <param name="file">The file.</param>
    /// <param name="header">The dataset's header.</param>
    /// <param name="dimensions">Its size.</param>
    /// <param name="valueBytes">Bytes of a value.</param>
    /// <exception cref="InvalidDataException">The values do not lie in the file, or are packed in a way that is not read.</exception>
    public Hdf5Values(Hdf5File file, Hdf5Header header, long[] dimensions, int valueBytes)
    {
        (_file, _dimensions, _valueBytes) = (file, dimensions, valueBytes);
        _layout = Hdf5Layout.Read(file, Body(Hdf5MessageKind.Layout));
        _filters = Hdf5Filters.Read(file, Body(Hdf5MessageKind.Filters));
        _fill = ReadFill(Body(Hdf5MessageKind.FillValue));
        Length = ArraySize.Product(dimensions, valueBytes);
        if (Length / LargestRatio > file.Length)
        {
            throw new InvalidDataException(
                $"{file.Path}: a dataset has {string.Join(" x ", dimensions)} values; the file has {file.Length} bytes.");
        }

        if (_layout.Storage == Hdf5Storage.Contiguous && _layout.Address != Hdf5Cursor.Undefined)
            file.Check(_layout.Address, Length);
        if (_layout.Storage == Hdf5Storage.Compact && _layout.Compact.Length < Length)
            throw new InvalidDataException($"{file.Path}: a dataset has {Length} bytes; {_layout.Compact.Length} are there.");
        if (_layout.Storage == Hdf5Storage.Chunked)
            _chunkBytes = ChunkBytes();
        _chunks = new(() => new Hdf5Chunks(file, _layout, dimensions, _chunkBytes, !_filters.IsEmpty).List());

        ReadOnlySpan<byte> Body(Hdf5MessageKind kind) => header.Find(kind)?.Body;
    }

    /// <summary>What keeps the values from being read, as in <c>packed with szip</c>; null for nothing.</summary>
    public string? Refusal => _layout.Storage == Hdf5Storage.Other ? "stored in other datasets"
        : _layout.Storage == Hdf5Storage.Chunked && _layout.Index == Hdf5Index.Other ? "in chunks with an index that is not read, "
            + "of a dataset that can grow (HDF5's latest format); h5repack writes the earliest one"
        : _filters.Unknown is { } filter ? $"packed with {filter}"
        : null;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw new InvalidDataException(
                $"{_file.Path}: a dataset ends at byte {Length}; expected {destination.Length} from {offset} on.");
        }

        if (_layout.Storage == Hdf5Storage.Compact)
            _layout.Compact.AsSpan((int)offset, destination.Length).CopyTo(destination);
        else if (_layout.Storage == Hdf5Storage.Chunked)
            ReadChunks(offset, destination);
        else if (_layout.Address != Hdf5Cursor.Undefined)
            _file.Read(_layout.Address + offset, destination);
        else
            Fill(offset, destination);
    }

    private long ChunkBytes()
    {
        if (_layout.ChunkDimensions.Length != _dimensions.Length || _layout.ChunkDimensions.Any(length => length <= 0))
        {
            throw new InvalidDataException(
                $"{_file.Path}: a dataset of {_dimensions.Length} dimensions has chunks of {string.Join(" x ", _layout.ChunkDimensions)}.");
        }

        var bytes = ArraySize.Product(_layout.ChunkDimensions, _valueBytes);
        return bytes <= MaximumChunkBytes
            ? bytes
            : throw new InvalidDataException(
                $"{_file.Path}: a dataset has chunks of {string.Join(" x ", _layout.ChunkDimensions)}; "
                + $"expected at most {MaximumChunkBytes} bytes.");
    }

    // Within a row of the last dimension, what lies in one chunk is copied at once.
    private void ReadChunks(long offset, Span<byte> destination)
    {
        var rank = _dimensions.Length;
        Span<long> at = stackalloc long[rank];
        while (!destination.IsEmpty)
        {
            var value = offset / _valueBytes;
            for (var d = rank - 1; d >= 0; d--)
                (value, at[d]) = Math.DivRem(value, _dimensions[d]);
            long index = 0;
            long within = 0;
            for (var d = 0; d < rank; d++)
            {
                var length = _layout.ChunkDimensions[d];
                index = (index * ((_dimensions[d] / length) + (_dimensions[d] % length == 0 ? 0 : 1))) + (at[d] / length);
                within = (within * length) + (at[d] % length);
            }

            var last = _layout.ChunkDimensions[^1];
            var inRow = Math.Min(last - (at[^1] % last), _dimensions[^1] - at[^1]);
            var skipped = offset % _valueBytes;
            var count = (int)Math.Min(destination.Length, (inRow * _valueBytes) - skipped);
            if (Chunk(index) is { } chunk)
                chunk.AsSpan((int)((within * _valueBytes) + skipped), count).CopyTo(destination);
            else
                Fill(offset, destination[..count]);
            destination = destination[count..];
            offset += count;
        }
    }

    /// <summary>Returns the values of a chunk; null where it was never written.</summary>
    private byte[]? Chunk(long index)
    {
        lock (_lock)
        {
            if (_cached.TryGetValue(index, out var known))
            {
                _lastUsed.Remove(known);
                _lastUsed.AddFirst(known);
                return known.Value.Bytes;
            }

            if (!_chunks.Value.TryGetValue(index, out var place))
                return null;
            if (place.Bytes > 2 * MaximumChunkBytes)
                throw new InvalidDataException($"{_file.Path}: a chunk of an HDF5 dataset has {place.Bytes} bytes.");
            var stored = _file.Read(place.Address, _filters.IsEmpty ? _chunkBytes : place.Bytes);
            var bytes = _filters.Undo(stored, place.Mask, (int)_chunkBytes);
            for (var kept = (_cached.Count + 1) * _chunkBytes; kept > CachedBytes && _cached.Count > 0; kept -= _chunkBytes)
            {
                _cached.Remove(_lastUsed.Last!.Value.Index);
                _lastUsed.RemoveLast();
            }

            _cached.Add(index, _lastUsed.AddFirst((index, bytes)));
            return bytes;
        }
    }

    private void Fill(long offset, Span<byte> destination)
    {
        destination.Clear();
        for (var i = 0; i < destination.Length && _fill.Length == _valueBytes; i++)
            destination[i] = _fill[(int)((offset + i) % _valueBytes)];
    }

    /// <summary>Returns the bytes of a value that was never written; empty for 0.</summary>
    private byte[] ReadFill(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return [];
        var cursor = _file.Cursor(body);
        var version = cursor.Byte();
        // Version 3 has one byte of flags, of which bit 5 means that a value follows; the others have four, the last of them for that.
        bool isGiven;
        if (version == 3)
        {
            isGiven = (cursor.Byte() & 0x20) != 0;
        }
        else
        {
            cursor.Skip(2);
            isGiven = cursor.Byte() == 1;
        }

        return isGiven && cursor.Left > 4 ? cursor.Take(cursor.UInt32()).ToArray() : [];
    }

    /// <summary>Returns the text that an element of a dataset of texts refers to.</summary>
    /// <remarks>Length, address of a heap, number of the object in it. Source: HDF5 File Format Specification, section III.E.</remarks>
    public static string ReadVariableText(Hdf5File file, ReadOnlySpan<byte> element)
    {
        const int MaximumHeapBytes = 1 << 20;
        var cursor = file.Cursor(element);
        var bytes = cursor.UInt32();
        var address = cursor.Address(file.OffsetSize);
        var wanted = cursor.UInt32();
        if (bytes == 0 || address is 0 or Hdf5Cursor.Undefined)
            return "";
        var head = file.Cursor(file.Read(address, 8 + file.LengthSize));
        if (!head.Take(4).SequenceEqual("GCOL"u8))
            throw new InvalidDataException($"{file.Path} has no texts at address {address}.");
        head.Skip(4);
        var size = head.Number(file.LengthSize);
        var heap = file.Cursor(file.ReadUpTo(address + 8 + file.LengthSize, (int)Math.Min(size, MaximumHeapBytes)));
        while (heap.Left >= 8 + file.LengthSize)
        {
            var number = heap.UInt16();
            heap.Skip(6);
            var length = heap.Number(file.LengthSize);
            if (number == 0)
                break;
            if (number == wanted)
                return heap.Text(Math.Min(length, bytes));
            heap.Skip((length + 7) / 8 * 8);
        }

        throw new InvalidDataException($"{file.Path} has no text {wanted} at address {address}.");
    }

    /// <summary>Returns the address that a reference has.</summary>
    public static long ReadReference(ReadOnlySpan<byte> element) =>
        element.Length == 8 ? BinaryPrimitives.ReadInt64LittleEndian(element) : BinaryPrimitives.ReadUInt32LittleEndian(element);
}
