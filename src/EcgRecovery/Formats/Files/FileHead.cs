using System.IO.Compression;
using System.Text;

namespace EcgRecovery.Formats.Files;

/// <summary>The first bytes of a file, by which its format is recognized.</summary>
internal sealed class FileHead
{
    // Covers the header of an EDF file with 15 signals, and HDF5's signature behind a user block of up to 2 KiB.
    private const int MaximumBytes = 4096;

    private readonly byte[] _bytes;

    /// <param name="path">The file.</param>
    /// <param name="bytes">Its first bytes.</param>
    public FileHead(string path, ReadOnlySpan<byte> bytes)
    {
        Path = path;
        _bytes = [.. bytes[..Math.Min(bytes.Length, MaximumBytes)]];
        Text = Decode(_bytes);
        Unpacked = IsGzip ? Unpack() : null;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The first bytes, at most 4,096; fewer of a shorter file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The first bytes as text; null where they are no text, or the file is empty.</summary>
    public string? Text { get; }

    /// <summary>Whether the file is packed with gzip.</summary>
    public bool IsGzip => Bytes.StartsWith<byte>([0x1F, 0x8B, 8]);

    /// <summary>The head of what is packed with gzip; null where nothing is, or it cannot be unpacked.</summary>
    public FileHead? Unpacked { get; }

    /// <summary>Reads the head of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is a directory, a pipe or a device.</exception>
    public static FileHead Read(string path)
    {
        using var file = InputFile.OpenHandle(path);
        var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(file), MaximumBytes)];
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(length), length) is > 0 and var read)
            length += read;
        return new FileHead(path, bytes.AsSpan(0, length));
    }

    // Every text has no other control characters than these; a byte order mark makes the zeros of UTF-16 text.
    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return null;
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        foreach (var value in bytes)
        {
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\v' or (byte)'\f' or (byte)'\r' or 0x1A))
                return null;
        }

        return FileText.Decode(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
    }

    // The head's bytes are the beginning of a packed file, so they end early.
    private FileHead? Unpack()
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(_bytes), CompressionMode.Decompress);
            var unpacked = new byte[MaximumBytes];
            var length = 0;
            while (length < unpacked.Length && stream.Read(unpacked, length, unpacked.Length - length) is > 0 and var read)
                length += read;
            // Packed twice is no recording of any format.
            return length == 0 || unpacked is [0x1F, 0x8B, ..] ? null : new FileHead(Path, unpacked.AsSpan(0, length));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
