namespace EcgRecovery.Formats.Csv;

/// <summary>Finds the sampling frequency that a column of rounded times tells.</summary>
/// <remarks>
/// Sample i lies at a + i/f; what is printed is rounded, by less than h: half a unit of its last digit. So every pair of times bounds 1/f, and of the
/// frequencies within all bounds the simplest is taken, in this order: one that recorders use; the step, where at least eight steps are all alike; the roundest integer; a
/// fraction with a denominator up to 12; the shortest decimal fraction. 0.003, 0.006, 0.008, 0.011 … is 360 Hz so.
/// Times that no frequency explains (a computer's clock, when a packet came) are let lie a quarter of a sample off.
/// </remarks>
internal static class CsvFrequency
{
    /// <summary>The times of so many rows tell the frequency; later ones confirm or narrow it.</summary>
    public const int RowsLookedAt = 1 << 14;

    /// <summary>Times that are not rounded but late or early may lie this part of a sample off.</summary>
    public const double JitterSamples = 0.25;

    private const int StepsThatProve = 8;

    // Six decimals and fewer.
    private const double CoarseRounding = 1e-7;

    private const int LargestDenominator = 12;

    // The digits of a double.
    private const int MaximumDigits = 15;

    // The frequencies of the recorders that PhysioNet's recordings come from, and of usual converters and watches.
    private static readonly double[] s_usual =
    [
        50, 62.5, 64, 100, 120, 125, 128, 130, 180, 200, 240, 250, 256, 257, 300, 360, 400, 480, 500, 512, 600, 720, 750, 800, 960,
        1000, 1024, 1200, 1250, 1440, 1500, 2000, 2048, 2400, 2500, 4000, 4096, 5000, 8000, 8192, 10000,
    ];

    /// <inheritdoc cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{double}, out bool)"/>
    /// <param name="instants">One a row.</param>
    /// <param name="rounding">How far each may lie off.</param>
    /// <param name="isRounded">Whether rounding alone explains the times.</param>
    public static double? Estimate(IReadOnlyList<CsvInstant> instants, CsvTimeRounding rounding, out bool isRounded)
    {
        var times = instants.Select(instant => instant.Since(instants[0])).ToArray();
        return Estimate(times, [.. instants.Select((instant, i) => rounding.Of(instant, times[i]))], out isRounded);
    }

    /// <summary>The frequency of times that follow each other without anything between, but for jumps.</summary>
    /// <param name="times">Seconds, one a row.</param>
    /// <param name="rounding">How far each may lie off, in seconds.</param>
    /// <param name="isRounded">Whether rounding alone explains the times.</param>
    /// <returns>Hz; null where the times tell none.</returns>
    public static double? Estimate(ReadOnlySpan<double> times, ReadOnlySpan<double> rounding, out bool isRounded)
    {
        isRounded = true;
        if (times.Length < 2 || Step(times, rounding) is not { } step)
            return null;
        var starts = Starts(times, step.Longest);
        if (Best(times, rounding, starts, 0) is { } exact)
            return exact;
        isRounded = false;
        return Best(times, rounding, starts, JitterSamples * step.Mean);
    }

    /// <summary>The simplest frequency with a period in these bounds that satisfies a condition; null where none does.</summary>
    /// <param name="minimum">Seconds.</param>
    /// <param name="maximum">Seconds.</param>
    /// <param name="explains">Whether a frequency explains the times.</param>
    public static double? Simplest(double minimum, double maximum, Func<double, bool> explains)
    {
        // A double's own rounding must not exclude the frequency that it comes from.
        var low = 1 / maximum * (1 - 1e-12);
        var high = minimum <= 0 ? double.MaxValue : 1 / minimum * (1 + 1e-12);
        if (!(low <= high) || !double.IsFinite(low))
            return null;
        var middle = high == double.MaxValue ? low : 2 / (minimum + maximum);
        foreach (var usual in s_usual.Where(usual => usual >= low && usual <= high).OrderBy(usual => Math.Abs(usual - middle)))
        {
            if (explains(usual))
                return usual;
        }

        foreach (var candidate in Candidates(middle))
        {
            if (candidate >= low && candidate <= high && explains(candidate))
                return candidate;
        }

        return explains(middle) ? middle : null;
    }

