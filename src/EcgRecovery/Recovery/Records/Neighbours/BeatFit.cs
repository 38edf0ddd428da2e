namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Times of beats between those expected and those that fit the mean estimate best.</summary>
/// <remarks>
/// <code>
/// Fₘ = argmin Σ (y[warp(t)] − mean[t])²                warp moves beat m from Tₘ to Fₘ, |Fₘ − Tₘ| ≤ 60 ms (see BeatWarp)
/// T′ₘ = (Tₘ + Fₘ)/2
/// </code>
/// One beat after the other, twice. The mean estimate knows the times by the samples beside the gap, which T knows less well where a QRS
/// complex is cut; where the times are uncertain, it is a blur that fits at several. So both count, by half.
/// </remarks>
internal static class BeatFit
{
    private const double ReachSeconds = 0.06;
    private const double Share = 0.5;
    private const int Passes = 2;

    /// <summary>Moves the beats of an estimate.</summary>
    /// <param name="estimate">y, [n].</param>
    /// <param name="times">T in samples from the gap's start, ascending, at least a sample apart.</param>
    /// <param name="mean">The mean estimate, [n].</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>[n].</returns>
    public static double[] Move(double[] estimate, double[] times, ReadOnlySpan<float> mean, double samplingFrequencyHz)
    {
        var samples = Array.ConvertAll(estimate, value => (float)value);
        var reach = (int)(ReachSeconds * samplingFrequencyHz);
        var best = (double[])times.Clone();
        for (var pass = 0; pass < Passes; pass++)
        {
            for (var m = 0; m < times.Length; m++)
                best[m] = Best(samples, times, best, m, reach, mean, samplingFrequencyHz);
        }

        return Warp(samples, times, [.. times.Zip(best, (time, fit) => time + (Share * (fit - time)))], samplingFrequencyHz);
    }

    private static double Best(
        float[] samples, double[] times, double[] found, int m, int reach, ReadOnlySpan<float> mean, double samplingFrequencyHz)
    {
        var (least, best) = (double.PositiveInfinity, found[m]);
        var lower = m == 0 ? 0 : found[m - 1] + 1;
        var upper = m == found.Length - 1 ? samples.Length - 1 : found[m + 1] - 1;
        var to = (double[])found.Clone();
        for (var shift = -reach; shift <= reach; shift++)
        {
            to[m] = times[m] + shift;
            if (to[m] < lower || to[m] > upper)
                continue;
            var error = SquaredError(Warp(samples, times, to, samplingFrequencyHz), mean);
            if (error < least)
                (least, best) = (error, to[m]);
        }

        return best;
    }

    private static double[] Warp(float[] samples, double[] from, double[] to, double samplingFrequencyHz)
    {
        var moved = new double[samples.Length];
        new BeatWarp(from, samples.Length, to, samples.Length, samplingFrequencyHz).Add(samples, 0, 1, moved);
        return moved;
    }

    private static double SquaredError(double[] estimate, ReadOnlySpan<float> mean)
    {
        var sum = 0.0;
        for (var t = 0; t < estimate.Length; t++)
            sum += (estimate[t] - mean[t]) * (estimate[t] - mean[t]);
        return sum;
    }
}
