namespace EcgRecovery.Formats.Hdf5;

/// <summary>The kinds of messages of an object header that are read.</summary>
internal enum Hdf5MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
}

/// <summary>One message of an object header.</summary>
/// <param name="Kind">What it describes.</param>
/// <param name="IsShared">Whether it is the place of the message instead.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Hdf5Message(Hdf5MessageKind Kind, bool IsShared, byte[] Body);

/// <summary>The header of a group or dataset: a list of messages.</summary>
/// <remarks>
/// Version 1 has no signature; version 2 begins with OHDR. More messages lie in the blocks that continuation messages name. Source: HDF5
/// File Format Specification, section IV.A.1.
/// </remarks>
internal sealed class Hdf5Header
{
    private const int MaximumMessages = 4096;
    private const int MaximumBlocks = 256;
    private const int MaximumBlockBytes = 1 << 20;
    private const int ShareFlag = 0x02;

    private readonly Hdf5File _file;
    private readonly List<Hdf5Message> _messages = [];
    private readonly Queue<(long Address, long Bytes)> _blocks = [];

    private Hdf5Header(Hdf5File file) => _file = file;

    /// <summary>The messages.</summary>
    public IReadOnlyList<Hdf5Message> Messages => _messages;

    /// <summary>Reads the header at an address.</summary>
    /// <exception cref="InvalidDataException">There is no header, or it is broken.</exception>
    public static Hdf5Header Read(Hdf5File file, long address)
    {
        var header = new Hdf5Header(file);
        var start = file.ReadUpTo(address, 64);
        if (start.AsSpan().StartsWith("OHDR"u8))
            header.ReadVersion2(address, start);
        else
            header.ReadVersion1(address, start);
        return header;
    }

    /// <summary>Returns the first message of a kind; null if there is none.</summary>
    public Hdf5Message? Find(Hdf5MessageKind kind) => _messages.FirstOrDefault(message => message.Kind == kind);

    private void ReadVersion1(long address, byte[] start)
    {
        var cursor = _file.Cursor(start);
        if (cursor.Byte() != 1)
            throw new InvalidDataException($"{_file.Path} has no HDF5 object at address {address}.");
        cursor.Skip(7);
        _blocks.Enqueue((address + 16, cursor.UInt32()));
        for (var count = 0; _blocks.TryDequeue(out var block); count++)
            ReadMessages(Block(block, count), version: 1, hasOrder: false);
    }

    private void ReadVersion2(long address, byte[] start)
    {
        var cursor = _file.Cursor(start);
        cursor.Skip(4);
        var (version, flags) = (cursor.Byte(), cursor.Byte());
        if (version != 2)
            throw new InvalidDataException($"{_file.Path} has an HDF5 object of version {version} at address {address}; expected 1 or 2.");
        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var bytes = cursor.Number(1 << (flags & 0x03));
        var hasOrder = (flags & 0x04) != 0;
        ReadMessages(Block((address + start.Length - cursor.Left, bytes), 0), 2, hasOrder);
        for (var count = 1; _blocks.TryDequeue(out var block); count++)
        {
            var body = Block(block, count);
            // A signature before and a checksum behind.
            if (!body.AsSpan().StartsWith("OCHK"u8) || body.Length < 8)
                throw new InvalidDataException($"{_file.Path} has no continued HDF5 object at address {block.Address}.");
            ReadMessages(body.AsSpan(4, body.Length - 8), 2, hasOrder);
        }
    }

    private byte[] Block((long Address, long Bytes) block, int count) => count < MaximumBlocks && block.Bytes <= MaximumBlockBytes
        ? _file.Read(block.Address, block.Bytes)
        : throw new InvalidDataException(
            $"{_file.Path} has an HDF5 object of more than {MaximumBlocks} blocks, or one of {block.Bytes} bytes.");

    private void ReadMessages(ReadOnlySpan<byte> block, int version, bool hasOrder)
    {
        var cursor = _file.Cursor(block);
        var headBytes = version == 1 ? 8 : hasOrder ? 6 : 4;
        // What is too short for a message is a gap.
        while (cursor.Left >= headBytes)
        {
            var kind = (Hdf5MessageKind)(version == 1 ? cursor.UInt16() : cursor.Byte());
            var bytes = cursor.UInt16();
            var flags = cursor.Byte();
            cursor.Skip(version == 1 ? 3 : hasOrder ? 2 : 0);
            var body = cursor.Take(bytes);
            if (kind == Hdf5MessageKind.Continuation)
            {
                var place = _file.Cursor(body);
                _blocks.Enqueue((place.Address(_file.OffsetSize), place.Number(_file.LengthSize)));
            }
            else if (_messages.Count < MaximumMessages && Enum.IsDefined(kind))
            {
                _messages.Add(new Hdf5Message(kind, (flags & ShareFlag) != 0, body.ToArray()));
            }
        }
    }
}
