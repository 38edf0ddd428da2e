namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>A named way to train a beat model.</summary>
/// <param name="Description">Half a sentence for help texts.</param>
/// <param name="Options">The default options.</param>
internal sealed record BeatPreset(string Description, BeatTrainingOptions Options)
{
    /// <summary>Every preset.</summary>
    public static IReadOnlyList<BeatPreset> All { get; } =
    [
        new("the original: LSTM 64 → 32 → 64 → dense 1, one direction, 54,209 parameters", new AutoencoderTraining()),
        new("recovers: an ensemble of bidirectional LSTM 64 → 64 that refer to other beats, with intervals", new BeatModelTraining()),
    ];

    /// <summary>The name on the command line and in model files.</summary>
    public string Name => Options.Preset;

    /// <summary>Finds the preset with a name.</summary>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static BeatPreset Find(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'; expected one of {string.Join(", ", All.Select(p => p.Name))}.");
}
