using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>Reads heartbeat CSVs: Kaggle's own files, and people's copies with a header line, an index column, or gzip about them.</summary>
/// <remarks>
/// A row is 187 samples and a label 0…4, with commas between. Memory: the rows themselves (748 bytes each) and a buffer of 1 MiB; twice
/// the rows for a moment where the lines have different lengths. Every number becomes the nearest float32.
/// </remarks>
public static class HeartbeatCsvReader
{
    private const int BufferBytes = 1 << 20;

    // 189 cells of 25 bytes are 5 kB; what has a far longer line is some other file.
    private const int LongestLineBytes = 1 << 16;

    /// <summary>Reads a file, and its companion <c>X.rows.csv</c> where that lies beside it.</summary>
    /// <param name="path">The file; gzip is recognised by its content.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="cancellation">Looked at once in a megabyte.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty, a directory, a broken gzip or holds a bad row; named by line and column.</exception>
    public static HeartbeatFile Read(string path, HeartbeatCsvOptions? options = null, CancellationToken cancellation = default)
    {
        using var stream = InputFile.OpenRead(path);
        var read = Read(stream, path, options, cancellation);
        var companion = HeartbeatSources.PathFor(path);
        if (!File.Exists(companion))
            return read;
        var sources = HeartbeatSources.Read(companion);
        if (sources.Count != read.Set.Count)
            throw new InvalidDataException($"{companion} names {sources.Count} rows; {path} has {read.Set.Count}.");
        return read with { Set = new HeartbeatSet(read.Set.Samples, read.Set.Classes, sources) };
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The text, plain or gzip; seekable, left open.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="cancellation">Looked at once in a megabyte.</param>
    /// <exception cref="InvalidDataException">It is empty, a broken gzip or holds a bad row; named by line and column.</exception>
    public static HeartbeatFile Read(Stream stream, string name, HeartbeatCsvOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new HeartbeatCsvOptions();
        using var sha256 = options.ComputeSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var parser = new HeartbeatCsvParser(name, options.AllowMissing);
        using var text = new ByteSource(stream, name);
        ReadLines(text, name, parser, sha256, cancellation);
        var (samples, classes) = parser.Finish();
        var hash = sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset());
        return new HeartbeatFile(new HeartbeatSet(samples, classes), hash, parser.HadHeader, parser.HadIndexColumn);
    }

    private static void ReadLines(ByteSource text, string name, HeartbeatCsvParser parser, IncrementalHash? sha256, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        var kept = 0;
        var passed = 0L;
        for (var isFirst = true; ; isFirst = false)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = text.Read(buffer.AsSpan(kept));
            sha256?.AppendData(buffer, kept, read);
            var rest = buffer.AsSpan(0, kept + read);
            if (isFirst && rest.StartsWith("\uFEFF"u8))
                rest = rest[3..];
            for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                AddLine(rest[..end], 1);
                rest = rest[(end + 1)..];
            }

            if (read == 0)
            {
                if (!rest.IsEmpty)
                    AddLine(rest, 0);
                return;
            }

            if (rest.Length > LongestLineBytes)
                throw new InvalidDataException($"{name} has a line of more than {LongestLineBytes} bytes; is it a heartbeat CSV?");
            rest.CopyTo(buffer);
            kept = rest.Length;
        }

        void AddLine(ReadOnlySpan<byte> line, int lineEndBytes)
        {
            var isRow = parser.Add(line);
            var lineBytes = line.Length + lineEndBytes;
            // Kaggle's lines have one length: the first row tells how many there are.
            if (isRow && parser.Count == 1 && text.Length is { } length)
                parser.Reserve(Math.Max(1, (length - passed + lineBytes - 1) / lineBytes));
            passed += lineBytes;
        }
    }

    /// <summary>The uncompressed bytes of a stream, plain or gzip.</summary>
    private sealed class ByteSource : IDisposable
    {
        // Ten bytes of header, two of an empty block, CRC-32 and length.
        private const int SmallestGzipBytes = 20;

        private readonly string _name;
        private readonly Stream _stream;
        private readonly GZipStream? _gzip;
        private long _unpackedBytes;

        public ByteSource(Stream stream, string name)
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

        /// <summary>Fills the destination as far as there are bytes.</summary>
        public int Read(Span<byte> destination)
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

        public void Dispose() => _gzip?.Dispose();

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
}
