namespace EcgRecovery.Evaluation.Scores;

/// <summary>Difference between the mean errors of two methods on the same rows.</summary>
/// <param name="Absolute">Mean minus the other's mean, in the errors' unit: below 0 where the method is better.</param>
/// <param name="Relative">Mean over the other's mean, minus 1: −0.15 is 15 % less error.</param>
internal sealed record ErrorDifference(DifferenceSummary Absolute, DifferenceSummary Relative)
{
    /// <summary>Compares two methods resample by resample, so that variation common to both does not widen the interval.</summary>
    /// <param name="mean">The method's mean.</param>
    /// <param name="drawn">Its means over the bootstrap's resamples.</param>
    /// <param name="otherMean">The other method's mean.</param>
    /// <param name="otherDrawn">Its means over the same resamples.</param>
    public static ErrorDifference Of(double mean, double[] drawn, double otherMean, double[] otherDrawn) => new(
        Summarise(mean - otherMean, [.. drawn.Zip(otherDrawn, (own, other) => own - other)]),
        Summarise((mean / otherMean) - 1, [.. drawn.Zip(otherDrawn, (own, other) => (own / other) - 1)]));

    private static DifferenceSummary Summarise(double value, double[] drawn)
    {
        var (low, high) = Bootstrap.Interval(drawn);
        return new DifferenceSummary(value, low, high);
    }
}

/// <summary>A difference with its 95 % bootstrap interval; NaN where no row counts.</summary>
internal sealed record DifferenceSummary(double Value, double Low, double High)
{
    /// <summary>Whether the interval lies wholly on one side of 0.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
