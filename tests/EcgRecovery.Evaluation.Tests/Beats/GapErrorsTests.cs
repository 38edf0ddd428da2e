using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class GapErrorsTests
{
    // Errors of 0.3 and 0.4 in samples 100 and 101 of a gap of 4, and of 0.5 in sample 5: by hand
    // whole √((0.09 + 0.16 + 0.25)/187), gap √(0.25/4); before sample 101 √(0.09/1).
    [Theory]
    [InlineData(187, 0.05170877, 0.25, 0.25)]
    [InlineData(102, 0.05170877, 0.25, 0.35355339)]
    [InlineData(101, 0.05170877, 0.25, 0.3)]
    [InlineData(100, 0.05170877, 0.25, double.NaN)]
    [InlineData(7, 0.05170877, 0.25, double.NaN)]
    public void Are_root_mean_squares_over_beat_gap_and_real_samples(int realLength, double whole, double gap, double real)
    {
        var recovered = new float[HeartbeatSet.BeatLength];
        (recovered[5], recovered[100], recovered[101]) = (0.5f, 0.3f, -0.4f);
        var errors = GapErrors.Of(new float[HeartbeatSet.BeatLength], recovered, new SampleSpan(100, 104), realLength);
        Assert.Equal(whole, errors.WholeBeatRmse, 1e-7);
        Assert.Equal(gap, errors.GapRmse, 1e-7);
        Assert.Equal(real, errors.GapRmseRealSamples, 1e-7);
    }
}
