using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class RhythmScoreTests
{
    // R peaks at 100 + 200·beat, every 0.8 s; the gap 8050..8150 holds that at 8100.
    private static readonly TestedLead s_lead = SpikeLead.Of(seconds: 320);
    private static readonly SampleSpan s_gap = new(8050, 8150);

    [Fact]
    public void A_perfect_recovery_has_the_true_rhythm()
    {
        var rhythm = Score(s_lead.MilliVolts[s_gap.ToRange()])!;
        Assert.Equal(s_lead.FoundRPeaks.Length - 1, rhythm.Truth.Intervals);
        Assert.Equal(rhythm.Truth, rhythm.Recovered[0]);
    }

    [Fact]
    public void Where_a_gap_is_dropped_neither_of_its_intervals_counts()
    {
        var rhythm = Score(s_lead.MilliVolts[s_gap.ToRange()])!;
        Assert.Equal(rhythm.Truth.Intervals - 2, rhythm.Dropped.Intervals);
        Assert.Equal(0, rhythm.Dropped.Sdnn, 6);
    }

    [Fact]
    public void A_dropped_gap_between_two_peaks_costs_the_interval_that_it_lies_in()
    {
        // R peaks at 7900 and 8100.
        var rhythm = Score(new SampleSpan(7950, 8050));
        Assert.Equal(rhythm.Truth.Intervals - 1, rhythm.Dropped.Intervals);
    }

    [Fact]
    public void A_peak_that_is_recovered_late_changes_two_intervals()
    {
        // 20 samples, 80 ms late: of n intervals of 800 ms one has 880 and one 720, and of n − 1 steps three have 80, −160 and 80.
        var late = new float[100];
        s_lead.MilliVolts.AsSpan(8050, 80).CopyTo(late.AsSpan(20));
        var rhythm = Score(late)!;
        var (n, recovered) = (rhythm.Truth.Intervals, rhythm.Recovered[0]!);
        Assert.Equal(n, recovered.Intervals);
        Assert.Equal(Math.Sqrt(2 * 80 * 80 / (n - 1.0)), recovered.Sdnn, 6);
        Assert.Equal(Math.Sqrt(((2 * 80 * 80) + (160 * 160)) / (n - 1.0)), recovered.Rmssd, 6);
    }

    [Fact]
    public void Without_an_estimate_of_every_gap_an_entrant_has_no_rhythm()
    {
        var gap = new TestedGap(0, s_gap, 0.4, null, [GapAttempt.None]);
        Assert.Null(Assert.Single(RhythmScore.Of(s_lead, [s_gap], [gap], 1)!.Recovered));
    }

    [Fact]
    public void What_is_lost_and_not_to_be_recovered_counts_for_nobody()
    {
        // Six seconds more are lost, with R peaks at 30100 … 31300 between those at 29900 and 31500.
        var lost = new SampleSpan(30_000, 31_400);
        var attempt = new GapAttempt(GapScore.Of(s_lead, s_gap, s_lead.MilliVolts[s_gap.ToRange()]));
        var rhythm = RhythmScore.Of(s_lead, [s_gap, lost], [new TestedGap(0, s_gap, 0.4, null, [attempt])], entrants: 1)!;
        // Seven peaks, and with them eight intervals; where the gap is dropped too, its two.
        Assert.Equal(rhythm.Truth.Intervals - 8, rhythm.Recovered[0]!.Intervals);
        Assert.Equal(rhythm.Truth.Intervals - 10, rhythm.Dropped.Intervals);
    }

    [Fact]
    public void A_lead_of_less_than_five_minutes_or_without_beats_has_no_rhythm()
    {
        Assert.Null(RhythmScore.Of(SpikeLead.Of(seconds: 299), [], [], 0));
        Assert.Null(RhythmScore.Of(new TestedLead("x", s_lead.MilliVolts, 250), [], [], 0));
        Assert.NotNull(RhythmScore.Of(SpikeLead.Of(seconds: 300), [], [], 0));
    }

    private static RhythmScore? Score(float[] recovered)
    {
        var attempt = new GapAttempt(GapScore.Of(s_lead, s_gap, recovered));
        return RhythmScore.Of(s_lead, [s_gap], [new TestedGap(0, s_gap, 0.4, null, [attempt])], entrants: 1);
    }

    private static RhythmScore Score(SampleSpan gap) =>
        RhythmScore.Of(s_lead, [gap], [new TestedGap(0, gap, 0.4, null, [])], entrants: 0)!;
}
