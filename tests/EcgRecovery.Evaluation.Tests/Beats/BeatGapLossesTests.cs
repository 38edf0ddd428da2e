using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatGapLossesTests
{
    [Fact]
    public void Rows_are_counted_whose_end_or_whose_extreme_lies_in_the_gap()
    {
        // Row: samples of real signal; where its maximum is; whether the gap 100..137 hides its end, and its maximum.
        (int Length, int Peak)[] rows =
        [
            (187, 0), // neither
            (187, 120), // the maximum
            (187, 137), // neither: the first sample after the gap
            (137, 0), // the end: the last sample is the gap's last
            (138, 0), // neither: one sample of signal follows
            (101, 100), // both
            (100, 0), // no signal lost: not counted
        ];
        var samples = new float[rows.Length * HeartbeatSet.BeatLength];
        for (var row = 0; row < rows.Length; row++)
        {
            var beat = samples.AsSpan(row * HeartbeatSet.BeatLength, rows[row].Length);
            beat.Fill(0.5f);
            beat[50] = 0.125f; // the minimum, always seen
            beat[rows[row].Peak] = 1;
        }

        var beats = new HeartbeatSet(samples, new AamiClass[rows.Length]);
        Assert.Equal(
            new BeatGapLosses(Rows: 6, RowsWithoutEnd: 2, RowsWithoutExtreme: 2),
            BeatGapLosses.Of(beats, BeatGapPlan.Fixed(new SampleSpan(100, 137))));

        // The gap 50..51 hides the minimum of every row, and no end.
        Assert.Equal(new BeatGapLosses(7, 0, 7), BeatGapLosses.Of(beats, BeatGapPlan.Fixed(new SampleSpan(50, 51))));
    }

    [Fact]
    public void A_random_gap_never_hides_the_end_and_rows_too_short_for_it_are_not_counted()
    {
        var beats = BeatGapProtocolTests.Beats(10);
        Assert.Equal(new BeatGapLosses(10, 0, 0), BeatGapLosses.Of(beats, BeatGapPlan.Random(20, 1)));
        Assert.Equal(new BeatGapLosses(5, 0, 0), BeatGapLosses.Of(beats, BeatGapPlan.Random(100, 1)));
    }
}
