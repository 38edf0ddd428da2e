using EcgRecovery.Evaluation.Diagnosis;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class BeatRhythmTests
{
    [Fact]
    public void In_a_regular_rhythm_only_the_rate_is_not_zero()
    {
        // 300 samples of 250 Hz are 1.2 s; ln(1.2 / 0.8) = 0.405465.
        int[] peaks = [.. Enumerable.Range(0, 40).Select(beat => 17 + (300 * beat))];
        Assert.Equal([0, 0, 0, 0, 0.405465f, 0, 0], Of(peaks, 250, 20), Near);
        Assert.Equal([0, 0, 0, 0, 0.405465f, 0, 0], Of(peaks, 250, 0), Near);
        Assert.Equal([0, 0, 0, 0, 0.405465f, 0, 0], Of(peaks, 250, 39), Near);
    }

    [Fact]
    public void An_early_beat_has_a_short_interval_before_it_and_a_pause_behind()
    {
        int[] peaks = [.. Enumerable.Range(0, 40).Select(beat => (beat * 200) - (beat == 20 ? 80 : 0))];
        // ln(120/200) = −0.510826, ln(280/200) = 0.336472; two of sixteen intervals differ: (0.510826 + 0.336472) / 16 = 0.052956.
        Assert.Equal([-0.510826f, 0.336472f, 0, 0.052956f, 0, -0.510826f, 0.336472f], Of(peaks, 250, 20), Near);
        // The next beat has the pause before it, and the early beat's interval before that.
        Assert.Equal([0.336472f, 0, -0.510826f, 0.052956f, 0, 0.336472f, 0], Of(peaks, 250, 21), Near);
    }

    [Fact]
    public void In_a_run_of_fast_beats_the_wide_median_stays_that_of_the_slow_ones()
    {
        // 60 intervals of 200 samples, 30 of 100, 60 of 200.
        var peaks = new int[151];
        for (var beat = 1; beat < peaks.Length; beat++)
            peaks[beat] = peaks[beat - 1] + (beat is > 60 and <= 90 ? 100 : 200);
        // ln(0.5) = −0.693147; ln(0.4 s / 0.8 s) is the same.
        Assert.Equal([0, 0, 0, 0, -0.693147f, -0.693147f, -0.693147f], Of(peaks, 250, 75), Near);
    }

    [Fact]
    public void A_gap_without_beats_is_a_limited_interval_and_a_single_beat_has_none()
    {
        int[] peaks = [.. Enumerable.Range(0, 40).Select(beat => (beat * 200) + (beat >= 20 ? 10_000 : 0))];
        Assert.Equal(1.5f, Of(peaks, 250, 20)[0]);
        Assert.Equal(new float[BeatRhythm.Count], Of([500], 250, 0));
    }

    private static float[] Of(int[] peaks, double frequency, int beat)
    {
        var values = new float[BeatRhythm.Count];
        BeatRhythm.Write(peaks, frequency, beat, values);
        return values;
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-5f;
}
