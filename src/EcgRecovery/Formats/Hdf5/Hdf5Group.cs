using System.Text;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>Lists the members of a group.</summary>
/// <remarks>
/// Members of old groups are in a B-tree of nodes of symbols, with their names in a heap; those of new groups are messages of the header.
/// Links to names and to other files are not followed. Source: HDF5 File Format Specification, sections III.A, III.B, III.D, IV.A.2.g.
/// </remarks>
/// <param name="file">The file.</param>
internal sealed class Hdf5Group(Hdf5File file)
{
    private const int MaximumNodes = 4096;
    private const int LongestName = 1024;

    private readonly List<(string Name, long Address)> _members = [];
    private readonly HashSet<long> _nodes = [];

    /// <summary>Returns the members of the group with a header; null if it is no group.</summary>
    /// <exception cref="InvalidDataException">The group is broken, or of a kind that is not read.</exception>
    public static IReadOnlyList<(string Name, long Address)>? List(Hdf5File file, Hdf5Header header)
    {
        var group = new Hdf5Group(file);
        if (header.Find(Hdf5MessageKind.SymbolTable) is { } table)
        {
            var cursor = file.Cursor(table.Body);
            var tree = cursor.Address(file.OffsetSize);
            var heap = file.Cursor(file.Read(cursor.Address(file.OffsetSize), 8 + (2 * file.LengthSize) + file.OffsetSize));
            if (!heap.Take(4).SequenceEqual("HEAP"u8))
                throw new InvalidDataException($"{file.Path} has an HDF5 group without names.");
            heap.Skip(4);
            var bytes = heap.Number(file.LengthSize);
            heap.Skip(file.LengthSize);
            group.ListTree(tree, heap.Address(file.OffsetSize), bytes, level: null);
            return group._members;
        }

        if (header.Find(Hdf5MessageKind.LinkInfo) is { } info)
        {
            var cursor = file.Cursor(info.Body);
            cursor.Skip(1);
            cursor.Skip((cursor.Byte() & 1) != 0 ? 8 : 0);
            if (cursor.Address(file.OffsetSize) is not Hdf5Cursor.Undefined and var heap)
                Hdf5LinkHeap.List(file, heap, cursor.Address(file.OffsetSize), group._members);
        }
        else if (header.Find(Hdf5MessageKind.Link) is null)
        {
            return null;
        }

        foreach (var message in header.Messages.Where(message => message.Kind == Hdf5MessageKind.Link))
        {
            if (ReadLink(file, message.Body) is { } member)
                group._members.Add(member);
        }

        return group._members;
    }

    /// <summary>Reads a link; returns null where it leads to a name or another file.</summary>
    public static (string Name, long Address)? ReadLink(Hdf5File file, ReadOnlySpan<byte> body)
    {
        var cursor = file.Cursor(body);
        cursor.Skip(1);
        var flags = cursor.Byte();
        var isHard = (flags & 0x08) == 0 || cursor.Byte() == 0;
        cursor.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = Encoding.UTF8.GetString(cursor.Take(cursor.Number(1 << (flags & 0x03))));
        return isHard && name.Length <= LongestName ? (name, cursor.Address(file.OffsetSize)) : null;
    }

    private void Visit(long address)
    {
        if (!_nodes.Add(address) || _nodes.Count > MaximumNodes)
        {
            throw new InvalidDataException(
                $"{file.Path} has an HDF5 group whose nodes form a circle, or more than {MaximumNodes} of them.");
        }
    }

    private void ListTree(long address, long names, long nameBytes, int? level)
    {
        Visit(address);
        var head = file.Cursor(file.Read(address, 8));
        if (!head.Take(4).SequenceEqual("TREE"u8) || head.Byte() != 0)
            throw new InvalidDataException($"{file.Path} has no HDF5 group at address {address}.");
        var own = head.Byte();
        var count = head.UInt16();
        if (level is { } expected && own != expected)
            throw new InvalidDataException($"{file.Path} has an HDF5 group with a node of level {own}; expected {expected}.");
        var cursor = file.Cursor(file.Read(
            address + 8 + (2 * file.OffsetSize), (count * (file.LengthSize + file.OffsetSize)) + file.LengthSize));
        for (var i = 0; i < count; i++)
        {
            cursor.Skip(file.LengthSize);
            var child = cursor.Address(file.OffsetSize);
            if (own > 0)
                ListTree(child, names, nameBytes, own - 1);
            else
                ListSymbols(child, names, nameBytes);
        }
    }

    private void ListSymbols(long address, long names, long nameBytes)
    {
        Visit(address);
        var head = file.Cursor(file.Read(address, 8));
        if (!head.Take(4).SequenceEqual("SNOD"u8))
            throw new InvalidDataException($"{file.Path} has no members of an HDF5 group at address {address}.");
        head.Skip(2);
        var count = head.UInt16();
        var entryBytes = (2 * file.OffsetSize) + 24;
        var cursor = file.Cursor(file.Read(address + 8, (long)count * entryBytes));
        for (var i = 0; i < count; i++)
        {
            var name = cursor.Number(file.OffsetSize);
            var member = cursor.Address(file.OffsetSize);
            var isLink = cursor.UInt32() == 2;
            cursor.Skip(20);
            if (!isLink && name < nameBytes)
                _members.Add((file.Cursor(file.ReadUpTo(names + name, (int)Math.Min(LongestName, nameBytes - name))) is var text
                    ? text.Text(text.Left)
                    : "", member));
        }
    }
}
