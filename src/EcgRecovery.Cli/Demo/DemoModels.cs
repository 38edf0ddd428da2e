using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Cli.Demo;

/// <summary>The models of the demo: two that it trains, and the shipped one.</summary>
internal static class DemoModels
{
    /// <summary>The original network with the original training.</summary>
    public const string Original = "autoencoder";

    /// <summary>The same network, trained with gaps to recover them.</summary>
    public const string Masked = "autoencoder-masked";

    /// <summary>The shipped model, which has never seen the demo's patient.</summary>
    public const string Shipped = "beat";

    // 360 beats make only twelve updates an epoch: the original's twenty epochs are far too few to learn to recover. Of 20, 70 and 150
    // epochs, rates of 1e-3 and 3e-3, constant and falling, this has the lowest loss on the validation beats, mean of seeds 1 and 2.
    private const int MaskedEpochs = 150;
    private const double MaskedLearningRate = 3e-3;

    /// <summary>The trained models, in the order of training.</summary>
    public static IReadOnlyList<string> Names { get; } = [Original, Masked];

    /// <summary>
    /// Returns the training options of a model of <see cref="Names"/>; those of the original are the defaults of <c>train</c>.
    /// </summary>
    public static BeatTrainingOptions OptionsOf(string name) =>
        name == Original
            ? new AutoencoderTraining()
            : new AutoencoderTraining
            {
                Masked = true,
                Epochs = MaskedEpochs,
                LearningRate = MaskedLearningRate,
                Schedule = LearningRateSchedule.Cosine,
                FocusGap = DemoGaps.InsideTheBeat,
            };
}
