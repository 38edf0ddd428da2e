using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Neural;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class GilbertElliottLossTests
{
    private const int Packets = 100_000;
    private const int PacketSamples = 30;

    [Fact]
    public void Three_packets_of_a_hundred_are_lost_in_bursts()
    {
        var gaps = GilbertElliottLoss.Gaps(Packets * PacketSamples, PacketSamples, new SeededRandom(1));
        Assert.All(gaps, gap => Assert.Equal((0, 0), (gap.Start % PacketSamples, gap.End % PacketSamples)));
        Assert.InRange(gaps.Sum(gap => gap.Length) / (double)(Packets * PacketSamples), 0.027, 0.033);
        // After a lost packet the next is lost with the probability 0.6·0.75 = 0.45: 1/0.55 = 1.82 packets in a row in the mean, where
        // independent losses have 1/0.97 = 1.03. The standard deviation of a mean over 1,650 gaps is √0.45/0.55/√1,650 = 0.03.
        Assert.InRange(gaps.Average(gap => gap.Length / (double)PacketSamples), 1.72, 1.92);
        // Of packets that pass right behind a gap 0.6·0.25/0.55 = 0.273 pass in a bad channel, and the next one is lost with 0.45 there,
        // with (0.4·0.04/0.96)·0.75 = 0.0125 in a good one: behind 0.132 of the gaps one packet passes, and another gap follows.
        var close = gaps.Zip(gaps.Skip(1)).Count(pair => pair.Second.Start - pair.First.End == PacketSamples);
        Assert.InRange(close / (double)gaps.Count, 0.107, 0.157);
    }

    [Fact]
    public void The_generator_decides_and_nothing_else()
    {
        var gaps = GilbertElliottLoss.Gaps(90_000, 54, new SeededRandom(3));
        Assert.Equal(gaps, GilbertElliottLoss.Gaps(90_000, 54, new SeededRandom(3)));
        Assert.NotEqual(gaps, GilbertElliottLoss.Gaps(90_000, 54, new SeededRandom(4)));
    }
}
