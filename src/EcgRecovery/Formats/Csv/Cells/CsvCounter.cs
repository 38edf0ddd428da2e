namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>A column that counts samples or packets: by a step, and from its smallest value again after its largest.</summary>
/// <param name="Step">From one row to the next.</param>
/// <param name="Modulus">Number of values before it begins again; 0 if it was not seen to.</param>
internal readonly record struct CsvCounter(int Step, long Modulus)
{
    // The other steps are those over lost samples; a column whose name says that it counts may have more of them.
    private const double ShareOfEqualSteps = 0.8;
    private const double ShareOfEqualStepsIfNamed = 0.5;
    private const int FewestRows = 3;
    private const long LargestValue = 1L << 40;

    // A largest value that is nearly a power of two was lost, not left out.
    private const double NearlyAll = 0.9;

    /// <summary>Detects a counter from its first values.</summary>
    /// <param name="values">The column's values, of consecutive rows.</param>
    /// <param name="isNamed">Whether the column's name says that it counts.</param>
    /// <returns>The counter; null if the values do not count.</returns>
    public static CsvCounter? Detect(IReadOnlyList<double> values, bool isNamed)
    {
        if (values.Count < FewestRows || values.Any(value => value != Math.Floor(value) || value < 0 || value > LargestValue))
            return null;
        var steps = values.Zip(values.Skip(1), (a, b) => (long)b - (long)a).ToArray();
        var forward = steps.Where(step => step > 0).GroupBy(step => step).MaxBy(equal => equal.Count());
        if (forward is null || forward.Key > int.MaxValue)
            return null;
        var step = (int)forward.Key;
        var modulus = steps.Any(other => other < 0) ? ModulusOf((long)values.Max() - (long)values.Min() + step) : 0;
        var equal = steps.Count(other => other == step || (other < 0 && other + modulus == step));
        return equal >= (isNamed ? ShareOfEqualStepsIfNamed : ShareOfEqualSteps) * steps.Length ? new CsvCounter(step, modulus) : null;
    }

    /// <summary>Returns after how many values a counter begins again, from the value that would follow the largest one seen.</summary>
    public static long ModulusOf(long next)
    {
        var power = 1L;
        while (power < next)
            power *= 2;
        return next >= NearlyAll * power ? power : next;
    }
}
