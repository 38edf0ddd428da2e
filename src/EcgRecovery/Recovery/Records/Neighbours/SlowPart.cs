namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The slow part of a lead, baseline wander: a moving average of 0.45 s, three times, half of it below 0.6 Hz.</summary>
internal static class SlowPart
{
    private const double Seconds = 0.45;
    private const int Passes = 3;

    /// <summary>Computes the slow part; missing samples weigh nothing.</summary>
    /// <param name="lead">The lead.</param>
    /// <returns>[N]; NaN where a sample is missing.</returns>
    public static LeadSignal Of(LeadSignal lead)
    {
        var samples = lead.Samples;
        var half = Math.Max(1, (int)Math.Round(Seconds * lead.SamplingFrequencyHz / 2));
        var (values, counts) = (new double[samples.Length], new double[samples.Length]);
        for (var t = 0; t < samples.Length; t++)
        {
            if (!float.IsNaN(samples[t]))
                (values[t], counts[t]) = (samples[t], 1);
        }

        for (var pass = 0; pass < Passes; pass++)
            (values, counts) = (Average(values, half), Average(counts, half));
        var slow = new float[samples.Length];
        for (var t = 0; t < slow.Length; t++)
            slow[t] = float.IsNaN(samples[t]) ? float.NaN : (float)(values[t] / counts[t]);
        return lead.With(slow);
    }

    /// <summary>Returns a lead without its slow part.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="slow">Its slow part.</param>
    public static LeadSignal Remove(LeadSignal lead, LeadSignal slow)
    {
        var fast = new float[lead.Length];
        for (var t = 0; t < fast.Length; t++)
            fast[t] = lead.Samples[t] - slow.Samples[t];
        return lead.With(fast);
    }

    private static double[] Average(double[] x, int half)
    {
        var sums = new double[x.Length + 1];
        for (var t = 0; t < x.Length; t++)
            sums[t + 1] = sums[t] + x[t];
        var y = new double[x.Length];
        for (var t = 0; t < x.Length; t++)
            y[t] = (sums[Math.Min(x.Length, t + half + 1)] - sums[Math.Max(0, t - half)]) / ((2 * half) + 1);
        return y;
    }
}
