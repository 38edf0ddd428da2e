using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Options for training a beat model; one case per preset, with the preset's own options and defaults.</summary>
internal abstract record BeatTrainingOptions
{
    private protected BeatTrainingOptions(int epochs, double learningRate, LearningRateSchedule schedule)
    {
        Epochs = epochs;
        LearningRate = learningRate;
        Schedule = schedule;
    }

    /// <summary>Name of the preset, as in <c>beat</c>.</summary>
    public abstract string Preset { get; }

    /// <summary>The network's shape; for an ensemble, that of a member that sees only the row.</summary>
    public abstract NetworkSpec Network { get; }

    /// <summary>Whether the training beats get gaps.</summary>
    public abstract bool HasGaps { get; }

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; }

    /// <summary>Rows per update; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's initial learning rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>The change of the learning rate during training.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>Seed of weights, order and gaps.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The most frequent gap, if <see cref="HasGaps"/>; the other gaps have random places and lengths.</summary>
    public SampleSpan FocusGap { get; init; } = new(100, 137);

    /// <summary>Returns the shape of a network of the run.</summary>
    /// <param name="member">The network's number, counted from 0.</param>
    internal abstract NetworkSpec NetworkOf(int member);

    /// <summary>Starts a run.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="resumed">The state to continue from; null for a new run.</param>
    internal abstract IBeatTrainingRun Start(BeatTrainingData data, TrainingState? resumed);

    /// <summary>Describes the split of the rows into training and validation.</summary>
    /// <param name="rows">Rows of the data.</param>
    internal abstract string DescribeSplit(int rows);

    /// <summary>Throws for options that cannot be trained with.</summary>
    /// <param name="rows">Rows of the data.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal virtual void Validate(int rows)
    {
        RequireAtLeast(1, Epochs, "Epochs are");
        RequireAtLeast(1, BatchSize, "Batch size is");
        RequireAtLeast(1, Threads, "Threads are");
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new ArgumentException($"Learning rate is {LearningRate}; expected a finite number above 0.");
        if (FocusGap.Start < 0 || FocusGap.End > HeartbeatSet.BeatLength || FocusGap.Length < 1)
            throw new ArgumentException($"Gap {FocusGap} lies outside the beat; expected 0..{HeartbeatSet.BeatLength}.");
        if (HasGaps && FocusGap.Length == HeartbeatSet.BeatLength)
            throw new ArgumentException($"Gap {FocusGap} is the whole beat; expected one that leaves something to recover it from.");
        if (!Enum.IsDefined(Schedule))
        {
            throw new ArgumentException(
                $"Schedule is {Schedule}; expected one of {string.Join(", ", Enum.GetNames<LearningRateSchedule>())}.");
        }
    }

    /// <summary>Returns the settings and data that a run and its checkpoint must have in common, as <c>name=value</c> pairs.</summary>
    /// <remarks>Threads and the number of epochs may differ; the epochs only if the learning rate does not depend on them.</remarks>
    /// <param name="data">The training data.</param>
    internal string Fingerprint(BeatTrainingData data)
    {
        var epochs = Schedule == LearningRateSchedule.Constant ? 0 : Epochs;
        return FormattableString.Invariant(
            $"preset={Preset};batch={BatchSize};lr={LearningRate:R};schedule={Schedule};epochs={epochs};seed={Seed};focus={FocusGap}")
            + FormattableString.Invariant($";{OwnFingerprint(data.Set)};data={data.Sha256}");
    }

    /// <summary>Returns the settings for the model card.</summary>
    internal IReadOnlyDictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
            ["epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
            ["batch_size"] = BatchSize.ToString(CultureInfo.InvariantCulture),
            ["learning_rate"] = LearningRate.ToString("R", CultureInfo.InvariantCulture),
            ["schedule"] = Schedule.ToString().ToLowerInvariant(),
            ["engine_path"] = EnginePaths.Active.ToString().ToLowerInvariant(),
        };
        if (HasGaps)
            settings["focus_gap"] = FocusGap.ToString();
        AddOwnSettings(settings);
        return settings;
    }

    /// <summary>Returns the fingerprint of the case's own options, as <c>name=value</c> pairs with <c>;</c> between them.</summary>
    private protected abstract string OwnFingerprint(HeartbeatSet set);

    /// <summary>Adds the case's own options to the settings of the model card.</summary>
    private protected abstract void AddOwnSettings(Dictionary<string, string> settings);

    private protected static void RequireAtLeast(int minimum, int value, string subject)
    {
        if (value < minimum)
            throw new ArgumentException($"{subject} {value}; expected at least {minimum}.");
    }
}
