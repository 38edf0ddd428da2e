using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class KnownGapScoreTests
{
    // 100 Hz; R peaks at 2 and 40; the gap 1..4 has the line 3, 6, 9.
    private static readonly TestedLead Lead = new("x", [0, 3, 10, 9, 12, .. new float[95]], 100, [new(2), new(40)]);

    [Fact]
    public void Errors_are_those_of_the_gap_and_of_the_line_between_the_samples_beside_it()
    {
        var score = Score([3, 8, 9], [2, 9, 9], [4, 9.5f, 9]);
        Assert.Equal(Math.Sqrt(4 / 3.0), score.Rmse, 6);
        Assert.Equal(Math.Sqrt(16 / 3.0), score.LineRmse, 6);
        Assert.Equal(2.5 / 3, score.IntervalWidth, 6);
        Assert.Equal(2 / 3.0, score.Coverage, 6); // a bound belongs to the interval
    }

    [Fact]
    public void R_peaks_have_the_error_of_the_nearest_within_150_ms_and_others_are_false()
    {
        Assert.Equal((0.01, 0), Peaks(3));
        Assert.Equal((-0.01, 1), Peaks(1, 18));
        Assert.Equal((0.15, 0), Peaks(17));
        Assert.Equal(((double?)null, 1), Peaks(18));

        static (double?, int) Peaks(params int[] found)
        {
            var score = Score([0, 0, 0], [0, 0, 0], [0, 0, 0], found);
            return (Assert.Single(score.RPeakErrors), score.FalseRPeaks);
        }
    }

    [Fact]
    public void A_gap_left_missing_has_no_error_and_loses_its_peaks()
    {
        float[] nan = [float.NaN, float.NaN, float.NaN];
        var score = Score(nan, nan, nan);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (score.Rmse, score.IntervalWidth, score.Coverage));
        Assert.Null(Assert.Single(score.RPeakErrors));
    }

    private static KnownGapScore Score(float[] recovered, float[] lower, float[] upper, params int[] peaks) => KnownGapScore.Of(
        Lead,
        new RecoveredGap(new SampleSpan(1, 4), "x") { RPeaks = [.. peaks.Select(peak => new RecoveredRPeak(peak, null))] },
        recovered,
        lower,
        upper);
}
