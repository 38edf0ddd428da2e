using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class GapScorerTests
{
    private static readonly TestedLead s_lead = new("x", [9, 1, 2, 9], 100);

    // Each beat of class N.
    private static readonly TestedLead s_spikes = new(
        "x", SpikeLead.Of().MilliVolts, SpikeLead.Frequency, [.. SpikeLead.Of().Beats!.Select(beat => beat with { Class = AamiClass.N })]);

    [Fact]
    public void The_pinball_loss_is_that_of_the_estimate_and_its_intervals()
    {
        // At x = 1 the lower bounds are 0, the estimate 2 and the upper bounds 3: losses of 0.25, 0.1 and 0.025; 0.5; 0.5, 0.2 and 0.05.
        // At x = 2 all are 2.
        GapInterval[] intervals = [.. new[] { 0.5, 0.8, 0.95 }.Select(level => new GapInterval(level, [0, 2], [3, 2]))];
        var judged = new FilledGap(new SampleSpan(1, 3), new GapOutcome("x"), [2, 2]) { Intervals = intervals };
        var score = new GapScorer(null).Score(s_lead, judged.Span, [2, 2], judged);
        Assert.Equal(1.625 / 14, score.Pinball!.Value, 6);
        Assert.Equal(Math.Sqrt(0.5), score.Rmse, 6);
        // Nobody gets the intervals of a gap that is left missing, and too few hidden gaps give no interval of 95 %.
        Assert.Null(new GapScorer(null).Score(s_lead, judged.Span, [2, 2], judged.Leave("noise around it")).Pinball);
        Assert.Null(new GapScorer(null).Score(s_lead, judged.Span, [2, 2], judged with { Intervals = intervals[..2] }).Pinball);
    }

    [Fact]
    public void A_perfect_recovery_keeps_and_invents_what_the_true_lead_does()
    {
        // Every beat that the classifier sees is one of the true lead, whatever class it gives it.
        var beats = Beats(new SampleSpan(4850, 5350), recovered: null);
        Assert.Equal(3, beats.Sum(count => count.Beats));
        Assert.Equal(3, beats.Sum(count => count.KeptInTruth + count.FalseInTruth));
        Assert.All(beats, count => Assert.Equal((count.KeptInTruth, count.FalseInTruth), (count.Kept, count.False)));
        Assert.All(beats, count => Assert.Equal((0, 0, 0), (count.KeptInGaps, count.Erased, count.Invented)));
    }

    [Fact]
    public void A_flat_recovery_erases_every_beat_that_the_true_lead_keeps()
    {
        var beats = Beats(new SampleSpan(4850, 5350), new float[500]);
        Assert.Equal(3, beats.Sum(count => count.Beats));
        Assert.All(beats, count => Assert.Equal((0, 0, 0, 0), (count.KeptInGaps, count.Kept, count.False, count.Invented)));
        Assert.All(beats, count => Assert.Equal(count.KeptInTruth, count.Erased));
    }

    [Fact]
    public void A_beat_that_is_recovered_where_there_is_none_is_invented()
    {
        // R peaks lie at 100 + 200·beat: one at 4900, none from 4950 to 5050.
        var counts = Assert.Single(Beats(new SampleSpan(4950, 5050), s_spikes.MilliVolts[4850..4950]));
        Assert.Equal((0, 0, 1, 1), (counts.Beats, counts.FalseInTruth, counts.False, counts.Invented));
    }

    [Fact]
    public void Without_the_class_of_every_beat_no_beat_is_counted()
    {
        using var classifier = BeatClassifier.Load();
        Assert.Null(new GapScorer(classifier).Score(SpikeLead.Of(), new SampleSpan(4850, 4950), new float[100], judged: null).Beats);
    }

    [Fact]
    public void Without_intervals_or_a_classifier_there_is_neither_loss_nor_beat()
    {
        var score = new GapScorer(null).Score(SpikeLead.Of(), new SampleSpan(4850, 4950), new float[100], judged: null);
        Assert.Null(score.Pinball);
        Assert.Null(score.Beats);
        Assert.NotNull(score.RPeaks);
    }

    private static IReadOnlyList<ClassBeats> Beats(SampleSpan gap, float[]? recovered)
    {
        using var classifier = BeatClassifier.Load();
        return new GapScorer(classifier).Score(s_spikes, gap, recovered ?? s_spikes.MilliVolts[gap.ToRange()], judged: null).Beats!;
    }
}
