using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Training of the original network, which sees only the row. The defaults are the original notebook's.</summary>
/// <remarks>
/// As Keras' <c>fit</c>: the last rows of the file are held out for validation; the others are shuffled every epoch and cut into batches.
/// </remarks>
internal sealed record AutoencoderTraining : BeatTrainingOptions
{
    private static readonly NetworkSpec s_network = new(1, [new(64), new(32), new(64)], 1);

    /// <summary>Sets the defaults.</summary>
    public AutoencoderTraining()
        : base(epochs: 20, learningRate: 1e-3, LearningRateSchedule.Constant)
    {
    }

    /// <inheritdoc/>
    public override string Preset => "autoencoder";

    /// <inheritdoc/>
    public override NetworkSpec Network => s_network;

    /// <inheritdoc/>
    public override bool HasGaps => Masked;

    /// <summary>
    /// False: the input is the complete beat, the loss is over the whole beat, as in the original. True: the input has gaps drawn by
    /// <see cref="TrainingGaps"/>, the loss is over the gaps.
    /// </summary>
    public bool Masked { get; init; }

    /// <summary>Share of the rows, the file's last ones, held out for validation; 0 for none.</summary>
    public double ValidationSplit { get; init; } = 0.1;

    /// <summary>
    /// Epochs without a better validation loss after which training ends, with the best epoch's weights. 0: all epochs, with the last
    /// epoch's weights, as in the original.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>Returns the number of rows to train on, the file's first ones, as with Keras' <c>validation_split</c>.</summary>
    /// <param name="rows">All rows.</param>
    public int TrainingRows(int rows) => (int)Math.Floor(rows * (1 - ValidationSplit));

    internal override NetworkSpec NetworkOf(int member) => Network;

    internal override IBeatTrainingRun Start(BeatTrainingData data, TrainingState? resumed) => new RowRun(data.Set, this, Network, resumed);

    internal override string DescribeSplit(int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"rows 0..{TrainingRows(rows)} trained, rows {TrainingRows(rows)}..{rows} held out for validation");

    internal override void Validate(int rows)
    {
        base.Validate(rows);
        RequireAtLeast(0, Patience, "Patience is");
        if (!(ValidationSplit >= 0 && ValidationSplit < 1))
            throw new ArgumentException($"Validation split is {ValidationSplit}; expected 0 ≤ split < 1.");
        if (TrainingRows(rows) < 1)
        {
            throw new ArgumentException(
                $"{rows} rows with a validation split of {ValidationSplit} leave none to train on; expected at least 1.");
        }

        if (Patience > 0 && TrainingRows(rows) == rows)
            throw new ArgumentException("Patience needs validation rows; expected a validation split above 0.");
    }

    private protected override string OwnFingerprint(HeartbeatSet set) =>
        FormattableString.Invariant($"masked={Masked};validation={ValidationSplit:R};patience={Patience}");

    private protected override void AddOwnSettings(Dictionary<string, string> settings)
    {
        settings["validation_split"] = ValidationSplit.ToString("R", CultureInfo.InvariantCulture);
        settings["patience"] = Patience.ToString(CultureInfo.InvariantCulture);
    }
}
