using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatStretchTests
{
    private const int Length = HeartbeatSet.BeatLength;

    [Fact]
    public void Beat_gap_and_neighbours_are_stretched_together()
    {
        // A ramp of real signal: after stretching by s, the value at t is the ramp's at t/s.
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var beat = BeatChannelsTests.Beat(t => t < 120 ? 0.001f * (t + 1) : 0, new SampleSpan(60, 80));
            beat.Samples.CopyTo(beat.Nearest[0], 0);
            var factor = Math.Exp(0.2 * ((2 * new SeededRandom(seed).NextDouble()) - 1));
            new BeatStretch().Apply(beat, new SeededRandom(seed));

            Assert.InRange(factor, Math.Exp(-0.2), Math.Exp(0.2));
            Assert.Equal(beat.Samples, beat.Nearest[0]);
            for (var t = 0; t < (int)(115 * factor); t++)
                Assert.Equal(0.001 * ((t / factor) + 1), beat.Samples[t], 1e-6);
            Assert.All(beat.Samples.Skip((int)(122 * factor)), value => Assert.Equal(0, value));
            var missing = Enumerable.Range(0, Length).Where(t => beat.IsMissing[t]).ToList();
            Assert.InRange(missing[0], (60 * factor) - 1, (60 * factor) + 1);
            Assert.InRange(missing[^1], (79 * factor) - 1, (79 * factor) + 1);
            Assert.Equal(missing.Count, missing[^1] - missing[0] + 1);
        }
    }

    [Fact]
    public void A_row_without_padding_is_never_compressed()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var beat = BeatChannelsTests.Beat(_ => 0.5f, new SampleSpan(60, 80));
            new BeatStretch().Apply(beat, new SeededRandom(seed));
            Assert.All(beat.Samples, value => Assert.Equal(0.5f, value));
        }
    }
}
