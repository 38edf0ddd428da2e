using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Tests.Formats.Arrays;

public class ArrayTimesTests
{
    [Theory]
    [InlineData(0.002, 500, "seconds")]
    [InlineData(2, 500, "milliseconds")]
    [InlineData(1 / 360d, 360, "seconds")]
    [InlineData(1 / 257.5, 257.5, "seconds")]
    public void Even_times_have_a_frequency(double step, double hz, string unit)
    {
        var times = ArrayBytes.Doubles("t", [5000], [.. Enumerable.Range(0, 5000).Select(t => 7 + (step * t))]);
        var found = ArrayTimes.Frequency(times, 0, 1, 5000);
        Assert.Equal(hz, found!.Value.Hz, 1e-6);
        Assert.Equal(unit, found.Value.Unit);
    }

    [Fact]
    public void Rounded_times_have_one_too()
    {
        var times = ArrayBytes.Doubles("t", [5001], [.. Enumerable.Range(0, 5001).Select(t => Math.Round(t / 360d, 3))]);
        Assert.Equal(360, ArrayTimes.Frequency(times, 0, 1, 5001)!.Value.Hz);
    }

    [Fact]
    public void A_count_is_no_time()
    {
        var counts = ArrayBytes.Doubles("t", [40], [.. Enumerable.Range(1, 40).Select(t => (double)t)]);
        Assert.Equal((0, ArrayTimes.Counts), ArrayTimes.Frequency(counts, 0, 1, 40));
    }

    [Theory]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14")]
    [InlineData("0 .01 .02 .03 .04 .05 .06 .07 .08 .09 .1 .11 .12 .13 .14 .9")]
    [InlineData("0 .01 .02 .03 .04 .05 .06 .07 .08 .09 .1 .11 .12 .13 NaN .15")]
    [InlineData("0 100 200 300 400 500 600 700 800 900 1000 1100 1200 1300 1400 1500")]
    public void Other_numbers_have_none(string numbers)
    {
        double[] values = [.. numbers.Split(' ').Select(double.Parse)];
        Assert.Null(ArrayTimes.Frequency(ArrayBytes.Doubles("t", [values.Length], values), 0, 1, values.Length));
    }
}
