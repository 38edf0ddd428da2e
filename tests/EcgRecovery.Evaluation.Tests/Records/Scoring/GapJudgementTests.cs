using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class GapJudgementTests
{
    [Fact]
    public void Coverage_is_the_share_of_true_samples_within_the_bounds_and_on_them()
    {
        // x = 1, 2, 3, 4 in the gap; 1 lies on its lower bound, 2 between, 3 above, 4 below. Widths 1, 2, 0, 1.
        var lead = new TestedLead("x", [9, 1, 2, 3, 4, 9], 100);
        var interval = new GapInterval(0.95, [1, 1, 2, 5], [2, 3, 2, 6]);
        var judgement = GapJudgement.Of(lead, Filled(new SampleSpan(1, 5)) with { Intervals = [interval] });
        Assert.False(judgement.IsLeft);
        Assert.Equal(new GapCoverage(0.95, 0.5, 1), Assert.Single(judgement.Intervals));
        Assert.Equal(judgement.Intervals[0], judgement.At(0.95));
        Assert.Null(judgement.At(0.5));
        Assert.Null(judgement.RPeaks);
    }

    [Fact]
    public void A_gap_that_is_left_missing_has_a_reason_and_no_intervals()
    {
        var lead = new TestedLead("x", new float[6], 100);
        var gap = Filled(new SampleSpan(1, 3)) with { Intervals = [new GapInterval(0.95, [0, 0], [1, 1])] };
        var judgement = GapJudgement.Of(lead, gap.Leave("noise around it"));
        Assert.True(judgement.IsLeft);
        Assert.Equal("noise around it", judgement.Reason);
        Assert.Empty(judgement.Intervals);
    }

    [Fact]
    public void A_stated_time_holds_where_a_true_peak_is_as_near()
    {
        // At 100 Hz: 130 is 30 ms from the true peak at 127, 231 is 40 ms from that at 227, 300 has no stated time.
        var lead = new TestedLead("x", new float[400], 100, [new(127), new(227)]);
        RecoveredRPeak[] peaks = [new(130, 0.03), new(231, 0.035), new(300, null)];
        var times = RPeakTimes.Of(lead, peaks)!.Value;
        Assert.Equal((3, 2, 1), (times.Recovered, times.Stated, times.Held));
        Assert.Equal(0.0325, times.MeanSeconds, 9);
        Assert.Equal(0.5, times.HeldShare);
        Assert.Equal(2 / 3.0, times.StatedShare);
    }

    private static FilledGap Filled(SampleSpan gap) => new(gap, new GapOutcome("x"), new float[gap.Length]);
}
