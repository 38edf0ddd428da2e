namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>Finds the sampling frequency of a column of rounded times.</summary>
/// <remarks>
/// Sample i lies at a + i/f. The printed time is rounded by at most h, half a unit of its last digit, so every pair of times bounds 1/f. Of
/// the frequencies within all bounds the simplest is chosen, in this order: one that recorders use; the step, if at least eight steps are
/// equal; the roundest integer; a fraction with a denominator up to 12; the shortest decimal fraction. Thus 0.003, 0.006, 0.008, 0.011 … is
/// 360 Hz. If no frequency fits (times of a computer's clock, taken when a packet arrived), times may be off by a quarter of a sample.
/// </remarks>
internal static class CsvFrequency
{
    /// <summary>
    /// No electrocardiogram is sampled more slowly: what would be slower has a finer unit of time, or thousands marked by a comma.
    /// </summary>
    public const double SlowestHz = 20;

    /// <summary>Number of rows from which the frequency is estimated; later rows confirm or narrow it.</summary>
    public const int RowsLookedAt = 1 << 14;

    /// <summary>Maximum error, in samples, of times that are late or early (a computer's clock), beyond rounding.</summary>
    public const double JitterSamples = 0.25;

    private const int StepsThatProve = 8;

    // Times of at most six decimals.
    private const double CoarseRounding = 1e-7;

    private const int LargestDenominator = 12;
    private const int NanosecondDecimals = 9;

    // Decimal digits of a double.
    private const int MaximumDigits = 15;

    // The frequencies of PhysioNet's recordings and of common converters and watches.
    private static readonly double[] s_usual =
    [
        50, 62.5, 64, 100, 120, 125, 128, 130, 180, 200, 240, 250, 256, 257, 300, 360, 400, 480, 500, 512, 600, 720, 750, 800, 960,
        1000, 1024, 1200, 1250, 1440, 1500, 2000, 2048, 2400, 2500, 4000, 4096, 5000, 8000, 8192, 10000,
    ];

    /// <inheritdoc cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{double}, out bool)"/>
    /// <param name="instants">The times, one per row.</param>
    /// <param name="rounding">The rounding error of each time.</param>
    /// <param name="isRounded">Whether rounding alone explains the times.</param>
    public static double? Estimate(IReadOnlyList<CsvInstant> instants, CsvTimeRounding rounding, out bool isRounded)
    {
        var times = instants.Select(instant => instant.Since(instants[0])).ToArray();
        return Estimate(times, [.. instants.Select((instant, i) => rounding.Of(instant, times[i]))], out isRounded);
    }

    /// <summary>Estimates the frequency of consecutive samples, between which the times may jump.</summary>
    /// <param name="times">Seconds, one per row.</param>
    /// <param name="rounding">The largest rounding error of each time, in seconds.</param>
    /// <param name="isRounded">Whether rounding alone explains the times.</param>
    /// <returns>Hz; null if no frequency fits the times.</returns>
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

    /// <summary>
    /// Returns the usual frequency whose period, rounded to whole nanoseconds, is that of a frequency: 130 for steps of 7,692,308 ns. Other
    /// frequencies are returned as they are.
    /// </summary>
    /// <param name="frequencyHz">A frequency that was found from times.</param>
    /// <param name="decimals">The decimals of the times, in seconds.</param>
    public static double Nominal(double frequencyHz, int decimals) =>
        decimals != NanosecondDecimals
            ? frequencyHz
            : s_usual.FirstOrDefault(usual => Math.Abs((1 / usual) - (1 / frequencyHz)) <= 0.5e-9 * (1 + 1e-6), frequencyHz);

    /// <summary>Returns the simplest frequency with a period in these bounds that satisfies a condition; null if there is none.</summary>
    /// <param name="minimum">Shortest period, in seconds.</param>
    /// <param name="maximum">Longest period, in seconds.</param>
    /// <param name="explains">Whether a frequency explains the times.</param>
    public static double? Simplest(double minimum, double maximum, Func<double, bool> explains)
    {
        // The rounding of doubles must not exclude the true frequency.
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

    /// <summary>Returns numbers near a frequency, the roundest first.</summary>
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

    /// <summary>Returns the mean of the steps without jumps, and the longest step that is no jump.</summary>
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

    /// <summary>Returns the first row of each run without jumps, and the end.</summary>
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

    /// <summary>Returns whether in every run one offset brings all times to their samples.</summary>
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

    /// <summary>Returns the step if there are enough steps and all are equal.</summary>
    private static double? EqualStep(ReadOnlySpan<double> times, ReadOnlySpan<double> rounding, int[] starts)
    {
        var steps = 0;
        var step = times[1] - times[0];
        for (var s = 0; s + 1 < starts.Length; s++)
        {
            for (var i = starts[s] + 1; i < starts[s + 1]; i++, steps++)
            {
                // Times of many decimals need no such rule: their small differences are no proof of equal steps.
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
