using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>A named network for single heartbeats.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">One line for help texts.</param>
/// <param name="Network">Its shape; of an ensemble, each member's.</param>
/// <param name="IsEnsemble">Whether it is several networks that refer to a library of other beats, trained with gaps.</param>
public sealed record BeatPreset(string Name, string Description, NetworkSpec Network, bool IsEnsemble)
{
    /// <summary>Every preset.</summary>
    public static IReadOnlyList<BeatPreset> All { get; } =
    [
        new("autoencoder", "the original: LSTM 64 → 32 → 64 → dense 1, one direction, 54,209 parameters", new NetworkSpec(1, [new(64), new(32), new(64)], 1), IsEnsemble: false),
        new(
            "beat",
            "recovers: an ensemble of bidirectional LSTM 64 → 64 that refer to other beats, with intervals",
            new NetworkSpec(BeatChannels.Inputs(seesLibrary: false), [new(64, Bidirectional: true), new(64, Bidirectional: true)], BeatChannels.Outputs),
            IsEnsemble: true)
        {
            Options = new BeatTrainingOptions
            {
                Preset = "beat",
                Masked = true,
                Epochs = 4,
                LearningRate = 3e-3,
                Schedule = LearningRateSchedule.Cosine,
                ValidationSplit = 0,
            },
        },
    ];

    /// <summary>How it is trained where nothing else is asked for.</summary>
    public BeatTrainingOptions Options { get; init; } = new();

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static BeatPreset Find(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", All.Select(p => p.Name))}.");
}
