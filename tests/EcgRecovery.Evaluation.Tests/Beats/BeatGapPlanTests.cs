using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatGapPlanTests
{
    [Fact]
    public void A_fixed_gap_is_that_of_every_row()
    {
        var gaps = BeatGapPlan.Fixed(new SampleSpan(100, 137));
        Assert.Equal((37, false), (gaps.Length, gaps.IsRandom));
        Assert.Equal("samples 100..137 missing", gaps.ToString());
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(new SampleSpan(100, 137), gaps.Of(BeatGapProtocolTests.Beats(4), row)));
    }

    [Fact]
    public void A_random_gap_starts_at_every_place_inside_the_signal_and_at_no_other()
    {
        // Odd rows have 90 samples of signal: a gap of 80 starts at 1 to 9.
        var beats = BeatGapProtocolTests.Beats(4_000);
        var gaps = BeatGapPlan.Random(80, seed: 1);
        Assert.Equal("80 samples missing at random within the real signal", gaps.ToString());
        var starts = Enumerable.Range(0, 4_000).Where(row => row % 2 == 1).Select(row => gaps.Of(beats, row)!.Value).ToList();
        Assert.All(starts, gap => Assert.Equal(80, gap.Length));
        var counts = starts.CountBy(gap => gap.Start).OrderBy(count => count.Key).ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], counts.Select(count => count.Key));
        // 2,000 draws of 9 places: 222 each, standard deviation 14.
        Assert.All(counts, count => Assert.InRange(count.Value, 165, 280));
    }

    [Fact]
    public void Only_the_seed_and_the_rows_number_decide()
    {
        var beats = BeatGapProtocolTests.Beats(100);
        // The same signal among other rows: rows 0 to 99 of another file.
        var others = BeatGapProtocolTests.Beats(300);
        var gaps = BeatGapPlan.Random(37, seed: 5);
        Assert.All(Enumerable.Range(0, 100), row => Assert.Equal(gaps.Of(others, row), gaps.Of(beats, row)));
        Assert.Contains(Enumerable.Range(0, 100), row => gaps.Of(beats, row) != BeatGapPlan.Random(37, seed: 6).Of(beats, row));
    }

    [Fact]
    public void A_row_without_room_has_no_random_gap()
    {
        var beats = BeatGapProtocolTests.Beats(2);
        Assert.Equal(new SampleSpan(1, 89), BeatGapPlan.Random(88, seed: 1).Of(beats, 1));
        Assert.Null(BeatGapPlan.Random(89, seed: 1).Of(beats, 1));
        Assert.Equal(new SampleSpan(1, 186), BeatGapPlan.Random(185, seed: 1).Of(beats, 0));
    }

    [Fact]
    public void What_is_no_gap_of_a_beat_is_refused()
    {
        foreach (var gap in new[] { new SampleSpan(100, 188), new SampleSpan(-1, 5), new SampleSpan(7, 7) })
            Assert.Contains(
                "lies outside the beat; expected 0..187.",
                Assert.Throws<ArgumentOutOfRangeException>(() => BeatGapPlan.Fixed(gap)).Message);
        foreach (var length in new[] { 0, 186 })
            Assert.Contains("expected 1 to 185.", Assert.Throws<ArgumentOutOfRangeException>(() => BeatGapPlan.Random(length, 1)).Message);
    }
}
