using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests.Estimates;

public class LocallyLinearEstimatesTests
{
    private static readonly HeartbeatSet s_library = TestBeats.Of(200);

    [Fact]
    public void No_beat_is_told_of_its_own_record_whatever_the_threads()
    {
        BrokenBeat[] broken = [.. Enumerable.Range(0, 60).Select(i => new BrokenBeat(i, new Gap(40 + (i % 3), 60)))];
        var one = LocallyLinearEstimates.Of(s_library, broken, s_library, EstimateView.AllVisible, threads: 1);
        var two = LocallyLinearEstimates.Of(s_library, broken, s_library, EstimateView.AllVisible, threads: 2);
        Assert.Equal(one.Estimate, two.Estimate);
        Assert.Equal(one.Spread, two.Spread);
        Assert.Equal(one.Nearest, two.Nearest);
        for (var i = 0; i < broken.Length; i++)
        {
            foreach (var row in one.Nearest.AsSpan(i * LocallyLinearEstimates.NearestKept, LocallyLinearEstimates.NearestKept))
                Assert.NotEqual(s_library.Sources![broken[i].Row].Record, s_library.Sources![row].Record);
            for (var t = 0; t < 187; t++)
                Assert.Equal(broken[i].Gap.Contains(t), one.Estimate[(i * 187) + t] != 0);
        }
    }

    [Fact]
    public void The_spread_is_that_of_the_sixteen_nearest()
    {
        // 64 beats that are alike but in the gap: of each two neighbours in the list one has 0.2 there, one 0.6. Equal distances go by row.
        var samples = new float[65 * 187];
        for (var row = 0; row < 65; row++)
            samples.AsSpan((row * 187) + 50, 10).Fill(row % 2 == 0 ? 0.2f : 0.6f);
        samples.AsSpan(0, 50).Fill(1);
        var set = new HeartbeatSet(samples, new AamiClass[65], [.. Enumerable.Range(0, 65).Select(row => new HeartbeatSource(row == 0 ? "101" : "106", row, "N"))]);
        for (var row = 1; row < 65; row++)
            samples.AsSpan(row * 187, 50).Fill(1);
        var estimates = LocallyLinearEstimates.Of(set, [new BrokenBeat(0, new Gap(50, 60))], set, EstimateView.AllVisible, threads: 1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], estimates.Nearest);
        Assert.All(estimates.Spread[50..60], spread => Assert.Equal(0.2f, spread, 1e-6f));
        Assert.All(estimates.Estimate[50..60], estimate => Assert.Equal(0.4f, estimate, 1e-6f));
    }
}
