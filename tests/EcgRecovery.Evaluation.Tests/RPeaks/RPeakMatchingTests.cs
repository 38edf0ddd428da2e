using EcgRecovery.Evaluation.RPeaks;

namespace EcgRecovery.Evaluation.Tests.RPeaks;

public class RPeakMatchingTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(54, true)]
    [InlineData(-54, true)]
    [InlineData(55, false)]
    [InlineData(-55, false)]
    public void The_tolerance_itself_is_included(int offset, bool isFound) =>
        Assert.Equal(isFound ? new RPeakCounts(1, 0, 0) : new RPeakCounts(0, 1, 1), RPeakMatching.Match([1000], [1000 + offset], 54));

    [Theory]
    [InlineData(0.150, 360, 54)]
    [InlineData(0.020, 360, 7)]
    [InlineData(0.150, 128, 19)]
    [InlineData(0.020, 250, 5)]
    [InlineData(0.150, 1000, 150)]
    [InlineData(0.29, 100, 29)]
    public void The_tolerance_is_whole_samples_inside_it(double seconds, double frequency, int samples) =>
        Assert.Equal(samples, RPeakMatching.ToleranceSamples(seconds, frequency));

    [Fact]
    public void One_detection_finds_one_beat_the_nearer() =>
        Assert.Equal(new RPeakCounts(1, 1, 0), RPeakMatching.Match([100, 140], [130], 54));

    [Fact]
    public void One_beat_is_found_once() =>
        Assert.Equal(new RPeakCounts(1, 0, 2), RPeakMatching.Match([100], [90, 100, 110], 54));

    [Fact]
    public void The_nearest_pair_comes_first_and_its_neighbours_take_what_is_left()
    {
        // 140–138 (2 apart) is taken first; 100 is then found by 90, though 138 was within its tolerance too.
        Assert.Equal(new RPeakCounts(2, 0, 0), RPeakMatching.Match([100, 140], [90, 138], 54));
        // A detection between two beats goes to the nearer one, and leaves the other without: pairs are not rearranged.
        Assert.Equal(new RPeakCounts(1, 1, 1), RPeakMatching.Match([100, 150], [145, 200], 49));
    }

    [Fact]
    public void Pairs_are_numbers_of_beats_and_detections_the_nearest_first()
    {
        // 0, 2 and 3 samples apart; 120 is near no beat.
        Assert.Equal([(2, 3), (0, 0), (1, 2)], RPeakMatching.Pairs([100, 299, 500], [98, 120, 302, 500], 5));
        Assert.Empty(RPeakMatching.Pairs([], [98], 5));
        // Of two pairs equally near the earlier.
        Assert.Equal([(0, 0)], RPeakMatching.Pairs([100], [95, 105], 54));
        Assert.Equal([(0, 0)], RPeakMatching.Pairs([95, 105], [100], 54));
    }

    [Fact]
    public void Of_two_detections_equally_near_one_is_false() =>
        Assert.Equal(new RPeakCounts(1, 0, 1), RPeakMatching.Match([100], [95, 105], 54));

    [Fact]
    public void Time_backwards_gives_the_same_counts()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var reference = Ascending(random, 40);
            var detected = Ascending(random, 40);
            var forward = RPeakMatching.Match(reference, detected, 20);
            var backward = RPeakMatching.Match(Mirrored(reference), Mirrored(detected), 20);
            Assert.Equal(forward.TruePositives, backward.TruePositives, tolerance: 1);
            Assert.Equal(40, forward.TruePositives + forward.FalseNegatives);
            Assert.Equal(40, forward.TruePositives + forward.FalsePositives);
        }

        static int[] Ascending(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(2000)).Order()];
        static int[] Mirrored(int[] samples) => [.. samples.Select(sample => 2000 - sample).Order()];
    }

    [Fact]
    public void Empty_sides_have_no_figure()
    {
        Assert.Equal(new RPeakCounts(0, 0, 3), RPeakMatching.Match([], [1, 2, 3], 54));
        Assert.Equal(new RPeakCounts(0, 3, 0), RPeakMatching.Match([1, 2, 3], [], 54));
        Assert.True(double.IsNaN(new RPeakCounts(0, 0, 3).Sensitivity));
        Assert.True(double.IsNaN(new RPeakCounts(0, 3, 0).PositivePredictivity));
    }

    [Fact]
    public void Refuses_samples_out_of_order()
    {
        Assert.Throws<ArgumentException>(() => RPeakMatching.Match([2, 1], [1], 54));
        Assert.Throws<ArgumentException>(() => RPeakMatching.Match([1], [2, 1], 54));
    }

    [Fact]
    public void Counts_are_pooled_not_averaged()
    {
        var sum = new RPeakCounts(90, 10, 0) + new RPeakCounts(5, 5, 10);
        Assert.Equal(new RPeakCounts(95, 15, 10), sum);
        Assert.Equal(95 / 110d, sum.Sensitivity, 12);
        Assert.Equal(95 / 105d, sum.PositivePredictivity, 12);
    }
}
