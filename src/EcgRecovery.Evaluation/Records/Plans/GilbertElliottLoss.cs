using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Packets lost in bursts, by the model of Gilbert and Elliott.</summary>
/// <remarks>
/// A channel is good or bad, and may change with every packet:
/// <code>
/// p: good → bad     r: bad → good     h: a packet passes although the channel is bad     a packet in a good channel always passes
/// share lost = (1 − h)·p/(p + r)
/// </code>
/// r = 0.4 and h = 0.25: bad for 2.5 packets in the mean, and often with a packet between two gaps. p follows from the share.
/// Sources: Gilbert, Bell System Technical Journal 39, 1960, 1253–1265; Elliott, ibid. 42, 1963, 1977–1997.
/// </remarks>
internal static class GilbertElliottLoss
{
    /// <summary>Share of the packets that is lost.</summary>
    public const double LostShare = 0.03;

    private const double ToGood = 0.4;
    private const double PassesInBad = 0.25;
    private const double BadShare = LostShare / (1 - PassesInBad);
    private const double ToBad = ToGood * BadShare / (1 - BadShare);

    /// <summary>Returns the gaps, in order: packets that follow each other are one gap.</summary>
    /// <param name="sampleCount">Samples of the recording.</param>
    /// <param name="packetSamples">Samples of a packet.</param>
    /// <param name="random">Decides.</param>
    public static IReadOnlyList<SampleSpan> Gaps(long sampleCount, double packetSamples, SeededRandom random)
    {
        var isBad = random.NextDouble() < BadShare;
        return Packets.Lost(sampleCount, packetSamples, () =>
        {
            var isLost = isBad && random.NextDouble() >= PassesInBad;
            isBad = random.NextDouble() < (isBad ? 1 - ToGood : ToBad);
            return isLost;
        });
    }
}
