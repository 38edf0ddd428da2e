using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>What the JSON of a safetensors file says.</summary>
/// <param name="Metadata">The string map, hashes included.</param>
/// <param name="Entries">The tensors, by place in the data.</param>
internal sealed record SafetensorsHeader(SortedDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    /// <summary>The one JSON name that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>A quarter of a billion weights, or a billion bytes: far beyond any model here, and below what one array can hold.</summary>
    public const int MaximumDataBytes = 1 << 30;

    /// <summary>The bytes of all tensors.</summary>
    public int DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;
}

/// <summary>One tensor's place: bytes [<paramref name="Begin"/>, <paramref name="End"/>) of the data.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">How its values are held.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Begin">The first byte.</param>
/// <param name="End">One past the last byte.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, int[] Shape, int Begin, int End);

/// <summary>The types of value that are read and written, with their names in the header.</summary>
internal static class SafetensorsTypes
{
    private static readonly (TensorType Type, string Name, int Bytes)[] s_all = [(TensorType.F32, "F32", sizeof(float)), (TensorType.U8, "U8", sizeof(byte))];

    /// <summary>All names, for messages.</summary>
    public static string Names { get; } = string.Join(" or ", s_all.Select(t => t.Name));

    /// <summary>The type of that name, or null.</summary>
    public static TensorType? Find(string? name) => Array.Exists(s_all, t => t.Name == name) ? s_all.First(t => t.Name == name).Type : null;

    /// <summary>The name in the header.</summary>
    public static string NameOf(TensorType type) => s_all.First(t => t.Type == type).Name;

    /// <summary>Bytes of a value.</summary>
    public static int BytesOf(TensorType type) => s_all.First(t => t.Type == type).Bytes;
}
