namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The trained models that ship inside this library.</summary>
public static class ShippedBeatModels
{
    // Each .safetensors file of the folder Recovery/Models is embedded under this prefix.
    private const string Prefix = "models/";
    private const string Suffix = ".safetensors";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<BeatMethodEntry> All { get; } =
    [
        .. typeof(ShippedBeatModels).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.EndsWith(Suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => new BeatMethodEntry(
                resource[Prefix.Length..^Suffix.Length], "a trained network that ships with the tool", NeedsReferenceBeats: false, context => Load(resource, context.Threads))),
    ];

    /// <summary>The bytes of a shipped model's file, as its hash is taken of them; null where no model of that name ships.</summary>
    public static Stream? OpenFile(string name) => typeof(ShippedBeatModels).Assembly.GetManifestResourceStream($"{Prefix}{name}{Suffix}");

    private static BeatModel Load(string resource, int threads)
    {
        using var stream = typeof(ShippedBeatModels).Assembly.GetManifestResourceStream(resource)!;
        return new BeatModel(resource[Prefix.Length..^Suffix.Length], BeatModelFile.Read(stream, resource), threads);
    }
}
