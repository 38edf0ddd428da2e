using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Neural;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class PacketLossTests
{
    private const int Packets = 40_000;

    [Fact]
    public void At_130_Hz_packets_are_73_samples()
    {
        var gaps = PacketLoss.Gaps(Packets * 73, 130, new SeededRandom(1));
        Assert.All(gaps, gap => Assert.Equal((0, 0), (gap.Start % 73, gap.End % 73)));
        // The first and the last packet stay.
        Assert.True(gaps[0].Start >= 73 && gaps[^1].End <= (Packets - 1) * 73);
        // 0.03 with a standard deviation of √(0.03·0.97/40,000) = 0.0009.
        Assert.InRange(gaps.Sum(gap => gap.Length) / (Packets * 73.0), 0.027, 0.033);
        // Independent: 1/0.97 packets in a row in the mean, with a standard deviation of 0.18/√1,164 = 0.005.
        Assert.InRange(gaps.Average(gap => gap.Length / 73.0), 1.01, 1.055);
    }

    [Fact]
    public void At_360_Hz_the_same_packets_are_lost_and_end_at_the_nearest_sample()
    {
        var slow = PacketLoss.Gaps(Packets * 73, 130, new SeededRandom(1));
        var fast = PacketLoss.Gaps(Packets * 73L * 360 / 130, 360, new SeededRandom(1));
        // 73·360/130 = 2628/13 samples.
        Assert.Equal(slow.Select(gap => Sample(gap.Start / 73)), fast.Select(gap => gap.Start));
        Assert.Equal(slow.Select(gap => Sample(gap.End / 73)), fast.Select(gap => gap.End));

        static long Sample(long packet) => ((packet * 2628 * 2) + 13) / 26;
    }
}
