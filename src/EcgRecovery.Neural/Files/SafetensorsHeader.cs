namespace EcgRecovery.Neural.Files;

/// <summary>What the JSON of a safetensors file says.</summary>
/// <param name="Metadata">The string map, hashes included.</param>
/// <param name="Entries">The tensors, by place in the data.</param>
internal sealed record SafetensorsHeader(SortedDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    /// <summary>The one JSON name that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The one type of value that is read and written.</summary>
    public const string ElementType = "F32";

    /// <summary>A quarter of a billion weights: far beyond any model here, and below what one array can hold.</summary>
    public const int MaximumDataBytes = 1 << 30;

    /// <summary>The bytes of all tensors.</summary>
    public int DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;
}

/// <summary>One tensor's place: bytes [<paramref name="Begin"/>, <paramref name="End"/>) of the data.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Begin">The first byte.</param>
/// <param name="End">One past the last byte.</param>
internal sealed record SafetensorsEntry(string Name, int[] Shape, int Begin, int End);
