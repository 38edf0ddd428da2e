using System.Globalization;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Options for training a record model.</summary>
internal sealed record RecordTrainingOptions
{
    /// <summary>Name of the preset.</summary>
    public const string Preset = "record";

    /// <summary>Maximum norm of the gradients, so that a batch of unusual gaps cannot change the weights too much.</summary>
    internal const float ClipNorm = 1;

    /// <summary>Updates over which the learning rate rises in a straight line.</summary>
    private const int WarmUpUpdates = 100;

    /// <summary>Units of a layer in one direction.</summary>
    public int Units { get; init; } = 48;

    /// <summary>Bidirectional layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Passes over the gaps.</summary>
    public int Epochs { get; init; } = 24;

    /// <summary>Gaps per update; fewer where no more of one length are left.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's largest learning rate; it falls along half a cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Seed of gaps, weights, order and changes of gaps.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Maximum number of folds that the patients are dealt to; each network is trained without one fold.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Rounds of gaps that are cut from each recording.</summary>
    public int Rounds { get; init; } = 30;

    /// <summary>Levels of the quantiles, ascending; symmetric about ½, so that each two are an interval.</summary>
    public IReadOnlyList<float> Levels { get; init; } = [0.025f, 0.1f, 0.25f, 0.75f, 0.9f, 0.975f];

    /// <summary>Weight of the quantile losses against the root mean square error.</summary>
    public float QuantileWeight { get; init; } = 0.5f;

    /// <summary>Threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Outputs of a cell: the estimate and the quantiles.</summary>
    internal int OutputsPerCell => 1 + Levels.Count;

    /// <summary>The shape of each network.</summary>
    internal NetworkSpec Network => new(
        GapChannels.Inputs,
        [.. Enumerable.Repeat(new LstmLayerSpec(Units, Bidirectional: true), Layers)],
        CellGrid.Fold * OutputsPerCell);

    /// <summary>Returns the learning rate of one update: <c>peak · min(1, (update + 1)/100) · ½·(1 + cos(π·update/updates))</c>.</summary>
    /// <param name="update">Number of the update, from 0.</param>
    /// <param name="updates">Number of updates of the run.</param>
    internal double LearningRateAt(long update, long updates) =>
        LearningRate * Math.Min(1, (update + 1.0) / WarmUpUpdates) * 0.5 * (1 + Math.Cos(Math.PI * update / updates));

    /// <summary>Throws for options that cannot be trained with.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        RequireAtLeast(1, Units, "Units are");
        RequireAtLeast(1, Layers, "Layers are");
        RequireAtLeast(1, Epochs, "Epochs are");
        RequireAtLeast(1, BatchSize, "Batch size is");
        RequireAtLeast(2, Folds, "Folds are");
        RequireAtLeast(1, Rounds, "Rounds are");
        RequireAtLeast(1, Threads, "Threads are");
        RequirePositive(LearningRate, "Learning rate is");
        RequirePositive(QuantileWeight, "Quantile weight is");
        if (!IntervalLevels.AreFit(Levels))
            throw new ArgumentException($"Levels are {string.Join(' ', Levels)}; expected {IntervalLevels.Expected}.");
    }

    /// <summary>Returns the settings and data that a run and its checkpoint must have in common, as <c>name=value</c> pairs.</summary>
    /// <param name="data">The training data.</param>
    internal string Fingerprint(RecordTrainingData data)
    {
        var network = $"preset={Preset};units={Units};layers={Layers};inputs={GapChannels.Inputs};levels={string.Join(',', Levels)}";
        var training = FormattableString.Invariant($"epochs={Epochs};batch={BatchSize};lr={LearningRate:R};quantiles={QuantileWeight:R}");
        var draws = $"seed={Seed};folds={Folds};rounds={Rounds}";
        return $"{network};{training};{draws};patients={data.PatientsSha256};data={data.Sha256}";
    }

    /// <summary>Returns the settings for the model card.</summary>
    internal IReadOnlyDictionary<string, string> Settings() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
        ["batch_size"] = BatchSize.ToString(CultureInfo.InvariantCulture),
        ["learning_rate"] = LearningRate.ToString("R", CultureInfo.InvariantCulture),
        ["schedule"] = "cosine",
        ["warm_up_updates"] = WarmUpUpdates.ToString(CultureInfo.InvariantCulture),
        ["clip_norm"] = ClipNorm.ToString(CultureInfo.InvariantCulture),
        ["folds"] = Folds.ToString(CultureInfo.InvariantCulture),
        ["quantile_weight"] = QuantileWeight.ToString("R", CultureInfo.InvariantCulture),
        ["rounds"] = Rounds.ToString(CultureInfo.InvariantCulture),
        ["engine_path"] = EnginePaths.Active.ToString().ToLowerInvariant(),
    };

    private static void RequireAtLeast(int minimum, int value, string subject)
    {
        if (value < minimum)
            throw new ArgumentException($"{subject} {value}; expected at least {minimum}.");
    }

    private static void RequirePositive(double value, string subject)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentException($"{subject} {value}; expected a finite number above 0.");
    }
}
