namespace EcgRecovery.Signals;

/// <summary>The mean of the samples that are not missing.</summary>
internal static class ObservedMean
{
    /// <summary>Returns the mean; 0 where no sample is observed.</summary>
    /// <param name="samples">[N]; NaN = missing.</param>
    public static double Of(ReadOnlySpan<float> samples)
    {
        var (sum, count) = (0.0, 0);
        foreach (var sample in samples)
        {
            if (float.IsNaN(sample))
                continue;
            sum += sample;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }
}
