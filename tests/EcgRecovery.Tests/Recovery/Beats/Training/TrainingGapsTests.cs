using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class TrainingGapsTests
{
    private static readonly SampleSpan s_focus = new(100, 137);

    [Fact]
    public void Half_are_the_focus_and_half_lie_anywhere_in_the_signal()
    {
        const int draws = 20_000, realLength = 120;
        var random = new SeededRandom(1);
        var gaps = Enumerable.Range(0, draws).Select(_ => TrainingGaps.Draw(random, s_focus, realLength)).ToArray();
        Assert.InRange(gaps.Count(gap => gap == s_focus), 9_700, 10_350);   // 10,000 and a few by chance; standard deviation 71
        var others = gaps.Where(gap => gap != s_focus).ToArray();
        Assert.All(others, gap =>
        {
            Assert.InRange(gap.Length, 10, 60);
            Assert.InRange(gap.Start, 0, realLength - 1);
            Assert.InRange(gap.End, 0, HeartbeatSet.BeatLength);
        });
        Assert.Equal(Enumerable.Range(10, 51), others.Select(gap => (int)gap.Length).Distinct().Order());
        Assert.Equal(Enumerable.Range(0, realLength), others.Select(gap => (int)gap.Start).Distinct().Order());
        Assert.InRange(others.Average(gap => gap.Length), 34.4, 35.6);      // 35; standard error 0.15
        Assert.InRange(others.Average(gap => gap.Start), 58, 61);     // 59.5; standard error 0.35
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(187)]
    public void Stay_within_a_beat_of_any_length(int realLength)
    {
        var random = new SeededRandom(2);
        for (var draw = 0; draw < 2_000; draw++)
        {
            var gap = TrainingGaps.Draw(random, s_focus, realLength);
            Assert.True(gap.Start >= 0 && gap.End <= HeartbeatSet.BeatLength && gap.Length >= 10);
        }
    }

    [Fact]
    public void Every_beat_draws_as_many_random_numbers()
    {
        // Otherwise a beat's gap would depend on the kinds of the gaps before it.
        var (one, two) = (new SeededRandom(3), new SeededRandom(3));
        for (var draw = 0; draw < 50; draw++)
        {
            _ = TrainingGaps.Draw(one, s_focus, 1);
            _ = TrainingGaps.Draw(two, new SampleSpan(0, 5), 187);
            Assert.Equal(one.State, two.State);
        }
    }
}
