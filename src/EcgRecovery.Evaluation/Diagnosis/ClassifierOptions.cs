using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>Options of the classifier's training. The defaults made the shipped one; they were chosen on the validation patients.</summary>
internal sealed record ClassifierOptions
{
    /// <summary>Hidden units of each layer and direction.</summary>
    public IReadOnlyList<int> Units { get; init; } = [32, 32];

    /// <summary>Networks whose scores are added; they differ in start weights, order and changes.</summary>
    public int Members { get; init; } = 3;

    /// <summary>Passes over the training beats.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Beats per update.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The peak learning rate; it rises over the first updates, then falls along a cosine.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>p: a beat of a class with n beats has a loss weight in proportion to n⁻ᵖ.</summary>
    public double ClassPower { get; init; } = 0.5;

    /// <summary>Maximum relative change of the waveforms' duration, drawn for every beat and epoch.</summary>
    public double Stretch { get; init; } = 0.1;

    /// <summary>Whether half of the beats are inverted, as by other leads.</summary>
    public bool Inverts { get; init; }

    /// <summary>Leads of each record to learn from, counted from 0.</summary>
    public IReadOnlyList<int> Leads { get; init; } = [0, 1];

    /// <summary>Seed of the first network; the next have the seeds that follow.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The shape of a network.</summary>
    public NetworkSpec Network => new(
        ClassifierInput.Channels, [.. Units.Select(units => new LstmLayerSpec(units, Bidirectional: true))], ClassCounts.Classes);
}
