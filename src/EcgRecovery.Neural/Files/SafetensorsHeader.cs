using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Files;

/// <summary>The header of a safetensors file.</summary>
/// <param name="Metadata">The string map, hashes included.</param>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
internal sealed record SafetensorsHeader(SortedDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    /// <summary>The JSON name that is not a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>A quarter of a billion weights: far above any model of this project, and below the maximum length of an array.</summary>
    public const int MaximumDataBytes = 1 << 30;

    /// <summary>Gets the number of bytes of all tensors.</summary>
    public int DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;
}

/// <summary>A tensor's entry in the header: bytes [<paramref name="Begin"/>, <paramref name="End"/>) of the data.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Begin">The first byte.</param>
/// <param name="End">One past the last byte.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, int[] Shape, int Begin, int End);

/// <summary>The supported types of values, with their names in the header.</summary>
internal static class SafetensorsTypes
{
    private static readonly (TensorType Type, string Name, int Bytes)[] s_all =
        [(TensorType.F32, "F32", sizeof(float)), (TensorType.U8, "U8", sizeof(byte))];

    /// <summary>Gets all names, for error messages.</summary>
    public static string Names { get; } = string.Join(" or ", s_all.Select(t => t.Name));

    /// <summary>Returns the type of a name, or null.</summary>
    public static TensorType? Find(string? name) => Array.Exists(s_all, t => t.Name == name) ? s_all.First(t => t.Name == name).Type : null;

    /// <summary>Returns the name in the header.</summary>
    public static string NameOf(TensorType type) => s_all.First(t => t.Type == type).Name;

    /// <summary>Returns the number of bytes of a value.</summary>
    public static int BytesOf(TensorType type) => s_all.First(t => t.Type == type).Bytes;
}
