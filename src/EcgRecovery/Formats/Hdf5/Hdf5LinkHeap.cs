using System.Numerics;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>Lists the members of a new group with many of them, which are in a fractal heap, ordered by a B-tree of version 2.</summary>
/// <remarks>
/// A record of the tree, 11 bytes, has a hash and the place of a link in the heap: its offset and length. The heap is a table of blocks,
/// whose sizes double from row to row. Source: HDF5 File Format Specification, sections III.A.2, III.G and VIII.A (appendix B).
/// </remarks>
internal sealed class Hdf5LinkHeap
{
    private const int RecordBytes = 11;
    private const int MaximumLinks = 10_000;
    private const int LongestLink = 1 << 12;
    private const int MaximumDepth = 8;

    private readonly Hdf5File _file;
    private readonly int _width;
    private readonly long _startBytes;
    private readonly long _maximumDirectBytes;
    private readonly int _offsetBytes;
    private readonly int _lengthBytes;
    private readonly int _rows;
    private readonly long _root;

    private Hdf5LinkHeap(Hdf5File file, long address)
    {
        _file = file;
        var cursor = file.Cursor(file.Read(address, 22 + (12 * file.LengthSize) + (3 * file.OffsetSize)));
        if (!cursor.Take(4).SequenceEqual("FRHP"u8) || cursor.Byte() != 0)
            throw Broken("heap");
        cursor.Skip(2);
        if (cursor.UInt16() != 0)
            throw new InvalidDataException($"{file.Path} has an HDF5 group with packed names, which is not read.");
        cursor.Skip(1);
        var maximumObject = cursor.UInt32();
        cursor.Skip((10 * file.LengthSize) + (2 * file.OffsetSize));
        _width = cursor.UInt16();
        _startBytes = cursor.Number(file.LengthSize);
        _maximumDirectBytes = cursor.Number(file.LengthSize);
        var bits = cursor.UInt16();
        cursor.Skip(2);
        _root = cursor.Address(file.OffsetSize);
        _rows = cursor.UInt16();
        if (!BitOperations.IsPow2(_startBytes) || !BitOperations.IsPow2(_maximumDirectBytes) || _maximumDirectBytes < _startBytes
            || _width is < 1 or > 1024 || !BitOperations.IsPow2(_width) || bits is < 1 or > 62 || _rows > 64 || maximumObject == 0)
        {
            throw Broken("heap");
        }

        _offsetBytes = (bits + 7) / 8;
        _lengthBytes = Math.Min(
            (BitOperations.Log2((ulong)_maximumDirectBytes) + 7) / 8, (BitOperations.Log2(maximumObject) + 7) / 8);
    }

    /// <summary>Adds the members of a group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="heap">Address of the heap.</param>
    /// <param name="tree">Address of the tree that orders the names.</param>
    /// <param name="members">Receives the members.</param>
    /// <exception cref="InvalidDataException">Heap or tree is broken.</exception>
    public static void List(Hdf5File file, long heap, long tree, List<(string Name, long Address)> members)
    {
        var links = new Hdf5LinkHeap(file, heap);
        foreach (var id in links.Records(tree))
        {
            if (Hdf5Group.ReadLink(file, links.Find(id)) is { } member)
                members.Add(member);
        }
    }

    /// <summary>Returns the places of all links.</summary>
    private List<byte[]> Records(long tree)
    {
        var cursor = _file.Cursor(_file.Read(tree, 16 + _file.OffsetSize + 2));
        if (!cursor.Take(4).SequenceEqual("BTHD"u8))
            throw Broken("tree");
        cursor.Skip(1);
        var type = cursor.Byte();
        var (nodeBytes, recordBytes, depth) = (cursor.UInt32(), cursor.UInt16(), cursor.UInt16());
        cursor.Skip(2);
        var root = cursor.Address(_file.OffsetSize);
        var count = cursor.UInt16();
        if (type != 5 || recordBytes != RecordBytes || nodeBytes is < 64 or > 1 << 20)
            throw Broken("tree");
        if (depth > 1)
            throw new InvalidDataException($"{_file.Path} has an HDF5 group with a tree of {depth + 1} levels; expected at most 2.");
        var records = new List<byte[]>();
        if (root != Hdf5Cursor.Undefined)
            AddNode(root, count, depth, (int)nodeBytes, records);
        return records;
    }

    private void AddNode(long address, int count, int depth, int nodeBytes, List<byte[]> records)
    {
        if (records.Count + count > MaximumLinks)
            throw new InvalidDataException($"{_file.Path} has an HDF5 group of more than {MaximumLinks} members.");
        var cursor = _file.Cursor(_file.ReadUpTo(address, nodeBytes));
        if (!cursor.Take(4).SequenceEqual(depth == 0 ? "BTLF"u8 : "BTIN"u8))
            throw Broken("tree");
        cursor.Skip(2);
        for (var i = 0; i < count; i++)
        {
            cursor.Skip(4);
            records.Add(cursor.Take(RecordBytes - 4).ToArray());
        }

        // The children of an inner node are leaves: no more levels are read.
        var countBytes = (BitOperations.Log2((uint)(nodeBytes - 10) / RecordBytes) / 8) + 1;
        for (var i = 0; depth > 0 && i <= count; i++)
        {
            var child = cursor.Address(_file.OffsetSize);
            AddNode(child, (int)cursor.Number(countBytes), depth - 1, nodeBytes, records);
        }
    }

    /// <summary>Returns the bytes of a link.</summary>
    private byte[] Find(byte[] id)
    {
        var cursor = _file.Cursor(id);
        // The upper bits: version 0, type 0 for an object within a block.
        if ((cursor.Byte() & 0xF0) != 0)
            throw new InvalidDataException($"{_file.Path} has an HDF5 group with names outside its heap's blocks, which is not read.");
        var (offset, length) = (cursor.Number(_offsetBytes), cursor.Number(_lengthBytes));
        if (length > LongestLink)
            throw Broken("heap");
        return _rows == 0
            ? _file.Read(_root + offset, length)
            : _file.Read(Locate(_root, _rows, offset, 0), length);
    }

    /// <summary>Returns the address of an offset below a table of blocks.</summary>
    private long Locate(long table, int rows, long offset, int depth)
    {
        var directRows = BitOperations.Log2((ulong)_maximumDirectBytes) - BitOperations.Log2((ulong)_startBytes) + 2;
        for (int row = 0, entry = 0; row < rows && depth < MaximumDepth; row++)
        {
            var bytes = row == 0 ? _startBytes : _startBytes << Math.Min(row - 1, 40);
            if (offset >= bytes * _width)
            {
                offset -= bytes * _width;
                entry += _width;
                continue;
            }

            entry += (int)(offset / bytes);
            var headBytes = 5 + _file.OffsetSize + _offsetBytes;
            var child = _file.Cursor(_file.Read(table + headBytes + ((long)entry * _file.OffsetSize), _file.OffsetSize))
                .Address(_file.OffsetSize);
            var rest = offset % bytes;
            return row < directRows
                ? child + rest
                : Locate(
                    child, BitOperations.Log2((ulong)bytes) - BitOperations.Log2((ulong)(_startBytes * _width)) + 1, rest, depth + 1);
        }

        throw Broken("heap");
    }

    private InvalidDataException Broken(string what) => new($"{_file.Path} has an HDF5 group with a broken {what} of names.");
}
