using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery;

/// <summary>Options for training a model for recordings. The defaults are those of the model that ships.</summary>
public sealed record RecordModelTrainingOptions
{
    private static readonly RecordTrainingOptions s_defaults = new();

    /// <summary>
    /// Names the patient of a recording, by its name: recordings of one patient are held out together. By default each is of its own.
    /// </summary>
    public Func<string, string> PatientOf { get; init; } = name => name;

    /// <summary>Rounds of up to 40 gaps that are cut from each recording.</summary>
    public int Rounds { get; init; } = s_defaults.Rounds;

    /// <summary>Passes over the gaps.</summary>
    public int Epochs { get; init; } = s_defaults.Epochs;

    /// <summary>Units of a layer in one direction.</summary>
    public int Units { get; init; } = s_defaults.Units;

    /// <summary>Gaps per update of the weights.</summary>
    public int BatchSize { get; init; } = s_defaults.BatchSize;

    /// <summary>Largest learning rate; it falls along half a cosine.</summary>
    public double LearningRate { get; init; } = s_defaults.LearningRate;

    /// <summary>Largest number of networks; each is trained without a part of the patients.</summary>
    public int Networks { get; init; } = s_defaults.Folds;

    /// <summary>Seed of gaps, weights and order.</summary>
    public ulong Seed { get; init; } = s_defaults.Seed;

    /// <summary>Maximum number of threads. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Keeps the gaps and, after every epoch, the state, so that a stopped run can go on; null for neither.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Whether to go on from what <see cref="CheckpointFolder"/> holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether an existing model file may be replaced.</summary>
    public bool Overwrite { get; init; }

    internal RecordTrainingOptions ToTraining() => s_defaults with
    {
        Rounds = Rounds,
        Epochs = Epochs,
        Units = Units,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Folds = Networks,
        Seed = Seed,
        Threads = Threads,
    };
}

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is done now.</param>
/// <param name="Done">The share of it, 0…1.</param>
/// <param name="Epoch">The current epoch, counted from 1; 0 while gaps are cut.</param>
/// <param name="HeldOutRmse">After an epoch the mean RMSE in the gaps of held-out patients, in mV; otherwise null.</param>
public readonly record struct RecordModelTrainingProgress(RecordModelTrainingStage Stage, double Done, int Epoch, double? HeldOutRmse);

/// <summary>What a training does.</summary>
public enum RecordModelTrainingStage
{
    /// <summary>It cuts gaps from the recordings.</summary>
    Cutting,

    /// <summary>It learns from them.</summary>
    Learning,
}
