using System.IO.Compression;
using System.Text;

namespace EcgRecovery.Tests.Formats.Numpy;

/// <summary>NumPy files, by hand.</summary>
/// <remarks>Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</remarks>
internal static class NpyBytes
{
    /// <summary>An array: type, order, shape as Python writes them, its bytes, and the version of the format.</summary>
    public static byte[] Array(string type, bool isFortran, string shape, ReadOnlySpan<byte> numbers, byte version = 1)
    {
        var descr = type.StartsWith('[') ? type : $"'{type}'";
        var text = $"{{'descr': {descr}, 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': {shape}, }}";
        var start = version == 1 ? 10 : 12;
        text = text.PadRight(((start + text.Length + 64) / 64 * 64) - start - 1) + "\n";
        byte[] length = [(byte)text.Length, (byte)(text.Length >> 8), .. version == 1 ? System.Array.Empty<byte>() : [0, 0]];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(text), .. numbers];
    }

    /// <summary>An archive of arrays.</summary>
    public static byte[] Archive(CompressionLevel level, params (string Name, byte[] Array)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, array) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy", level).Open();
                entry.Write(array);
            }
        }

        return stream.ToArray();
    }
}
