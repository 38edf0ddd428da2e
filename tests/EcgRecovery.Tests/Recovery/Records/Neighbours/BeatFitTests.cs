using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class BeatFitTests
{
    private const double Hz = 250;

    [Fact]
    public void A_beat_goes_halfway_to_where_the_mean_has_it()
    {
        var moved = BeatFit.Move(Beats(1, 60, 200), [60, 200], Array.ConvertAll(Beats(0.5, 70, 192), value => (float)value), Hz);
        var expected = Beats(1, 65, 196);
        for (var t = 0; t < moved.Length; t++)
            Assert.Equal(expected[t], moved[t], 1e-3);
    }

    // The mean's beat is 100 ms from the expected one: 60 ms are tried.
    [Fact]
    public void No_beat_moves_far()
    {
        var moved = BeatFit.Move(Beats(1, 60), [60], Array.ConvertAll(Beats(1, 85), value => (float)value), Hz);
        Assert.InRange(Array.IndexOf(moved, moved.Max()), 60, 68);
    }

    [Fact]
    public void Without_a_beat_nothing_moves() => Assert.Equal([1, 2, 3], BeatFit.Move([1, 2, 3], [], [3, 2, 1], Hz));

    private static double[] Beats(double height, params int[] at) =>
        [.. Enumerable.Range(0, 260).Select(t => at.Sum(beat => height * Math.Exp(-0.5 * (t - beat) * (t - beat) / 9.0)))];
}
