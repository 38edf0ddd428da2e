using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Cli.Demo;

/// <summary>The two models that the demo trains, and the one that ships.</summary>
internal static class DemoModels
{
    /// <summary>The original, trained as it was.</summary>
    public const string Original = "autoencoder";

    /// <summary>The same network, trained to recover.</summary>
    public const string Masked = "autoencoder-masked";

    /// <summary>The model that ships; it has never seen the demo's patient.</summary>
    public const string Shipped = "beat";

    // 360 beats make only twelve updates an epoch: the original's twenty epochs are far too few to learn to recover. Of 20, 70 and 150
    // epochs, rates of 1e-3 and 3e-3, constant and falling, this has the lowest loss on the validation beats, mean of seeds 1 and 2.
    private const int MaskedEpochs = 150;
    private const double MaskedLearningRate = 3e-3;

    /// <summary>In the order of training.</summary>
    public static IReadOnlyList<string> Names { get; } = [Original, Masked];

    /// <summary>How a model of <see cref="Names"/> is trained; the original as <c>train</c> does it by default.</summary>
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
