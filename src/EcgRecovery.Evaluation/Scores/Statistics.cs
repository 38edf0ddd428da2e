namespace EcgRecovery.Evaluation.Scores;

/// <summary>Means and quantiles of rows' errors (NaN: a row that does not count), and sums of squares over samples.</summary>
/// <remarks>Samples are float32; sums are in double precision.</remarks>
internal static class Statistics
{
    /// <summary>Returns the mean of the values that count; NaN where there is none.</summary>
    public static double Mean(IEnumerable<float> values)
    {
        var sum = 0.0;
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsNaN(value))
                continue;
            sum += value;
            count++;
        }

        return sum / count;
    }

    /// <summary>Returns the median of the values that count; NaN where there is none.</summary>
    public static double Median(IEnumerable<float> values) =>
        Quantile([.. values.Where(value => !float.IsNaN(value)).Order().Select(value => (double)value)], 0.5);

    /// <summary>
    /// Returns a quantile by linear interpolation: type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566, NumPy's default.
    /// </summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="p">0…1.</param>
    /// <returns>NaN where there is no value.</returns>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        var at = p * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Returns Σ (recovered − original)².</summary>
    /// <param name="original">[n].</param>
    /// <param name="recovered">[n].</param>
    public static double SquaredError(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered)
    {
        var sum = 0.0;
        for (var t = 0; t < original.Length; t++)
        {
            var error = (double)recovered[t] - original[t];
            sum += error * error;
        }

        return sum;
    }

    /// <summary>Returns √(Σ (recovered − original)² / n), in the samples' unit.</summary>
    /// <param name="original">[n].</param>
    /// <param name="recovered">[n].</param>
    public static double RootMeanSquareError(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered) =>
        Math.Sqrt(SquaredError(original, recovered) / original.Length);

    /// <summary>Returns Σ |recovered − original|.</summary>
    /// <param name="original">[n].</param>
    /// <param name="recovered">[n].</param>
    public static double AbsoluteError(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered)
    {
        var sum = 0.0;
        for (var t = 0; t < original.Length; t++)
            sum += Math.Abs((double)recovered[t] - original[t]);
        return sum;
    }

    /// <summary>Returns Pearson's r; 0 where only the recovered samples are constant, NaN where the original ones are.</summary>
    /// <param name="original">[n].</param>
    /// <param name="recovered">[n].</param>
    public static double Correlation(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered)
    {
        var (x, y) = (SquaresAboutMean(original), SquaresAboutMean(recovered));
        if (x == 0 || y == 0)
            return x == 0 ? double.NaN : 0;
        var (meanX, meanY) = (Mean(original), Mean(recovered));
        var sum = 0.0;
        for (var t = 0; t < original.Length; t++)
            sum += (original[t] - meanX) * (recovered[t] - meanY);
        return sum / Math.Sqrt(x * y);
    }

    /// <summary>Returns the standard deviation of the samples that are not missing (NaN).</summary>
    public static double Deviation(ReadOnlySpan<float> samples)
    {
        var observed = new List<float>(samples.Length);
        foreach (var sample in samples)
        {
            if (!float.IsNaN(sample))
                observed.Add(sample);
        }

        return Math.Sqrt(SquaresAboutMean(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(observed)) / observed.Count);
    }

    private static double Mean(ReadOnlySpan<float> samples)
    {
        var total = 0.0;
        foreach (var sample in samples)
            total += sample;
        return total / samples.Length;
    }

    /// <summary>Returns Σ (x − mean x)².</summary>
    public static double SquaresAboutMean(ReadOnlySpan<float> samples)
    {
        var mean = Mean(samples);
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (sample - mean) * (sample - mean);
        return sum;
    }
}
