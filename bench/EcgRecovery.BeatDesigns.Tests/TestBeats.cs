using System.Globalization;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests;

/// <summary>Beats of no heart: a peak at both ends and something random between, of four patients.</summary>
internal static class TestBeats
{
    public static HeartbeatSet Of(int count, int? realLength = null)
    {
        var random = new SeededRandom(9);
        var samples = new float[count * HeartbeatSet.BeatLength];
        var sources = new HeartbeatSource[count];
        for (var row = 0; row < count; row++)
        {
            var length = realLength ?? 80 + random.NextInt(108);
            for (var t = 0; t < length; t++)
                samples[(row * HeartbeatSet.BeatLength) + t] = t < 5 || t > length - 5 ? 1 : 0.1f + (0.3f * random.NextSingle());
            sources[row] = new HeartbeatSource((101 + (row % 4)).ToString(CultureInfo.InvariantCulture), row, "N");
        }

        return new HeartbeatSet(samples, new AamiClass[count], sources);
    }
}
