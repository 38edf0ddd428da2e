using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Bluetooth packets of a common chest strap, 73 samples at 130 Hz, each lost with the same probability.</summary>
internal static class PacketLoss
{
    /// <summary>Length of a packet, in seconds.</summary>
    public const double PacketSeconds = 73 / 130.0;

    /// <summary>Nominal length, in seconds.</summary>
    public const double NominalSeconds = 0.56;

    /// <summary>Share of the packets that is lost.</summary>
    public const double LostShare = 0.03;

    /// <summary>Returns the gaps, in order: packets that follow each other are one gap.</summary>
    /// <param name="sampleCount">Samples of the recording.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="random">Decides.</param>
    public static IReadOnlyList<SampleSpan> Gaps(long sampleCount, double samplingFrequencyHz, SeededRandom random) =>
        Packets.Lost(sampleCount, PacketSeconds * samplingFrequencyHz, () => random.NextDouble() < LostShare);
}

/// <summary>A recording as a row of packets.</summary>
internal static class Packets
{
    /// <summary>Returns the lost samples as spans, in order. The first and the last packet are never lost.</summary>
    /// <param name="sampleCount">Samples of the recording.</param>
    /// <param name="packetSamples">Samples of a packet; need not be whole.</param>
    /// <param name="isLost">Whether the next packet is lost.</param>
    public static IReadOnlyList<SampleSpan> Lost(long sampleCount, double packetSamples, Func<bool> isLost)
    {
        var packets = (long)(sampleCount / packetSamples);
        var lost = new List<SampleSpan>();
        for (long packet = 0; packet < packets; packet++)
        {
            if (isLost() && packet > 0 && packet < packets - 1)
                lost.Add(new SampleSpan((long)Math.Round(packet * packetSamples), (long)Math.Round((packet + 1) * packetSamples)));
        }

        return SampleSpan.Merge(lost);
    }
}
