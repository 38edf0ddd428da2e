using System.Diagnostics;

namespace EcgRecovery.Benchmarks.Timing;

/// <summary>The median, which single interrupted runs do not change.</summary>
internal static class Median
{
    /// <summary>Returns the middle value, or the mean of the two middle values.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0)
            throw new ArgumentException("There are no values; expected at least one.", nameof(values));
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Repeats work for some seconds, at least once, and returns the median time.</summary>
    public static double Milliseconds(Action work, double seconds)
    {
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        do
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (clock.Elapsed.TotalSeconds < seconds);

        return Of(times);
    }
}
