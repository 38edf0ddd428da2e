using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class IntervalScoreTests
{
    // Even rows are of class N, odd ones of class V; two rows a patient.
    private static readonly RowGroup[] s_classes = [new("N", [0, 2]), new("V", [1, 3])];
    private static readonly RowGroup[] s_patients = [new("100", [0, 1]), new("103", [2, 3])];

    [Fact]
    public void Coverage_and_width_are_over_the_lost_samples()
    {
        // Ten lost samples in even rows, four in odd ones, all 1. Row 1 lies outside its bounds, row 2 half outside; widths are 0.5.
        var sum = new IntervalSum(4);
        sum.Add(0, Repeat(1, 10), Repeat(0.75f, 10), Repeat(1.25f, 10));
        sum.Add(1, Repeat(1, 4), Repeat(0.25f, 4), Repeat(0.75f, 4));
        sum.Add(2, Repeat(1, 10), [.. Repeat(0.5f, 5), .. Repeat(1.5f, 5)], [.. Repeat(1, 5), .. Repeat(2, 5)]);
        sum.Add(3, Repeat(1, 4), Repeat(1, 4), Repeat(1.5f, 4));
        var score = sum.Score(s_classes, s_patients)!;

        Assert.Equal(19 / 28.0, score.Coverage, 1e-12);
        Assert.Equal(0.5, score.Width, 1e-12);
        Assert.Equal([new GroupCoverage("N", 20, 0.75), new GroupCoverage("V", 8, 0.5)], score.ByClass);
        Assert.Equal([new GroupCoverage("100", 14, 10 / 14.0), new GroupCoverage("103", 14, 9 / 14.0)], score.ByPatient);
        Assert.Equal(9.5 / 14, score.MeanOverPatients, 1e-12);
        Assert.Equal("103", score.WorstPatient!.Group);
    }

    [Fact]
    public void Rows_without_lost_samples_count_nowhere()
    {
        var sum = new IntervalSum(4);
        sum.Add(1, [], [], []);
        Assert.Null(sum.Score(s_classes, s_patients));
        sum.Add(0, Repeat(1, 37), Repeat(0, 37), Repeat(1, 37));
        var score = sum.Score(s_classes, s_patients)!;
        Assert.Equal([new GroupCoverage("N", 37, 1)], score.ByClass);
        Assert.Equal([new GroupCoverage("100", 37, 1)], score.ByPatient);
    }

    [Fact]
    public void Without_patients_there_is_no_worst_one()
    {
        var sum = new IntervalSum(1);
        sum.Add(0, [0.5f], [0], [1]);
        var score = sum.Score([new RowGroup("N", [0])], [])!;
        Assert.Empty(score.ByPatient);
        Assert.Null(score.WorstPatient);
        Assert.True(double.IsNaN(score.MeanOverPatients));
    }

    private static float[] Repeat(float value, int count) => [.. Enumerable.Repeat(value, count)];
}
