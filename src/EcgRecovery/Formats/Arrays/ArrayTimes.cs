namespace EcgRecovery.Formats.Arrays;

/// <summary>Tells evenly rising times from samples.</summary>
internal static class ArrayTimes
{
    private const int MinimumCount = 16;
    private const int ComparedTimes = 4096;

    // A lead of an ECG has at least 20 samples in a second.
    private const double LowestHz = 20;
    private const double HighestHz = 20_000;

    private static readonly HashSet<string> s_names =
        ["t", "tm", "time", "times", "timevector", "timestamp", "timestamps", "seconds", "timesec", "timems"];

    /// <summary>Returns whether an array has the name of times.</summary>
    public static bool HasName(NumericArray array) => s_names.Contains(ArrayFacts.Normalise(array.Leaf));

    /// <summary>Unit of numbers that count samples: 0, 1, 2 … could be milliseconds at 1,000 Hz, but rarely are.</summary>
    public const string Counts = "samples";

    /// <summary>
    /// Returns the frequency of evenly rising times and their unit, seconds or milliseconds, or 0 and <see cref="Counts"/>; null where the
    /// numbers are neither.
    /// </summary>
    /// <param name="array">The array.</param>
    /// <param name="first">Index of the first time.</param>
    /// <param name="stride">Step to the next.</param>
    /// <param name="count">Number of times.</param>
    public static (double Hz, string Unit)? Frequency(NumericArray array, long first, long stride, long count)
    {
        if (count < MinimumCount)
            return null;
        var start = array.ReadOne(first);
        var step = (array.ReadOne(first + ((count - 1) * stride)) - start) / (count - 1);
        if (!(step > 0) || !double.IsFinite(step))
            return null;
        var compared = Math.Min(count, ComparedTimes);
        for (var i = 0L; i < compared; i++)
        {
            var at = (long)((Int128)i * (count - 1) / (compared - 1));
            // Rounded times deviate by less than half a step; neighbours among them tell times from any slow rise.
            if (!(Math.Abs(array.ReadOne(first + (at * stride)) - start - (at * step)) <= 0.5 * step))
                return null;
        }

        if (step == 1)
            return (0, Counts);
        foreach (var (perSecond, unit) in new[] { (1.0, "seconds"), (1000.0, "milliseconds") })
        {
            if (perSecond / step is >= LowestHz and <= HighestHz and var hz)
                return (Math.Abs(hz - Math.Round(hz)) < 1e-4 * hz ? Math.Round(hz) : hz, unit);
        }

        return null;
    }
}
