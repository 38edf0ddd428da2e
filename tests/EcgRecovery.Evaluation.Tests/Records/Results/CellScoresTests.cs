using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Results;

public class CellScoresTests
{
    private static readonly TestedMethod s_method = new("x", null);

    [Fact]
    public void Judgements_are_means_over_gaps_and_pooled_counts()
    {
        var score = Score(
            Gap("a", 0.1, new GapJudgement("", [new(0.5, 0.6, 0.02), new(0.95, 0.9, 0.1)], new RPeakTimes(2, 2, 1, 0.03))),
            Gap("b", 0.3, new GapJudgement("", [new(0.95, 1, 0.3)], new RPeakTimes(1, 0, 0, 0))),
            Gap("b", 0.5, new GapJudgement("noise", [], new RPeakTimes(0, 0, 0, 0))),
            Gap("c", 0.7, new GapJudgement("wide", [], new RPeakTimes(0, 0, 0, 0))),
            Gap("c", 0.9, new GapJudgement("noise", [], new RPeakTimes(0, 0, 0, 0))),
            Gap("c", GapAttempt.None));
        // Errors count whatever is left missing: (0.1 + 0.3 + 0.5 + 0.7 + 0.9)/5.
        Assert.Equal((5, 1), (score.Estimated, score.Left));
        Assert.Equal(0.5, score.Rmse.Mean, 6);
        var judgement = score.Judgement!;
        Assert.Equal((3, 0.6), (judgement.Left, judgement.LeftShare));
        Assert.Equal([new LeftGaps("noise", 2), new LeftGaps("wide", 1)], judgement.Reasons);
        Assert.Equal(0.2, judgement.FilledRmse, 6);
        Assert.Equal(0.7, judgement.LeftRmse, 6);
        Assert.Equal([0.5, 0.8, 0.95], judgement.Intervals.Select(interval => interval.Level));
        Assert.Equal([1, 0, 2], judgement.Intervals.Select(interval => interval.Gaps));
        Assert.Equal(0.6, judgement.Intervals[0].Coverage.Mean, 6);
        Assert.True(double.IsNaN(judgement.Intervals[1].Coverage.Mean) && double.IsNaN(judgement.Intervals[1].Width));
        // Two patients with coverages of 0.9 and 1, a third without: the interval reaches from the one to the other.
        Assert.Equal(0.95, judgement.Intervals[2].Coverage.Mean, 6);
        Assert.Equal(0.9, judgement.Intervals[2].Coverage.Low, 6);
        Assert.Equal(1, judgement.Intervals[2].Coverage.High, 6);
        Assert.Equal(0.2, judgement.Intervals[2].Width, 6);
        Assert.Equal(new RPeakTimes(3, 2, 1, 0.03), judgement.RPeaks);
    }

    [Fact]
    public void Without_intervals_there_is_no_judgement() =>
        Assert.Null(Score(Gap("a", 0.1, null)).Judgement);

    private static CellScore Score(params PatientAttempts[] gaps) => CellScores.Of(
        new CellKind(0.3),
        gaps,
        [s_method],
        new CellScoring(BootstrapUnit.Patient, SelfTestGaps: 80, WindowSeconds: 600, BootstrapResamples: 2_000, Seed: 1, Threads: 1),
        TestContext.Current.CancellationToken).Methods[0];

    private static PatientAttempts Gap(string patient, double rmse, GapJudgement? judgement) =>
        Gap(patient, new GapAttempt(new GapScore(rmse, rmse, 1, WaveformScore.Of([0, 1], [0, 1], 1), null), Judgement: judgement));

    private static PatientAttempts Gap(string patient, GapAttempt attempt) =>
        new(patient, new CellAttempts([new TestedGap(0, new SampleSpan(1, 3), 0.3, null, [attempt])], []));
}
