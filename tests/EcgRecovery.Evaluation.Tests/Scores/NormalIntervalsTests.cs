using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class NormalIntervalsTests
{
    [Theory]
    [InlineData(0.30, true)]
    [InlineData(0.29, false)]
    [InlineData(2.00, true)]
    [InlineData(2.01, false)]
    public void An_interval_lasts_03_to_2_seconds(double seconds, bool isNormal) =>
        Assert.All(NormalIntervals.Find([seconds, seconds, seconds], new bool[3]), found => Assert.Equal(isNormal, found));

    [Theory]
    [InlineData(0.81, true)]
    [InlineData(0.79, false)]
    [InlineData(1.19, true)]
    [InlineData(1.21, false)]
    public void It_differs_by_at_most_20_percent_from_the_median_around(double seconds, bool isNormal)
    {
        var found = NormalIntervals.Find([1, 1, 1, seconds, 1, 1, 1], new bool[7]);
        Assert.Equal(isNormal, found[3]);
        Assert.Equal(6, found.Where((_, i) => i != 3).Count(normal => normal));
    }

    [Fact]
    public void Neighbours_are_five_on_each_side()
    {
        double[] intervals = [.. Enumerable.Repeat(1.0, 8), .. Enumerable.Repeat(0.7, 8)];
        var found = NormalIntervals.Find(intervals, new bool[16]);
        // Intervals 7 and 8 have five slow and five fast ones around them, median 0.85: 1 and 0.7 are 17.6 % away.
        Assert.All(found, Assert.True);
        // With 0.6 the median is 0.8, and both are 25 % away.
        var steep = NormalIntervals.Find([.. intervals.Select(interval => interval == 1 ? 1 : 0.6)], new bool[16]);
        Assert.Equal([7, 8], Enumerable.Range(0, 16).Where(i => !steep[i]));
    }

    [Fact]
    public void A_dropped_interval_is_no_neighbour()
    {
        double[] intervals = [1, 1, 5.0 / 8, 5.0 / 8, 5.0 / 8, 1];
        bool[] dropped = [false, false, true, true, true, false];
        Assert.Equal([true, true, false, false, false, true], NormalIntervals.Find(intervals, dropped));
        Assert.False(NormalIntervals.Find([1, 1], [false, true])[0]);
    }
}
