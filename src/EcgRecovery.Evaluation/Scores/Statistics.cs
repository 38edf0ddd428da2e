namespace EcgRecovery.Evaluation.Scores;

/// <summary>Means and quantiles of rows' errors; NaN marks a row that does not count.</summary>
internal static class Statistics
{
    /// <summary>The mean of the values that count; NaN where there is none.</summary>
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

    /// <summary>The median of the values that count; NaN where there is none.</summary>
    public static double Median(IEnumerable<float> values) =>
        Quantile([.. values.Where(value => !float.IsNaN(value)).Order().Select(value => (double)value)], 0.5);

    /// <summary>A quantile by linear interpolation (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566, as NumPy's).</summary>
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
}
