using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class BeatWarpTests
{
    // A ramp shows which sample is read: 50 ms are five samples here.
    [Fact]
    public void A_beat_moves_with_what_is_beside_it_and_the_ends_stay()
    {
        var moved = Warp(Ramp(60), [30], [36], 60, 100);
        for (var t = 31; t <= 41; t++)
            Assert.Equal(t - 6, moved[t], 1e-9);
        // Before it, −1 stays and 31 reads 25.
        Assert.Equal(-1 + (16 * 26 / 32.0), moved[15], 1e-9);
        // After it, 41 reads 35 and 60 stays.
        Assert.Equal(35 + (10 * 25 / 19.0), moved[51], 1e-9);
    }

    [Fact]
    public void Without_a_beat_the_length_alone_changes()
    {
        var moved = Warp(Ramp(12), [], [], 10, 100);
        for (var t = 0; t < 10; t++)
            Assert.Equal(Math.Clamp(-1 + ((t + 1) * 13 / 11.0), 0, 11), moved[t], 1e-9);
    }

    [Theory]
    [InlineData(new[] { 0.0 }, new[] { 3.0 })]
    [InlineData(new[] { 59.0 }, new[] { 50.0 })]
    [InlineData(new[] { 20.0, 24.0 }, new[] { 10.0, 11.0 })]
    [InlineData(new[] { 1.0, 30.0, 58.0 }, new[] { 57.0, 58.0, 59.0 })]
    public void Time_never_runs_backwards(double[] from, double[] to)
    {
        var moved = Warp(Ramp(60), from, to, 60, 100);
        for (var t = 1; t < moved.Length; t++)
            Assert.True(moved[t] >= moved[t - 1]);
        for (var m = 0; m < to.Length; m++)
            Assert.Equal(from[m], moved[(int)to[m]], 1e-9);
    }

    [Fact]
    public void Offset_and_weight_apply_to_the_sum()
    {
        var sum = new[] { 1.0, 1.0 };
        new BeatWarp([], 2, [], 2, 100).Add([3, 4], 10, 0.5, sum);
        Assert.Equal([7.5, 8], sum);
    }

    private static double[] Warp(float[] samples, double[] from, double[] to, int length, double hz)
    {
        var sum = new double[length];
        new BeatWarp(from, samples.Length, to, length, hz).Add(samples, 0, 1, sum);
        return sum;
    }

    private static float[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(t => (float)t)];
}
