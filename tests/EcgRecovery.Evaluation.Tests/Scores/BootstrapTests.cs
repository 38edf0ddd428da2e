using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Neural;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class BootstrapTests
{
    [Fact]
    public void Two_patients_give_the_means_of_both_and_of_each()
    {
        // Three rows of 0 and one of 1: draws give means 0 (1/4), 1/4 (1/2) and 1 (1/4).
        float[] column = [0, 0, 0, 1];
        var (low, high) = Assert.Single(Intervals([column], [0, 0, 0, 1]));
        Assert.Equal(0, low);
        Assert.Equal(1, high);
    }

    [Fact]
    public void Equal_rows_have_no_width()
    {
        var (low, high) = Assert.Single(Intervals([[.. Enumerable.Repeat(0.25f, 50)]], [.. Enumerable.Range(0, 50)]));
        Assert.Equal(0.25, low, 1e-12);
        Assert.Equal(0.25, high, 1e-12);
    }

    [Fact]
    public void Many_rows_give_the_normal_interval()
    {
        var random = new SeededRandom(5);
        float[] column = [.. Enumerable.Range(0, 1000).Select(_ => (float)(3 + (2 * random.NextGaussian())))];
        var mean = column.Average(value => (double)value);
        var deviation = Math.Sqrt(column.Average(value => Math.Pow(value - mean, 2)) / column.Length);
        var (low, high) = Assert.Single(Intervals([column], [.. Enumerable.Range(0, 1000)]));
        Assert.Equal(mean - (1.96 * deviation), low, 0.15 * deviation);
        Assert.Equal(mean + (1.96 * deviation), high, 0.15 * deviation);
    }

    [Fact]
    public void Rows_that_do_not_count_are_left_out_and_none_at_all_is_NaN()
    {
        var intervals = Intervals([[float.NaN, 0.5f, 0.5f], [float.NaN, float.NaN, float.NaN]], [0, 1, 2]);
        Assert.Equal((0.5, 0.5), intervals[0]);
        Assert.True(double.IsNaN(intervals[1].Low) && double.IsNaN(intervals[1].High));
    }

    [Fact]
    public void The_seed_decides_and_the_threads_do_not()
    {
        float[] column = [.. Enumerable.Range(0, 100).Select(i => (float)Math.Sin(i))];
        int[] units = [.. Enumerable.Range(0, 100)];
        var one = Bootstrap.Means([column], units, 500, seed: 3, threads: 1, CancellationToken.None);
        Assert.Equal(one, Bootstrap.Means([column], units, 500, seed: 3, threads: 3, CancellationToken.None));
        Assert.NotEqual(one, Bootstrap.Means([column], units, 500, seed: 4, threads: 1, CancellationToken.None));
    }

    // python3 -c "import numpy; print(numpy.quantile([1, 2, 4, 8], [0, .025, .5, .9, 1]))"
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.025, 1.075)]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 6.8)]
    [InlineData(1, 8)]
    public void Quantiles_are_NumPys(double p, double expected) => Assert.Equal(expected, Statistics.Quantile([1, 2, 4, 8], p), 1e-12);

    [Fact]
    public void Mean_and_median_leave_out_what_does_not_count()
    {
        float[] values = [float.NaN, 4, 1, float.NaN, 1];
        Assert.Equal(2, Statistics.Mean(values));
        Assert.Equal(1, Statistics.Median(values));
        Assert.Equal(double.NaN, Statistics.Mean([float.NaN]));
        Assert.Equal(double.NaN, Statistics.Median([]));
    }

    private static IReadOnlyList<(double Low, double High)> Intervals(float[][] columns, int[] units) =>
        [.. Bootstrap.Means(columns, units, 2_000, seed: 1, threads: 2, CancellationToken.None).Select(Bootstrap.Interval)];
}
