using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>The place of a chunk in the file.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Bytes">Its stored bytes.</param>
/// <param name="Mask">The filters that it did not pass.</param>
internal readonly record struct Hdf5Chunk(long Address, long Bytes, uint Mask);

/// <summary>Finds the chunks of a dataset.</summary>
/// <remarks>
/// Old files have a B-tree whose keys are a chunk's stored bytes, its mask and its place in the dataset; new ones no index (a single chunk,
/// or all in order) or an array of addresses. Source: HDF5 File Format Specification, sections III.A.1, VII.A to VII.C.
/// </remarks>
/// <param name="file">The file.</param>
/// <param name="layout">The dataset's layout.</param>
/// <param name="dimensions">The dataset's size.</param>
/// <param name="chunkBytes">Bytes of a chunk without filters.</param>
/// <param name="isFiltered">Whether chunks pass filters.</param>
internal sealed class Hdf5Chunks(Hdf5File file, Hdf5Layout layout, long[] dimensions, long chunkBytes, bool isFiltered)
{
    private const int MaximumNodes = 1 << 20;

    private readonly Dictionary<long, Hdf5Chunk> _chunks = [];
    private readonly HashSet<long> _nodes = [];
    private readonly long[] _counts =
        [.. dimensions.Select((length, i) => (length / layout.ChunkDimensions[i]) + (length % layout.ChunkDimensions[i] == 0 ? 0 : 1))];

    /// <summary>Returns the chunks by their numbers, counted row by row; those never written are absent.</summary>
    /// <exception cref="InvalidDataException">The index is broken.</exception>
    public IReadOnlyDictionary<long, Hdf5Chunk> List()
    {
        if (layout.Address == Hdf5Cursor.Undefined)
            return _chunks;
        switch (layout.Index)
        {
            case Hdf5Index.Tree:
                ListTree(layout.Address, level: null);
                break;
            case Hdf5Index.Single:
                Add(0, new Hdf5Chunk(layout.Address, isFiltered ? layout.SingleBytes : chunkBytes, layout.SingleMask));
                break;
            case Hdf5Index.Implicit:
                for (var i = 0L; i < ArraySize.Product(_counts); i++)
                    Add(i, new Hdf5Chunk(layout.Address + (i * chunkBytes), chunkBytes, 0));
                break;
            default:
                ListArray();
                break;
        }

        return _chunks;
    }

    private void Add(long index, Hdf5Chunk chunk)
    {
        file.Check(chunk.Address, chunk.Bytes);
        _chunks[index] = chunk;
    }

    private void ListTree(long address, int? level)
    {
        if (!_nodes.Add(address) || _nodes.Count > MaximumNodes)
            throw new InvalidDataException($"{file.Path} has an HDF5 dataset whose index forms a circle.");
        var head = file.Cursor(file.Read(address, 8));
        if (!head.Take(4).SequenceEqual("TREE"u8) || head.Byte() != 1)
            throw new InvalidDataException($"{file.Path} has no index of chunks at address {address}.");
        var own = head.Byte();
        var count = head.UInt16();
        if (level is { } expected && own != expected)
            throw new InvalidDataException($"{file.Path} has an index of chunks with a node of level {own}; expected {expected}.");
        var rank = dimensions.Length;
        var entryBytes = 8 + (8 * (rank + 1)) + file.OffsetSize;
        var cursor = file.Cursor(file.Read(address + 8 + (2 * file.OffsetSize), (long)count * entryBytes));
        for (var i = 0; i < count; i++)
        {
            var (bytes, mask) = (cursor.UInt32(), cursor.UInt32());
            long index = 0;
            var isInside = true;
            for (var d = 0; d < rank; d++)
            {
                var at = cursor.Number(8) / layout.ChunkDimensions[d];
                isInside &= at < _counts[d];
                index = unchecked((index * _counts[d]) + at);
            }

            cursor.Skip(8);
            var child = cursor.Address(file.OffsetSize);
            if (own > 0)
                ListTree(child, own - 1);
            else if (isInside)
                Add(index, new Hdf5Chunk(child, bytes, mask));
        }
    }

    private void ListArray()
    {
        var head = file.Cursor(file.Read(layout.Address, 8 + file.LengthSize + file.OffsetSize));
        if (!head.Take(4).SequenceEqual("FAHD"u8))
            throw new InvalidDataException($"{file.Path} has no array of chunks at address {layout.Address}.");
        head.Skip(2);
        int entryBytes = head.Byte();
        var pageEntries = 1L << Math.Min(head.Byte(), (byte)40);
        var count = head.Number(file.LengthSize);
        var block = head.Address(file.OffsetSize);
        var sizeBytes = entryBytes - file.OffsetSize - 4;
        if (block == Hdf5Cursor.Undefined)
            return;
        if (isFiltered ? sizeBytes is < 1 or > 8 : entryBytes != file.OffsetSize)
            throw new InvalidDataException($"{file.Path} has an array of chunks with entries of {entryBytes} bytes.");
        file.Check(block, Math.Min(count, file.Length) * entryBytes);
        if (!file.Read(block, 4).AsSpan().SequenceEqual("FADB"u8))
            throw new InvalidDataException($"{file.Path} has no array of chunks at address {block}.");
        // More entries than a page: a bit for each page and a checksum, then the pages, each with a checksum.
        var isPaged = count > pageEntries;
        var pages = (count + pageEntries - 1) / pageEntries;
        var at = block + 6 + file.OffsetSize + (isPaged ? ((pages + 7) / 8) + 4 : 0);
        for (var first = 0L; first < count; first += pageEntries)
        {
            var entries = Math.Min(pageEntries, count - first);
            var cursor = file.Cursor(file.Read(at, entries * entryBytes));
            for (var i = 0L; i < entries; i++)
                AddEntry(first + i, ref cursor, sizeBytes);
            at += (entries * entryBytes) + 4;
        }
    }

    private void AddEntry(long index, ref Hdf5Cursor cursor, int sizeBytes)
    {
        var address = cursor.Address(file.OffsetSize);
        var (bytes, mask) = isFiltered ? (cursor.Number(sizeBytes), cursor.UInt32()) : (chunkBytes, 0);
        if (address != Hdf5Cursor.Undefined && address != 0)
            Add(index, new Hdf5Chunk(address, bytes, mask));
    }
}
