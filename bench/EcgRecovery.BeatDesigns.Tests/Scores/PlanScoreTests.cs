using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests.Scores;

public class PlanScoreTests
{
    [Fact]
    public void Errors_are_of_the_whole_beat_the_gap_and_its_real_samples()
    {
        // Patient 101: a gap of 4, of which 2 are real (1 and 0.5), recovered as 0.9, 0.4 and 0.1, 0.1. Patient 106: two rows, all real or all padding.
        var samples = new float[3 * 187];
        samples.AsSpan(0, 100).Fill(0.2f);
        (samples[100], samples[101]) = (1, 0.5f);
        samples.AsSpan(187, 187).Fill(0.5f);
        samples.AsSpan(2 * 187, 50).Fill(0.5f);
        var set = new HeartbeatSet(samples, new AamiClass[3], [new("101", 0, "N"), new("106", 0, "N"), new("106", 1, "N")]);
        BrokenBeat[] broken = [.. Enumerable.Range(0, 3).Select(row => new BrokenBeat(row, new Gap(100, 104)))];
        var recovered = new float[3 * 187];
        ((float[])[0.9f, 0.4f, 0.1f, 0.1f]).CopyTo(recovered, 100);
        recovered.AsSpan(187 + 100, 4).Fill(0.2f);

        var score = PlanScore.Of(set, broken, recovered);
        double whole = Math.Sqrt(0.04 / 187), other = Math.Sqrt(0.36 / 187);
        Assert.Equal((whole + other + 0) / 3, score.WholeRows, 1e-7);
        Assert.Equal((whole + (other / 2)) / 2, score.WholePatients, 1e-7);
        Assert.Equal((0.1 + 0.3) / 2, score.RealRows, 1e-7);
        Assert.Equal((0.1 + 0.3) / 2, score.RealPatients, 1e-7);
        Assert.Equal((0.1 + 0.3 + 0) / 3, score.GapRows, 1e-7);
        Assert.Equal(other / 2, score.WholeByPatient["106"], 1e-7);
        Assert.Equal(0.3, score.RealByPatient["106"], 1e-7);
        Assert.Equal(1, score.VarianceRatio, 1e-6);
        Assert.Equal(-0.1, score.PeakBias, 1e-7);
        Assert.Equal((3, 2), (score.Rows, score.RealRowCount));
    }

    [Fact]
    public void A_blur_shows_in_the_variance_ratio()
    {
        var samples = new float[187];
        for (var t = 0; t < 187; t++)
            samples[t] = t % 2 == 0 ? 0.3f : 0.7f;
        var set = new HeartbeatSet(samples, new AamiClass[1], [new("101", 0, "N")]);
        float[] half = [.. samples.Select(value => 0.5f + (0.5f * (value - 0.5f)))];
        var score = PlanScore.Of(set, [new BrokenBeat(0, new Gap(20, 40))], half);
        Assert.Equal(0.25, score.VarianceRatio, 1e-6);
        Assert.Equal(double.NaN, score.PeakBias);
    }
}
