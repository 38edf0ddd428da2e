using System.Buffers.Binary;
using System.IO.Compression;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Numpy;

/// <summary>Lists the arrays of a NumPy archive, a ZIP file with a member <c>NAME.npy</c> for each.</summary>
/// <remarks>
/// A member is unpacked into memory when its numbers are read; of its head only the beginning is. ZIP's local file header: signature,
/// …, length of the name in byte 26, the name from byte 30 on. Source: PKWARE, APPNOTE.TXT, section 4.3.7.
/// </remarks>
internal static class NpzReader
{
    private const string Extension = ".npy";
    private const int BeginningBytes = 1 << 12;
    private const int LocalHeaderBytes = 30;

    /// <summary>Returns whether the first bytes of a file are those of a ZIP archive whose first member is an array.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head)
    {
        if (head.Length < LocalHeaderBytes || !head.StartsWith("PK\x03\x04"u8))
            return false;
        var name = head[LocalHeaderBytes..];
        var length = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
        return length <= name.Length && name[..length].EndsWith(".npy"u8);
    }

    /// <summary>Lists the arrays.</summary>
    /// <exception cref="InvalidDataException">The file is no archive, or is broken.</exception>
    public static void List(ArraySource source, ArrayContents contents)
    {
        try
        {
            using var archive = Archive(source);
            for (var i = 0; i < archive.Entries.Count; i++)
            {
                var (index, entry) = (i, archive.Entries[i]);
                if (contents.IsFull || !entry.FullName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                    continue;
                var (full, length) = (entry.FullName, entry.Length);
                var name = full[..^Extension.Length];
                var packedBytes = entry.CompressedLength;
                var beginning = Unpack(entry, (int)Math.Min(length, BeginningBytes), contents.Path);
                NpyHeader.Read(
                    new PackedArraySource(
                        length,
                        () =>
                        {
                            PackedArraySource.Check($"the packed array {InputFile.Shorten(name)}", length, packedBytes, contents.Path);
                            return Unpack(source, index, (int)length, contents.Path);
                        },
                        contents.Path)
                    { Beginning = new MemoryArraySource(beginning, contents.Path) },
                    name,
                    contents);
            }
        }
        catch (Exception broken) when (IsBroken(broken, contents.Path))
        {
            throw new InvalidDataException($"{contents.Path} is no sound ZIP archive of NumPy arrays.", broken);
        }
    }

    private static ZipArchive Archive(ArraySource source) => new(new ArraySourceStream(source, 0, source.Length), ZipArchiveMode.Read);

    private static byte[] Unpack(ArraySource source, int index, int bytes, string path)
    {
        try
        {
            using var archive = Archive(source);
            return Unpack(archive.Entries[index], bytes, path);
        }
        catch (Exception broken) when (IsBroken(broken, path))
        {
            throw new InvalidDataException($"{path}: member {index + 1} of the ZIP archive is broken.", broken);
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry, int bytes, string path)
    {
        var unpacked = new byte[bytes];
        using var stream = entry.Open();
        if (stream.ReadAtLeast(unpacked, bytes, throwOnEndOfStream: false) < bytes)
            throw new InvalidDataException($"{path}: the packed array {InputFile.Shorten(entry.FullName)} ends before its {bytes} bytes.");
        return unpacked;
    }

    // ZipArchive's own errors; ours have the file's name.
    private static bool IsBroken(Exception exception, string path) =>
        exception is IOException or NotSupportedException or ArgumentException or OverflowException
        || exception is InvalidDataException && !exception.Message.StartsWith(path, StringComparison.Ordinal);
}
