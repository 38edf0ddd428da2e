using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class EpochGapsTests
{
    private const int Length = HeartbeatSet.BeatLength;
    private static readonly SampleSpan s_focus = new(100, 137);

    [Fact]
    public void A_third_are_the_focus_some_are_pairs_the_others_lie_anywhere()
    {
        const int draws = 20_000;
        var random = new SeededRandom(1);
        var runs = Enumerable.Range(0, draws).Select(draw => Runs(draw % 500 == 0 ? NewGaps(random) : _gaps, random, 187)).ToList();
        Assert.InRange(runs.Count(r => r is [var only] && only == s_focus), 6_700, 7_300);     // 35 %
        Assert.InRange(runs.Count(r => r.Count == 2), 2_700, 3_300);                           // 15 %
        var single = runs.Where(r => r.Count == 1 && r[0] != s_focus).Select(r => r[0]).ToList();
        Assert.Equal(8, single.Min(g => g.Length));
        Assert.Equal(75, single.Max(g => g.Length));
        Assert.Equal(0, single.Min(g => g.Start));
        Assert.Equal(187, single.Max(g => g.End));
    }

    [Theory]
    [InlineData(EpochGaps.MinimumSignal)]
    [InlineData(60)]
    [InlineData(102)]
    public void A_short_beat_keeps_signal(int realLength)
    {
        var random = new SeededRandom(2);
        for (var draw = 0; draw < 3000; draw++)
        {
            var runs = Runs(NewGaps(random), random, realLength);
            Assert.InRange(runs.Count, 1, 2);
            Assert.All(runs, run => Assert.True(run.Start < realLength, $"{run} begins after the signal's {realLength} samples"));
            Assert.True(runs.Sum(run => Math.Min(run.End, realLength) - run.Start) <= realLength - 8);
        }
    }

    [Fact]
    public void Beats_of_an_epoch_share_gaps()
    {
        // A few hundred different gaps, not thousands, make an epoch's searches fast.
        var random = new SeededRandom(3);
        var gaps = NewGaps(random);
        var distinct = Enumerable.Range(0, 20_000).Select(_ => string.Join(' ', Runs(gaps, random, 187))).Distinct().Count();
        Assert.InRange(distinct, 300, 1200);
    }

    private EpochGaps _gaps = new(new SeededRandom(0), s_focus);

    private EpochGaps NewGaps(SeededRandom random) => _gaps = new EpochGaps(random, s_focus);

    private static List<SampleSpan> Runs(EpochGaps gaps, SeededRandom random, int realLength)
    {
        var beat = new float[Length];
        gaps.Break(random, realLength, beat);
        var runs = new List<SampleSpan>();
        for (var t = 0; t < Length; t++)
        {
            if (!float.IsNaN(beat[t]))
                continue;
            var start = t;
            while (t < Length && float.IsNaN(beat[t]))
                t++;
            runs.Add(new SampleSpan(start, t));
        }

        return runs;
    }
}
