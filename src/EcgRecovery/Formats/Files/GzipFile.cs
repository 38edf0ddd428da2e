using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Files;

/// <summary>Unpacks a gzip file (RFC 1952) in order, and compares its unpacked length with the file's end.</summary>
/// <param name="stream">The file, at its beginning, seekable; left open.</param>
/// <param name="name">The file's name in errors.</param>
internal sealed class GzipFile(Stream stream, string name) : IDisposable
{
    // Ten bytes of header, two of an empty block, CRC-32 and length.
    private const int SmallestBytes = 20;

    // Text of a week of three leads; a file that claims more is a bomb, or needs to be unpacked by hand.
    private const long MostUnpackedBytes = 1L << 32;
    private const int BufferBytes = 1 << 18;

    private readonly GZipStream _gzip = new(stream, CompressionMode.Decompress, leaveOpen: true);
    private long _unpackedBytes;

    /// <summary>Returns whether a file's first bytes are those of gzip.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <summary>
    /// Opens a file for reading at any place; a gzip file is unpacked into a temporary file, which is removed when closed.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is no file, or the gzip is broken or too large.</exception>
    public static SafeFileHandle OpenUnpacked(string path)
    {
        var file = InputFile.OpenHandle(path, FileOptions.RandomAccess);
        Span<byte> head = stackalloc byte[2];
        if (RandomAccess.Read(file, head, 0) < head.Length || !Recognizes(head))
            return file;
        using var packed = new FileStream(file, FileAccess.Read, bufferSize: 0);
        var unpacked = File.OpenHandle(
            Path.Combine(Path.GetTempPath(), $"ecg-recovery-{Guid.NewGuid():N}.tmp"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        try
        {
            using var gzip = new GzipFile(packed, path);
            var buffer = new byte[BufferBytes];
            var at = 0L;
            for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
            {
                if (at + read > MostUnpackedBytes)
                    throw new InvalidDataException($"{path} has more than {MostUnpackedBytes} bytes when unpacked; unpack it first.");
                RandomAccess.Write(unpacked, buffer.AsSpan(0, read), at);
                at += read;
            }

            return unpacked;
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    /// <summary>Reads until the destination is full or the file ends.</summary>
    /// <exception cref="InvalidDataException">The gzip is broken.</exception>
    public int Read(Span<byte> destination)
    {
        try
        {
            var read = _gzip.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            _unpackedBytes += read;
            if (read < destination.Length)
                CheckEnd();
            return read;
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{name} is a truncated, broken or multi-part gzip file.", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gzip.Dispose();

    /// <summary>Compares the unpacked length with the file's last four bytes: GZipStream does not report a file that breaks off.</summary>
    private void CheckEnd()
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (stream.Length < SmallestBytes)
            throw new InvalidDataException("No room for a gzip header and trailer.");
        stream.Position = stream.Length - sizeof(uint);
        stream.ReadExactly(length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)_unpackedBytes)
            throw new InvalidDataException("The gzip trailer gives another length.");
    }
}
