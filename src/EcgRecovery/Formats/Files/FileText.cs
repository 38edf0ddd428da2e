using System.Text;
using System.Text.Unicode;

namespace EcgRecovery.Formats.Files;

/// <summary>Decodes text of files that do not state their encoding.</summary>
internal static class FileText
{
    /// <summary>Decodes UTF-8, or Latin-1 if the bytes are no UTF-8: older programs wrote their µ and ü in it.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
