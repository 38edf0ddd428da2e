using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Training of the beat model: an ensemble of networks that refer to a library of other beats, trained with gaps.</summary>
/// <remarks>Every network is trained without the records of its fold, which serve for validation and calibration.</remarks>
internal sealed record BeatModelTraining : BeatTrainingOptions
{
    private static readonly NetworkSpec s_network =
        new(BeatChannels.Inputs(seesLibrary: false), [new(64, Bidirectional: true), new(64, Bidirectional: true)], BeatChannels.Outputs);

    /// <summary>Sets the defaults.</summary>
    public BeatModelTraining()
        : base(epochs: 4, learningRate: 3e-3, LearningRateSchedule.Cosine)
    {
    }

    /// <inheritdoc/>
    public override string Preset => "beat";

    /// <inheritdoc/>
    public override NetworkSpec Network => s_network;

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <summary>Maximum number of folds that the records are divided into; each network is trained without one fold.</summary>
    public int Folds { get; init; } = 6;

    /// <summary>The networks' inputs.</summary>
    public EnsembleViews Views { get; init; }

    /// <summary>Maximum number of rows, evenly spaced, in the model file's library.</summary>
    public int LibraryRows { get; init; } = 12_000;

    /// <summary>
    /// Whether the beats to be recovered come from patients of the training rows. Evidence for a beat may then come from its own record,
    /// and single rows are held out instead of records.
    /// </summary>
    public bool SamePatients { get; init; }

    internal override NetworkSpec NetworkOf(int member) => Views.NetworkOf(Network, member);

    internal override IBeatTrainingRun Start(BeatTrainingData data, TrainingState? resumed) => new EnsembleRun(data.Set, this, resumed);

    internal override string DescribeSplit(int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"all rows of {EpochGaps.MinimumSignal} or more real samples trained, each network without its own left_out");

    internal override void Validate(int rows)
    {
        base.Validate(rows);
        RequireAtLeast(2, Folds, "Folds are");
        RequireAtLeast(2, LibraryRows, "Library rows are");
        if (!Enum.IsDefined(Views))
            throw new ArgumentException($"Views are {Views}; expected one of {string.Join(", ", Enum.GetNames<EnsembleViews>())}.");
    }

    private protected override string OwnFingerprint(HeartbeatSet set) => FormattableString.Invariant(
        $"folds={Folds};views={Views};library={LibraryRows};same={SamePatients};records={RecordsSha256(set)}");

    private protected override void AddOwnSettings(Dictionary<string, string> settings)
    {
        settings["folds"] = Folds.ToString(CultureInfo.InvariantCulture);
        settings["library_rows"] = LibraryRows.ToString(CultureInfo.InvariantCulture);
        settings["same_patients"] = SamePatients ? "true" : "false";
    }

    // The rows' records decide on the folds, and come from another file than the hashed one.
    private static string RecordsSha256(HeartbeatSet set) => set.Sources is { } sources
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sources.Select(source => source.Record)))))
        : "unknown";
}
