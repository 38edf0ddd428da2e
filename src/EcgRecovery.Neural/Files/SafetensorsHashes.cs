using System.Security.Cryptography;
using System.Text;

namespace EcgRecovery.Neural.Files;

/// <summary>The three hashes in a file's metadata: SHA-256, in lower-case hexadecimal digits.</summary>
internal static class SafetensorsHashes
{
    /// <summary>Metadata key of the hash of the tensors' bytes.</summary>
    public const string Tensors = "tensor_sha256";

    /// <summary>Metadata key of the hash of names, types, shapes and offsets.</summary>
    public const string Layout = "layout_sha256";

    /// <summary>Metadata key of the hash of all other metadata.</summary>
    public const string Metadata = "metadata_sha256";

    /// <summary>Gets the metadata keys of the three hashes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Layout, Metadata, Tensors];

    /// <summary>Returns the hash of each of <see cref="Names"/>.</summary>
    /// <param name="header">The header; hashes in its metadata are ignored.</param>
    /// <param name="data">The tensors' bytes.</param>
    public static IReadOnlyDictionary<string, string> Compute(SafetensorsHeader header, ReadOnlySpan<byte> data) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Tensors] = Convert.ToHexStringLower(SHA256.HashData(data)),
            [Layout] = OfText(LayoutText(header.Entries)),
            [Metadata] = OfText(MetadataText(header.Metadata)),
        };

    /// <summary>Returns one line per tensor, in file order: <c>name F32 [2,3] 0..24</c>.</summary>
    private static string LayoutText(IReadOnlyList<SafetensorsEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var (type, shape) = (SafetensorsTypes.NameOf(entry.Type), string.Join(',', entry.Shape));
            text.Append($"{entry.Name} {type} [{shape}] {entry.Begin}..{entry.End}\n");
        }

        return text.ToString();
    }

    /// <summary>Returns key and value on a line each, sorted by ordinal.</summary>
    private static string MetadataText(SortedDictionary<string, string> metadata)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in metadata)
        {
            if (!Names.Contains(key))
                text.Append(key).Append('\n').Append(value).Append('\n');
        }

        return text.ToString();
    }

    private static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
