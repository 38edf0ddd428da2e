using System.Numerics;
using EcgRecovery.Neural;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>Unit that a bootstrap draws: patients where they are known, otherwise rows.</summary>
internal enum BootstrapUnit
{
    /// <summary>All rows of a patient together.</summary>
    Patient,

    /// <summary>Single rows: the interval is too narrow where a patient has many.</summary>
    Row,
}

/// <summary>95 % intervals of means over rows, by drawing units (patients or rows) with replacement.</summary>
/// <remarks>
/// Percentile interval: the 2.5th and 97.5th percentile over the resamples. All columns share the draws, so resample n of one column can
/// be compared with resample n of another. A drawn patient brings all its rows: the mean of a resample is the sum over the drawn patients'
/// rows divided by their count. Resample n uses stream n of the seed's generator, so nothing depends on the number of threads.
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
/// </remarks>
internal static class Bootstrap
{
    /// <summary>Draws the resamples and computes the mean of every column over each of them.</summary>
    /// <param name="columns">[columns][N]; NaN where a row does not count.</param>
    /// <param name="unitOfRow">The unit of every row, [N], numbered from 0.</param>
    /// <param name="resamples">Number of resamples.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="threads">Maximum number of threads.</param>
    /// <param name="cancellationToken">Cancels between resamples.</param>
    /// <returns>[columns][resamples]; NaN where no row of a resample counts.</returns>
    public static IReadOnlyList<double[]> Means(
        IReadOnlyList<float[]> columns, int[] unitOfRow, int resamples, int seed, int threads, CancellationToken cancellationToken)
    {
        var units = unitOfRow.Length == 0 ? 0 : unitOfRow.Max() + 1;
        var sums = columns.Select(column => SumByUnit(column, unitOfRow, units, value => value)).ToList();
        var sizes = columns.Select(column => SumByUnit(column, unitOfRow, units, _ => 1)).ToList();
        var means = columns.Select(_ => new double[resamples]).ToList();
        var source = new SeededRandom((ulong)seed);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, resamples, options, () => new double[units], (resample, _, times) =>
        {
            Array.Clear(times);
            var random = source.Fork((ulong)resample);
            for (var draw = 0; draw < units; draw++)
                times[random.NextInt(units)]++;
            for (var c = 0; c < columns.Count; c++)
                means[c][resample] = Dot(times, sums[c]) / Dot(times, sizes[c]);
            return times;
        }, _ => { });
        return means;
    }

    /// <summary>Numbers the units from 0 in the order of their first rows.</summary>
    /// <param name="names">The unit of every row by name, [N].</param>
    /// <returns>The unit of every row, [N].</returns>
    public static int[] NumberUnits(IEnumerable<string> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            if (!numbers.TryGetValue(name, out var number))
                numbers.Add(name, number = numbers.Count);
            return number;
        })];
    }

    /// <summary>Returns the 95 % interval of a statistic.</summary>
    /// <param name="drawn">[resamples].</param>
    /// <returns>NaN where every resample is NaN.</returns>
    public static (double Low, double High) Interval(double[] drawn)
    {
        // A resample without a row that counts is 0/0: it is dropped.
        var sorted = drawn.Where(value => !double.IsNaN(value)).Order().ToArray();
        return (Statistics.Quantile(sorted, 0.025), Statistics.Quantile(sorted, 0.975));
    }

    private static double[] SumByUnit(float[] column, int[] unitOfRow, int units, Func<float, double> value)
    {
        var sums = new double[units];
        for (var row = 0; row < column.Length; row++)
        {
            if (!float.IsNaN(column[row]))
                sums[unitOfRow[row]] += value(column[row]);
        }

        return sums;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(x, i) * new Vector<double>(y, i);
        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
