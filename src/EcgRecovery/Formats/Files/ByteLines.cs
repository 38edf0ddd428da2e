using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace EcgRecovery.Formats.Files;

/// <summary>Takes one line.</summary>
/// <param name="line">Its bytes, without the <c>\n</c> but with a <c>\r</c> before it.</param>
/// <param name="hasLineEnd">False for a last line without <c>\n</c>.</param>
internal delegate void LineHandler(ReadOnlySpan<byte> line, bool hasLineEnd);

/// <summary>The lines of a text file, plain or gzip, as bytes, in a bounded buffer.</summary>
internal sealed class ByteLines : IDisposable
{
    private const int BufferBytes = 1 << 20;

    // 189 cells of 25 bytes are 5 kB; what has a far longer line is some other file.
    private const int LongestLineBytes = 1 << 16;

    // Ten bytes of header, two of an empty block, CRC-32 and length.
    private const int SmallestGzipBytes = 20;

    private readonly string _name;
    private readonly Stream _stream;
    private readonly GZipStream? _gzip;
    private long _unpackedBytes;

    /// <param name="stream">At its beginning, seekable; left open.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no file, or a ZIP archive.</exception>
    public ByteLines(Stream stream, string name)
    {
        if (!stream.CanSeek)
            throw new InvalidDataException($"{name} is a pipe or a device; expected a file.");
        _name = name;
        _stream = stream;
        Span<byte> head = stackalloc byte[4];
        var start = stream.Position;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = start;
        if (head.SequenceEqual("PK\x03\x04"u8))
            throw new InvalidDataException($"{name} is a ZIP archive; unpack it first.");
        if (head is [0x1F, 0x8B, ..])
            _gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        else
            Length = stream.Length - start;
    }

    /// <summary>All bytes, where that is known beforehand.</summary>
    public long? Length { get; }

    /// <summary>Reads to the end; a byte order mark is left out.</summary>
    /// <param name="handle">Called for every line, in order.</param>
    /// <param name="sha256">Is fed all (uncompressed) bytes where given.</param>
    /// <param name="cancellationToken">Looked at once in a megabyte.</param>
    /// <exception cref="InvalidDataException">A broken gzip, or a line too long for a heartbeat CSV.</exception>
    public void ForEach(LineHandler handle, IncrementalHash? sha256 = null, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[BufferBytes];
        var kept = 0;
        for (var isFirst = true; ; isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Read(buffer.AsSpan(kept));
            sha256?.AppendData(buffer, kept, read);
            var rest = buffer.AsSpan(0, kept + read);
            if (isFirst && rest.StartsWith("\uFEFF"u8))
                rest = rest[3..];
            for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                handle(rest[..end], hasLineEnd: true);
                rest = rest[(end + 1)..];
            }

            if (read == 0)
            {
                if (!rest.IsEmpty)
                    handle(rest, hasLineEnd: false);
                return;
            }

            if (rest.Length > LongestLineBytes)
                throw new InvalidDataException($"{_name} has a line of more than {LongestLineBytes} bytes; is it a heartbeat CSV?");
            rest.CopyTo(buffer);
            kept = rest.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gzip?.Dispose();

    /// <summary>Fills the destination as far as there are bytes.</summary>
    private int Read(Span<byte> destination)
    {
        if (_gzip is null)
            return _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        try
        {
            var read = _gzip.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            _unpackedBytes += read;
            if (read < destination.Length)
                CheckGzipEnd();
            return read;
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{_name} is a truncated, broken or multi-part gzip file.", broken);
        }
    }

    /// <summary>GZipStream takes a file that breaks off for one that ends: compare with the length in the file's last four bytes.</summary>
    private void CheckGzipEnd()
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (_stream.Length < SmallestGzipBytes)
            throw new InvalidDataException("No room for a gzip header and trailer.");
        _stream.Position = _stream.Length - sizeof(uint);
        _stream.ReadExactly(length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)_unpackedBytes)
            throw new InvalidDataException("The gzip trailer gives another length.");
    }
}
