using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>The mean of many beats.</summary>
internal static class MeanBeat
{
    /// <summary>Returns the mean of every sample, [187].</summary>
    /// <param name="beats">Complete beats, at least one.</param>
    public static double[] Of(HeartbeatSet beats)
    {
        var mean = new double[HeartbeatSet.BeatLength];
        for (var row = 0; row < beats.Count; row++)
        {
            var beat = beats[row];
            for (var t = 0; t < mean.Length; t++)
                mean[t] += beat[t];
        }

        for (var t = 0; t < mean.Length; t++)
            mean[t] /= beats.Count;
        return mean;
    }
}
