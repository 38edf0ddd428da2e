using EcgRecovery.Neural;

namespace EcgRecovery.Recovery.Training;

/// <summary>A named network for single heartbeats.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">One line for help texts.</param>
/// <param name="Network">Its shape.</param>
public sealed record BeatPreset(string Name, string Description, NetworkSpec Network)
{
    /// <summary>Every preset.</summary>
    public static IReadOnlyList<BeatPreset> All { get; } =
    [
        new("autoencoder", "the original: LSTM 64 → 32 → 64 → dense 1, one direction, 54,209 parameters", new NetworkSpec(1, [new(64), new(32), new(64)], 1)),
    ];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static BeatPreset Find(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", All.Select(p => p.Name))}.");
}
