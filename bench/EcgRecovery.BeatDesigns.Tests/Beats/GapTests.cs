using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests.Beats;

public class GapTests
{
    private static readonly HeartbeatSet s_set = TestBeats.Of(400);

    [Fact]
    public void Validation_gaps_lie_within_the_real_signal_of_every_second_row()
    {
        foreach (var plan in ValidationPlan.Random)
        {
            var gaps = plan.Draw(s_set);
            Assert.NotEmpty(gaps);
            Assert.All(gaps, beat => Assert.Equal(plan.Length, beat.Gap.Length));
            Assert.All(gaps, beat => Assert.InRange(beat.Gap.EndSample, plan.Length, s_set.RealLength(beat.Row)));
            Assert.All(gaps, beat => Assert.Equal(0, beat.Row % 2));
            Assert.Equal(gaps, plan.Draw(s_set));
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => new BrokenBeat(2 * i, new Gap(100, 137))), ValidationPlan.Fixed.Draw(s_set));
    }

    [Fact]
    public void Training_gaps_are_of_three_kinds_and_come_from_few_places()
    {
        var gaps = TrainingDraw.Draw(s_set, BeatSource.FirstLead);
        Assert.Equal(8 * s_set.Count, gaps.Length);
        foreach (var pass in gaps.Chunk(s_set.Count))
        {
            Assert.Equal(Enumerable.Range(0, s_set.Count), pass.Select(beat => beat.Row).Order());
            var single = pass.Where(beat => beat.SecondGap.Length == 0 && beat.Gap != new Gap(100, 137)).ToList();
            Assert.InRange(pass.Count(beat => beat.Gap == new Gap(100, 137)) / (double)pass.Length, 0.2, 0.4);
            Assert.InRange(single.Count / (double)pass.Length, 0.4, 0.7);
            // A gap that would reach beyond the row's end is moved, and does not keep to the grid.
            Assert.Single(single.Where(beat => beat.Gap.EndSample < 187).Select(beat => beat.Gap.StartSample % 3).Distinct());
        }

        Assert.All(gaps.Where(beat => beat.SecondGap.Length > 0), beat =>
        {
            Assert.InRange(beat.SecondGap.StartSample - beat.Gap.EndSample, 6, 35);
            Assert.True(beat.SecondGap.EndSample <= s_set.RealLength(beat.Row));
        });
    }

    [Fact]
    public void Of_both_leads_a_pass_takes_every_second_row() =>
        Assert.Equal(4 * s_set.Count, TrainingDraw.Draw(s_set, BeatSource.BothLeads).Length);

    [Theory]
    [InlineData(99, 100, 137, true)]
    [InlineData(100, 100, 137, false)]   // the signal may have gone on
    [InlineData(160, 100, 137, false)]
    [InlineData(100, 150, 187, false)]   // nothing follows that shows it
    public void Zeros_on_both_sides_show_padding(int realLength, int start, int end, bool expected) =>
        Assert.Equal(expected, new BrokenBeat(0, new Gap(start, end)).IsInPadding(TestBeats.Of(1, realLength)));

    [Fact]
    public void A_local_estimate_looks_at_the_gaps_surroundings_alone()
    {
        var pattern = EstimateView.Local.Pattern(new BrokenBeat(0, new Gap(10, 20), new Gap(100, 110)), out var isMissing);
        Assert.Equal([.. Enumerable.Range(10, 10), .. Enumerable.Range(100, 10)], Enumerable.Range(0, 187).Where(t => isMissing[t]));
        var context = EstimateView.Local.Context;
        Assert.Equal(
            [.. Enumerable.Range(0, 10), .. Enumerable.Range(20, context), .. Enumerable.Range(100 - context, context), .. Enumerable.Range(110, context)],
            pattern.Visible);
    }

    [Fact]
    public void An_estimate_of_all_that_is_visible_looks_at_all() =>
        Assert.Equal(177, EstimateView.AllVisible.Pattern(new BrokenBeat(0, new Gap(10, 20)), out _).Visible.Length);
}
