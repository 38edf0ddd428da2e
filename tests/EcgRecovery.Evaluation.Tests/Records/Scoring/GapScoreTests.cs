using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class GapScoreTests
{
    [Fact]
    public void Rmse_and_squares_are_those_of_the_gap_alone()
    {
        // x = 2, 4 in the gap, y = 5, 4: √((3² + 0²)/2); squares about the means 3 and 4.5.
        var score = Score([9, 2, 4, 9], 10, new SampleSpan(1, 3), [5, 4]);
        Assert.Equal(Math.Sqrt(4.5), score.Rmse, 6);
        Assert.Equal(2, score.Waveform.TrueSquares, 6);
        Assert.Equal(0.5, score.RecoveredSquares, 6);
        Assert.Null(score.RPeaks);
    }

    [Fact]
    public void Alignment_forgives_a_shift_of_50_ms_and_no_more()
    {
        // At 40 Hz 50 ms are two samples. The spike is at 10; the gap is 6..14.
        var truth = new float[20];
        truth[10] = 1;
        Assert.Equal(0, Score(truth, 40, new SampleSpan(6, 14), Spike(2)).AlignedRmse, 6);
        Assert.Equal(0, Score(truth, 40, new SampleSpan(6, 14), Spike(6)).AlignedRmse, 6);
        // Three samples early: two ones are wrong, of eight samples, at every shift.
        var late = Score(truth, 40, new SampleSpan(6, 14), Spike(1));
        Assert.Equal(0.5, late.AlignedRmse, 6);
        Assert.Equal(0.5, late.Rmse, 6);

        static float[] Spike(int at)
        {
            var samples = new float[8];
            samples[at] = 1;
            return samples;
        }
    }

    [Fact]
    public void Beside_the_gap_alignment_compares_with_the_observed_samples()
    {
        // At 20 Hz 50 ms are one sample. y = 1, 2 is x one sample before the gap.
        var score = Score([0, 1, 2, 8, 0], 20, new SampleSpan(2, 4), [1, 2]);
        Assert.Equal(0, score.AlignedRmse, 6);
        Assert.Equal(Math.Sqrt(37 / 2.0), score.Rmse, 6);
    }

    [Fact]
    public void A_shift_over_a_missing_sample_or_the_leads_end_does_not_count()
    {
        Assert.Equal(1, Score([0, float.NaN, 2, 2], 20, new SampleSpan(2, 4), [1, 1]).AlignedRmse, 6);
        Assert.Equal(1, Score([0, 1, 9], 20, new SampleSpan(0, 2), [0, 1 + MathF.Sqrt(2)]).AlignedRmse, 6);
    }

    [Fact]
    public void R_peaks_are_counted_at_their_place_missed_or_false()
    {
        // R peaks lie at 100 + 200·beat: one in 4850..4950, at 4900.
        var lead = SpikeLead.Of();
        var gap = new SampleSpan(4850, 4950);
        Assert.Equal((Counts(1, 0, 0), Counts(1, 0, 0)), Peaks(gap, lead.MilliVolts[4850..4950]));
        Assert.Equal((Counts(0, 1, 0), Counts(0, 1, 0)), Peaks(gap, new float[100]));
        // 12 samples, 48 ms early.
        Assert.Equal((Counts(1, 0, 0), Counts(0, 1, 1)), Peaks(gap, lead.MilliVolts[4862..4962]));
        // No R peak in 4950..5050, one recovered.
        Assert.Equal((Counts(0, 0, 1), Counts(0, 0, 1)), Peaks(new SampleSpan(4950, 5050), lead.MilliVolts[4850..4950]));

        (RPeakCounts, RPeakCounts) Peaks(SampleSpan place, float[] recovered)
        {
            var peaks = GapScore.Of(lead, place, recovered).RPeaks!;
            return (peaks.At150Ms, peaks.At20Ms);
        }

        static RPeakCounts Counts(int found, int missed, int wrong) => new(found, missed, wrong);
    }

    private static GapScore Score(float[] truth, double frequency, SampleSpan gap, float[] recovered) =>
        GapScore.Of(new TestedLead("x", truth, frequency), gap, recovered);
}
