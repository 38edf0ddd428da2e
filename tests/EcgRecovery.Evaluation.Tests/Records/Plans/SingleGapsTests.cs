using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class SingleGapsTests
{
    private const double Frequency = 100;

    [Fact]
    public void Gaps_missing_together_keep_5_seconds_to_each_other_and_to_the_ends()
    {
        var plan = Plan(Lead("x", 600), 0.56, Options(40));
        Assert.True(plan.AreTogether);
        Assert.Equal(40, plan.Gaps.Count);
        Assert.All(plan.Gaps, gap => Assert.Equal(56, gap.Length));
        Assert.All(plan.Gaps, gap => Assert.True(gap.Start >= 500 && gap.End <= 59_500));
        Assert.All(plan.Gaps.Zip(plan.Gaps.Skip(1)), pair => Assert.True(pair.Second.Start - pair.First.End >= 500));
    }

    [Fact]
    public void One_at_a_time_every_place_is_as_likely()
    {
        // 11 s: a gap of 0.5 s starts at 500 to 550.
        var plan = Plan(Lead("x", 11), 0.5, Options(5_100) with { OneAtATime = true });
        Assert.False(plan.AreTogether);
        var counts = plan.Gaps.CountBy(gap => gap.Start).OrderBy(count => count.Key).ToList();
        Assert.Equal(Enumerable.Range(500, 51), counts.Select(count => (int)count.Key));
        // 100 each, standard deviation 10.
        Assert.All(counts, count => Assert.InRange(count.Value, 55, 145));
    }

    [Fact]
    public void Where_they_do_not_fit_together_gaps_are_cut_one_at_a_time()
    {
        var plan = Plan(Lead("x", 30), 1, Options(10));
        Assert.False(plan.AreTogether);
        Assert.Equal(10, plan.Gaps.Count);
    }

    [Fact]
    public void The_seed_the_record_and_the_length_decide_and_nothing_else()
    {
        var lead = Lead("x", 600);
        var gaps = Plan(lead, 0.3, Options(10)).Gaps;
        Assert.Equal(gaps, Plan(lead, 0.3, Options(10) with { Cells = [new(0.3)], Name = "other" }).Gaps);
        Assert.NotEqual(gaps, Plan(lead, 0.3, Options(10) with { Seed = 2 }).Gaps);
        Assert.NotEqual(gaps, Plan(Lead("y", 600), 0.3, Options(10)).Gaps);
        Assert.NotEqual(gaps.Select(gap => gap.Start), Plan(lead, 0.31, Options(10)).Gaps.Select(gap => gap.Start));
    }

    [Fact]
    public void A_plan_is_the_same_in_time_at_every_frequency()
    {
        var options = Options(48) with { OneAtATime = true };
        var slow = Plan(Lead("x", 600), 0.5, options).Gaps;
        var fast = Plan(new TestedLead("x", new float[600 * 360], 360), 0.5, options).Gaps;
        Assert.All(slow.Zip(fast), pair => Assert.InRange((pair.First.Start / Frequency) - (pair.Second.Start / 360.0), -0.011, 0.011));
    }

    [Fact]
    public void No_gap_touches_missing_samples()
    {
        // Of the places 500 to 590 a gap of 10 samples with one on each side may have 500 to 509 and 580 to 590.
        var lead = Lead("x", 11);
        lead.MilliVolts.AsSpan(520, 59).Fill(float.NaN);
        var starts = Plan(lead, 0.1, Options(500) with { OneAtATime = true }).Gaps.Select(gap => (int)gap.Start).Distinct();
        Assert.Equal(Enumerable.Range(500, 10).Concat(Enumerable.Range(580, 11)), starts);
    }

    [Fact]
    public void A_lead_without_room_has_no_gap()
    {
        var missing = Lead("gone", 60);
        missing.MilliVolts.AsSpan().Fill(float.NaN);
        Assert.Null(SingleGaps.Draw([missing], new CellKind(1), Options(1)));
        Assert.Null(SingleGaps.Draw([Lead("x", 1.03)], new CellKind(1), Options(1)));
    }

    // 10 s without 1 s are 9 s: a quarter of them on each side of where a gap of 100 samples may be.
    [Fact]
    public void A_lead_too_short_for_5_seconds_on_both_sides_keeps_a_quarter_of_the_rest()
    {
        var starts = Plan(Lead("x", 10), 1, Options(5_000) with { OneAtATime = true }).Gaps.Select(gap => gap.Start);
        Assert.Equal((225, 675), (starts.Min(), starts.Max()));
    }

    [Theory]
    [InlineData("p", -16)]
    [InlineData("qrs", 0)]
    [InlineData("t", 30)]
    public void Gaps_on_a_wave_are_centred_on_that_of_beats(string wave, int offset)
    {
        var placement = CellNames.Find<GapPlacement>(wave)!.Value;
        // A beat a second at 100 Hz: the T wave is centred 0.30·√1 s behind the R peak.
        TestedBeat[] beats = [.. Enumerable.Range(0, 600).Select(beat => new TestedBeat((beat * 100) + 37))];
        var lead = new TestedLead("x", new float[60_000], Frequency, beats);
        var gaps = SingleGaps.Draw([lead], new CellKind(0.1, placement), Options(40))!.Gaps;

        Assert.Equal(40, gaps.Count);
        Assert.All(gaps, gap => Assert.Equal(10, gap.Length));
        Assert.All(gaps, gap => Assert.Equal((37 + offset + 100) % 100, (gap.Start + 5) % 100));
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.True(pair.Second.Start - pair.First.End >= 500));
    }

    [Fact]
    public void Gaps_on_a_wave_need_beats() =>
        Assert.Null(SingleGaps.Draw([Lead("x", 600)], new CellKind(0.1, GapPlacement.P), Options(1)));

    [Theory]
    // A fifth of 600 s are 120 s; one gap is always cut.
    [InlineData(0.3, 40)]
    [InlineData(10, 12)]
    [InlineData(30, 4)]
    [InlineData(59.9, 2)]
    [InlineData(200, 1)]
    public void Gaps_that_are_missing_together_may_take_a_share_of_the_record(double seconds, int expected)
    {
        var plan = Plan(Lead("x", 600), seconds, Options(40) with { MaximumLostShare = 0.2 });
        Assert.True(plan.AreTogether);
        Assert.Equal(expected, plan.Gaps.Count);
    }

    [Fact]
    public void Gaps_that_are_cut_one_at_a_time_are_as_many_as_wanted_whatever_they_take()
    {
        var options = Options(40) with { MaximumLostShare = 0.2, OneAtATime = true };
        Assert.Equal(40, Plan(Lead("x", 600), 30, options).Gaps.Count);
    }

    [Fact]
    public void Gaps_may_have_lengths_of_their_own()
    {
        long[] lengths = [3, 700, 20, 20, 5];
        var plan = SingleGaps.Draw([Lead("x", 600)], new CellKind(0.1), lengths, Options(1))!;
        Assert.True(plan.AreTogether);
        Assert.Equal(lengths.Order(), plan.Gaps.Select(gap => gap.Length).Order());
        Assert.All(plan.Gaps.Zip(plan.Gaps.Skip(1)), pair => Assert.True(pair.Second.Start - pair.First.End >= 500));
    }

    [Fact]
    public void A_gap_in_several_leads_is_observed_in_all_of_them()
    {
        // Of the places 500 to 590 one lead has 500 to 509, another 505 to 590.
        var (one, two) = (Lead("x", 11), Lead("x", 11));
        one.MilliVolts.AsSpan(520, 500).Fill(float.NaN);
        two.MilliVolts.AsSpan(0, 504).Fill(float.NaN);
        var plan = SingleGaps.Draw([one, two], new CellKind(0.1), Options(200) with { OneAtATime = true })!;
        Assert.Equal(Enumerable.Range(505, 5), plan.Gaps.Select(gap => (int)gap.Start).Distinct());
    }

    private static SingleGaps Plan(TestedLead lead, double seconds, PlanOptions options) =>
        SingleGaps.Draw([lead], new CellKind(seconds), options)!;

    private static TestedLead Lead(string record, double seconds) => new(record, new float[(int)(seconds * Frequency)], Frequency);

    private static PlanOptions Options(int gaps) => new() { GapsPerRecord = gaps };
}
