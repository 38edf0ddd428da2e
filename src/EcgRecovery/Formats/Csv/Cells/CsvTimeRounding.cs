namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The rounding errors of the printed times of one column.</summary>
/// <remarks>
/// Half a unit of the last decimal. If a program drops trailing zeros, the other times with as many digits before the point show its
/// decimals.
/// </remarks>
internal sealed class CsvTimeRounding
{
    // Errors of sums of steps in a double.
    private const double MinimumSeconds = 1e-9;
    private const double MinimumRelative = 1e-12;

    private readonly int[] _decimals = new int[21];

    /// <summary>Takes the decimals of a time into account.</summary>
    public void Add(CsvInstant instant)
    {
        ref var decimals = ref _decimals[instant.WholeDigits];
        decimals = Math.Max(decimals, instant.Decimals);
    }

    /// <summary>Returns the largest rounding error of a time, in seconds.</summary>
    /// <param name="instant">The time.</param>
    /// <param name="sinceStart">Seconds from the column's first time.</param>
    public double Of(CsvInstant instant, double sinceStart)
    {
        var decimals = Math.Max(_decimals[instant.WholeDigits], instant.Decimals);
        return (0.5 / CsvNumber.PowerOfTen(decimals)) + MinimumSeconds + (MinimumRelative * Math.Abs(sinceStart));
    }
}
