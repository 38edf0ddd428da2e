namespace EcgRecovery.Evaluation.Scores;

/// <summary>Mean and median of errors over rows, with the 95 % bootstrap interval of the mean. Unit: that of the samples.</summary>
internal sealed record ErrorSummary(double Mean, double Median, double Low, double High)
{
    /// <summary>Summarises the errors of one method.</summary>
    /// <param name="errors">One error per row, [N]; NaN for a row that does not count.</param>
    /// <param name="drawn">The means over the bootstrap's resamples.</param>
    public static ErrorSummary Of(float[] errors, double[] drawn)
    {
        var (low, high) = Bootstrap.Interval(drawn);
        return new ErrorSummary(Statistics.Mean(errors), Statistics.Median(errors), low, high);
    }
}
