using System.Security.Cryptography;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>
/// How a beat model is trained. The defaults are the original notebook's; for another preset begin with its <see cref="BeatPreset.Options"/>.
/// </summary>
public sealed record BeatTrainingOptions
{
    /// <summary>Name of the <see cref="BeatPreset"/>.</summary>
    public string Preset { get; init; } = "autoencoder";

    /// <summary>
    /// False: clean beat in, clean beat out, loss over the whole beat, as the original. True: beats with gaps in, clean beats out, loss
    /// inside the gaps, as <see cref="TrainingGaps"/> draws them.
    /// </summary>
    public bool Masked { get; init; }

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Rows per update; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's learning rate at the start.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate changes.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Share of the rows, the file's last, that is held out for validation; 0 for none. Unused by an ensemble, which holds out folds.</summary>
    public double ValidationSplit { get; init; } = 0.1;

    /// <summary>Seed of weights, order and gaps.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Epochs without a better validation loss after which training ends, with the best epoch's weights. 0: all epochs, and the last
    /// epoch's weights, as the original. Unused by an ensemble.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>The gap that half of the masked beats get; the other half get gaps of random place and length.</summary>
    public SampleSpan FocusGap { get; init; } = new(100, 137);

    /// <summary>Of an ensemble: into how many parts the records are dealt, at most; each network is held out from one. Unused otherwise.</summary>
    public int Folds { get; init; } = 6;

    /// <summary>Of an ensemble: what its networks see. Unused otherwise.</summary>
    public EnsembleViews Views { get; init; }

    /// <summary>Of an ensemble: how many rows, evenly spaced, the library in its file holds at most. Unused otherwise.</summary>
    public int LibraryRows { get; init; } = 12_000;

    /// <summary>
    /// Of an ensemble: whether the beats to be recovered will come from patients of the training rows. A beat is then told about by its own
    /// record's other beats, and single rows are held out instead of records. Unused otherwise.
    /// </summary>
    public bool SamePatients { get; init; }

    /// <summary>Rows that train: the first, as Keras' <c>validation_split</c> cuts.</summary>
    /// <param name="rows">All rows.</param>
    public int TrainingRows(int rows) => (int)Math.Floor(rows * (1 - ValidationSplit));

    /// <summary>What must be equal for a checkpoint to be gone on from; threads and the number of epochs may differ.</summary>
    /// <param name="dataSha256">The training file's hash.</param>
    /// <param name="folded">The rows, where their records decide who is trained on what; else null.</param>
    /// <remarks>A schedule that depends on the number of epochs ties them too.</remarks>
    internal string Fingerprint(string dataSha256, HeartbeatSet? folded = null) => FormattableString.Invariant(
        $"preset={Preset};masked={Masked};batch={BatchSize};lr={LearningRate:R};schedule={Schedule};epochs={(Schedule == LearningRateSchedule.Constant ? 0 : Epochs)};validation={ValidationSplit:R};seed={Seed};patience={Patience};focus={FocusGap};folds={Folds};views={Views};library={LibraryRows};same={SamePatients};data={dataSha256}{FoldsOf(folded)}");

    // The records of the rows come from a file of their own, beside the one that was hashed.
    private static string FoldsOf(HeartbeatSet? folded) => folded?.Sources is not { } sources
        ? ""
        : $";records={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sources.Select(source => source.Record)))))}";

    /// <summary>Refuses what cannot be trained with.</summary>
    /// <param name="rows">All rows of the data.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate(int rows)
    {
        RequireAtLeast(1, Epochs, "Epochs are");
        RequireAtLeast(1, BatchSize, "Batch size is");
        RequireAtLeast(1, Threads, "Threads are");
        RequireAtLeast(0, Patience, "Patience is");
        RequireAtLeast(2, Folds, "Folds are");
        RequireAtLeast(2, LibraryRows, "Library rows are");
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new ArgumentException($"Learning rate is {LearningRate}; expected a finite number above 0.");
        if (!(ValidationSplit >= 0 && ValidationSplit < 1))
            throw new ArgumentException($"Validation split is {ValidationSplit}; expected 0 ≤ split < 1.");
        if (TrainingRows(rows) < 1)
            throw new ArgumentException($"{rows} rows with a validation split of {ValidationSplit} leave none to train on; expected at least 1.");
        if (Patience > 0 && TrainingRows(rows) == rows)
            throw new ArgumentException("Patience needs validation rows; expected a validation split above 0.");
        if (FocusGap.Start < 0 || FocusGap.End > HeartbeatSet.BeatLength || FocusGap.Length < 1)
            throw new ArgumentException($"Gap {FocusGap} lies outside the beat; expected 0..{HeartbeatSet.BeatLength}.");
        if (Masked && FocusGap.Length == HeartbeatSet.BeatLength)
            throw new ArgumentException($"Gap {FocusGap} is the whole beat; expected one that leaves something to recover it from.");
        if (!Enum.IsDefined(Views))
            throw new ArgumentException($"Views are {Views}; expected one of {string.Join(", ", Enum.GetNames<EnsembleViews>())}.");
        if (!Enum.IsDefined(Schedule))
            throw new ArgumentException($"Schedule is {Schedule}; expected one of {string.Join(", ", Enum.GetNames<LearningRateSchedule>())}.");
        _ = BeatPreset.Find(Preset);
    }

    private static void RequireAtLeast(int minimum, int value, string what)
    {
        if (value < minimum)
            throw new ArgumentException($"{what} {value}; expected at least {minimum}.");
    }
}
