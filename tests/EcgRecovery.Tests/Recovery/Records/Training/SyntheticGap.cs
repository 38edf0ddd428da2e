using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

/// <summary>Gaps of random numbers.</summary>
internal static class SyntheticGap
{
    /// <summary>A gap of 256 cells.</summary>
    public static TrainingGap Make(int inside = 24, ulong seed = 1, int patient = 0, bool isSurviving = false, float milliVolts = 0.5f)
    {
        const int cells = 256;
        var random = new SeededRandom(seed);
        var features = Numbers(GapChannels.Features);
        features[GapChannels.SurvivingFeature] = isSurviving ? 1 : 0;
        features[^1] = 0;
        var content = new GapCells(Numbers(cells * GapChannels.Count), features, (cells - inside) / 2, inside, milliVolts);
        return new TrainingGap(patient, content, Numbers(inside));

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() + 0.1f)];
    }
}
