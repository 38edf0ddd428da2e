using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Tests.Formats.Csv.Cells;

public class CsvFrequencyTests
{
    [Theory]
    [InlineData(360, 3, 10)]
    [InlineData(360, 3, 16384)]
    [InlineData(360, 2, 3000)] // coarser than a sample: neighbours print alike
    [InlineData(360, 9, 3)]
    [InlineData(360, 15, 2)]
    [InlineData(130, 12, 30)] // steps all alike but for the last decimal
    [InlineData(250, 3, 5)]
    [InlineData(128, 3, 60)]
    [InlineData(125, 0, 1000)] // whole seconds
    [InlineData(257, 3, 2000)]
    [InlineData(62.5, 3, 5)]
    [InlineData(1000, 3, 5)]
    [InlineData(2000, 4, 5)]
    [InlineData(1000 / 3.0, 3, 9)]
    [InlineData(2000 / 7.0, 4, 500)]
    [InlineData(249.98, 3, 16384)]
    [InlineData(0.5, 0, 5)]
    [InlineData(13.7, 3, 5000)]
    public void Rounded_times_tell_the_exact_frequency(double frequency, int decimals, int rows)
    {
        var times = Enumerable.Range(0, rows).Select(i => Math.Round(i / frequency, decimals, MidpointRounding.AwayFromZero)).ToArray();

        Assert.Equal(frequency, Estimate(times, decimals, out var isRounded));
        Assert.True(isRounded);
    }

    [Fact]
    public void Times_that_are_cut_off_tell_the_exact_frequency()
    {
        var times = Enumerable.Range(0, 1000).Select(i => Math.Floor(i / 360.0 * 1000) / 1000).ToArray();

        Assert.Equal(360, Estimate(times, 3, out _));
    }

    [Fact]
    public void Times_that_begin_anywhere_and_jump_tell_the_exact_frequency()
    {
        var times = Enumerable.Range(0, 1000).Select(i => Math.Round(12.3456 + ((i < 500 ? i : i + 777) / 360.0), 3)).ToArray();

        Assert.Equal(360, Estimate(times, 3, out _));
    }

    [Fact]
    public void A_sum_of_steps_tells_the_exact_frequency()
    {
        var times = new double[16384];
        for (var i = 1; i < times.Length; i++)
            times[i] = times[i - 1] + (1 / 360.0);

        Assert.Equal(360, Estimate(times, 12, out _));
    }

    [Fact]
    public void Times_of_a_computers_clock_tell_the_frequency_of_the_mean()
    {
        var random = new Random(1);
        var times = Enumerable.Range(0, 5000).Select(i => (i / 130.0) + (random.NextDouble() * 0.001)).ToArray();

        Assert.Equal(130, Estimate(times, 9, out var isRounded));
        Assert.False(isRounded);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.0, 0.1, 0.4, 0.45, 0.5, 0.9, 0.91)]
    public void Times_without_a_grid_tell_no_frequency(params double[] times) => Assert.Null(Estimate(times, 2, out _));

    private static double? Estimate(double[] times, int decimals, out bool isRounded) =>
        CsvFrequency.Estimate(times, [.. times.Select(_ => (0.5 * Math.Pow(10, -decimals)) + 1e-9)], out isRounded);
}
