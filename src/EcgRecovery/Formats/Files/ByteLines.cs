using System.Security.Cryptography;

namespace EcgRecovery.Formats.Files;

/// <summary>Handles one line.</summary>
/// <param name="line">The bytes, without the <c>\n</c> but with a <c>\r</c> before it.</param>
/// <param name="hasLineEnd">False for a last line without <c>\n</c>.</param>
internal delegate void LineHandler(ReadOnlySpan<byte> line, bool hasLineEnd);

/// <summary>Reads the lines of a text file, plain or gzip, as bytes, in a bounded buffer.</summary>
internal sealed class ByteLines : IDisposable
{
    private const int BufferBytes = 1 << 20;

    // 189 cells of 25 bytes are 5 kB; a file with far longer lines is no heartbeat CSV.
    private const int LongestLineBytes = 1 << 16;

    private readonly string _name;
    private readonly Stream _stream;
    private readonly GzipFile? _gzip;

    /// <param name="stream">The file, at its beginning, seekable; left open.</param>
    /// <param name="name">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The stream is a pipe or a device, or a ZIP archive.</exception>
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
        if (GzipFile.Recognizes(head))
            _gzip = new GzipFile(stream, name);
        else
            Length = stream.Length - start;
    }

    /// <summary>The number of bytes; null for gzip, whose length is known only at the end.</summary>
    public long? Length { get; }

    /// <summary>Reads to the end; skips a byte order mark.</summary>
    /// <param name="handle">Called for every line, in order.</param>
    /// <param name="sha256">Receives all (uncompressed) bytes; null = no hash.</param>
    /// <param name="cancellationToken">Checked once per megabyte.</param>
    /// <exception cref="InvalidDataException">The gzip is broken, or a line is too long for a heartbeat CSV.</exception>
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

    /// <summary>Reads until the destination is full or the file ends.</summary>
    private int Read(Span<byte> destination) =>
        _gzip?.Read(destination) ?? _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
}
