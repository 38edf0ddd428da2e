using System.Diagnostics;

namespace EcgRecovery.Benchmarks.Timing;

/// <summary>The middle of several figures: what an interrupted run does not move.</summary>
internal static class Median
{
    /// <summary>The middle value; of an even count the mean of the two.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0)
            throw new ArgumentException("The median of no values was asked for.", nameof(values));
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Does work again and again for some seconds, once at least; the median time.</summary>
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
