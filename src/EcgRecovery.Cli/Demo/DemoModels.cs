using EcgRecovery.Neural;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Demo;

/// <summary>The two models that the demo trains.</summary>
internal static class DemoModels
{
    /// <summary>The original, trained as it was.</summary>
    public const string Original = "autoencoder";

    /// <summary>The same network, trained to recover.</summary>
    public const string Masked = "autoencoder-masked";

    // 360 beats make only twelve updates an epoch: the original's twenty epochs are far too few to learn to recover. So many, at three
    // times the original's rate and falling, take half a minute on two cores.
    private const int MaskedEpochs = 150;
    private const double MaskedLearningRate = 3e-3;

    /// <summary>In the order of training.</summary>
    public static IReadOnlyList<string> Names { get; } = [Original, Masked];

    /// <summary>How a model of <see cref="Names"/> is trained; the original as <c>train</c> does it by default.</summary>
    public static BeatTrainingOptions OptionsOf(string name) =>
        name == Original
            ? new BeatTrainingOptions()
            : new BeatTrainingOptions
            {
                Masked = true,
                Epochs = MaskedEpochs,
                LearningRate = MaskedLearningRate,
                Schedule = LearningRateSchedule.Cosine,
                FocusGap = DemoGaps.InsideTheBeat,
            };
}
