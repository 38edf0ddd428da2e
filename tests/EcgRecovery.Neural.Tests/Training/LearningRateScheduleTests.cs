using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_stays() =>
        Assert.All([0L, 1, 99, 100], update => Assert.Equal(0.25, LearningRates.At(LearningRateSchedule.Constant, 0.25, update, 100)));

    [Theory]
    // 100 updates: two of warm-up (1/3 and 2/3 of the peak), then half a cosine over 98 from the peak to 1 % of it.
    [InlineData(0, 1.0 / 3)]
    [InlineData(1, 2.0 / 3)]
    [InlineData(2, 1)]
    [InlineData(51, 0.505)]              // half-way: 0.01 + 0.99 / 2
    [InlineData(99, 0.010254322980659)]       // python3 -c "from math import *; print(.01 + .99 * .5 * (1 + cos(pi * 97 / 98)))"
    public void Cosine_rises_over_two_per_cent_and_falls_to_one_per_cent(long update, double share) =>
        Assert.Equal(0.004 * share, LearningRates.At(LearningRateSchedule.Cosine, 0.004, update, 100), 1e-12);

    [Fact]
    public void Cosine_of_a_run_of_one_update_is_the_peak() =>
        Assert.Equal(0.004, LearningRates.At(LearningRateSchedule.Cosine, 0.004, 0, 1));
}