    /// <summary>Numbers beside a frequency, the roundest first.</summary>
    private static IEnumerable<double> Candidates(double middle)
    {
        for (var power = 1e6; power >= 1; power /= 10)
            yield return Math.Round(middle / power) * power;
        for (var denominator = 2; denominator <= LargestDenominator; denominator++)
            yield return Math.Round(middle * denominator) / denominator;
        var whole = (int)Math.Max(0, Math.Ceiling(Math.Log10(middle)));
        for (var decimals = 1; decimals <= MaximumDigits - whole + 2; decimals++)
        {
            var power = CsvNumber.PowerOfTen(decimals);
            yield return Math.Round(middle * power) / power;
        }
    }

    /// <summary>The mean of the steps that are no jumps, and the longest step that may be none.</summary>
    private static (double Mean, double Longest)? Step(ReadOnlySpan<double> times, ReadOnlySpan<double> rounding)
    {
        var steps = new double[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = times[i + 1] - times[i];
        var sorted = steps.Order().ToArray();
        var median = sorted[sorted.Length / 2];
        var sortedRounding = rounding.ToArray().Order().ToArray();
        var longest = Math.Max(1.5 * median, median + (4 * sortedRounding[sortedRounding.Length / 2]));
        var (sum, count) = (0.0, 0);
        foreach (var step in steps.Where(step => step <= longest))
        {
            sum += step;
            count++;
        }

        return sum > 0 ? (sum / count, longest) : null;
    }

    /// <summary>The rows with which a stretch without jumps begins, and the end.</summary>
    private static int[] Starts(ReadOnlySpan<double> times, double longestStep)
    {
        List<int> starts = [0];
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] - times[i - 1] > longestStep)
                starts.Add(i);
        }

        return [.. starts, times.Length];
    }

    private static double? Best(ReadOnlySpan<double> times, ReadOnlySpan<double> rounding, int[] starts, double jitter)
    {
        var (minimum, maximum) = (0.0, double.MaxValue);
        for (var s = 0; s + 1 < starts.Length; s++)
        {
            var first = starts[s];
            for (var i = first + 1; i < starts[s + 1]; i++)
            {
                var slack = rounding[i] + rounding[first] + (2 * jitter);
                minimum = Math.Max(minimum, (times[i] - times[first] - slack) / (i - first));
                maximum = Math.Min(maximum, (times[i] - times[first] + slack) / (i - first));
            }
        }

        if (minimum > maximum || maximum <= 0 || maximum == double.MaxValue)
            return null;
        if (jitter == 0 && EqualStep(times, rounding, starts) is { } step)
            return Simplest(step * (1 - 1e-13), step * (1 + 1e-13), _ => true);
        var (copy, copyRounding) = (times.ToArray(), rounding.ToArray());
        return Simplest(minimum, maximum, frequency => Explains(copy, copyRounding, starts, frequency, jitter));
    }

    /// <summary>Whether in every stretch one offset puts all times where the frequency has them.</summary>
    private static bool Explains(double[] times, double[] rounding, int[] starts, double frequency, double jitter)
    {
        for (var s = 0; s + 1 < starts.Length; s++)
        {
            var (low, high) = (double.MinValue, double.MaxValue);
            for (var i = starts[s]; i < starts[s + 1]; i++)
            {
                var offset = times[i] - ((i - starts[s]) / frequency);
                var slack = rounding[i] + jitter;
                low = Math.Max(low, offset - slack);
                high = Math.Min(high, offset + slack);
            }

            if (low > high + (1e-12 * (1 + Math.Abs(high))))
                return false;
        }

        return true;
    }

    /// <summary>The step, where there are enough and all are alike.</summary>
    private static double? EqualStep(ReadOnlySpan<double> times, ReadOnlySpan<double> rounding, int[] starts)
    {
        var steps = 0;
        var step = times[1] - times[0];
        for (var s = 0; s + 1 < starts.Length; s++)
        {
            for (var i = starts[s] + 1; i < starts[s + 1]; i++, steps++)
            {
                // Times of many decimals need no such rule, and their own noise would pass for what is all alike.
                if (rounding[i] < CoarseRounding || Math.Abs(times[i] - times[i - 1] - step) > 1e-3 * rounding[i])
                    return null;
            }
        }

        if (steps < StepsThatProve || step <= 0)
            return null;
        var last = starts[1] - 1;
        return last == 0 ? step : (times[last] - times[0]) / last;
    }
}
