using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class IntervalScoreTests
{
    // Even rows: 187 ones, class N. Odd rows: 90 ones, class V. Records in equal runs.
    private static readonly HeartbeatSet s_beats = BeatGapProtocolTests.Beats(4, "100", "103");

    [Fact]
    public void Coverage_and_width_are_over_the_gaps_real_samples()
    {
        // Samples 86..96: ten in even rows, four in odd ones. Row 1 lies outside its bounds, row 2 half outside, all bounds of width 0.5.
        var sum = new IntervalSum(4);
        var gap = new SampleSpan(86, 96);
        sum.Add(0, s_beats[0], Bounds(0.75f), Bounds(1.25f), gap, 187);
        sum.Add(1, s_beats[1], Bounds(0.25f), Bounds(0.75f), gap, 90);
        sum.Add(2, s_beats[2], Bounds(0.5f, 91, 1.5f), Bounds(1f, 91, 2f), gap, 187);
        sum.Add(3, s_beats[3], Bounds(1f), Bounds(1.5f), gap, 90);
        var score = sum.Score(new RowGroups(s_beats))!;

        Assert.Equal(19 / 28.0, score.Coverage, 1e-12);
        Assert.Equal(0.5, score.Width, 1e-12);
        Assert.Equal([new GroupCoverage("N", 20, 0.75), new GroupCoverage("V", 8, 0.5)], score.ByClass);
        Assert.Equal([new GroupCoverage("100", 14, 10 / 14.0), new GroupCoverage("103", 14, 9 / 14.0)], score.ByPatient);
        Assert.Equal(9.5 / 14, score.MeanOverPatients, 1e-12);
        Assert.Equal("103", score.WorstPatient!.Group);
    }

    [Fact]
    public void Rows_without_real_samples_count_nowhere()
    {
        var sum = new IntervalSum(4);
        sum.Add(1, s_beats[1], Bounds(0), Bounds(1), new SampleSpan(100, 137), 90);
        Assert.Null(sum.Score(new RowGroups(s_beats)));
        sum.Add(0, s_beats[0], Bounds(0), Bounds(1), new SampleSpan(100, 137), 187);
        var score = sum.Score(new RowGroups(s_beats))!;
        Assert.Equal([new GroupCoverage("N", 37, 1)], score.ByClass);
        Assert.Equal([new GroupCoverage("100", 37, 1)], score.ByPatient);
    }

    [Fact]
    public void Without_patients_there_is_no_worst_one()
    {
        var beats = BeatGapProtocolTests.Beats(1);
        var sum = new IntervalSum(1);
        sum.Add(0, beats[0], Bounds(0), Bounds(1), new SampleSpan(100, 137), 187);
        var score = sum.Score(new RowGroups(beats))!;
        Assert.Empty(score.ByPatient);
        Assert.Null(score.WorstPatient);
        Assert.True(double.IsNaN(score.MeanOverPatients));
    }

    private static float[] Bounds(float value, int from = 187, float then = 0)
    {
        var bounds = new float[HeartbeatSet.BeatLength];
        bounds.AsSpan(0, from).Fill(value);
        bounds.AsSpan(from).Fill(then);
        return bounds;
    }
}
