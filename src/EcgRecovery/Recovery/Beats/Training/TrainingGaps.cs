using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The gaps of masked training.</summary>
/// <remarks>
/// Half of the beats get the focus gap; the others get one of 10 to 60 samples (0.08 to 0.5 s at 120 Hz) that starts anywhere in the real
/// signal, so that few gaps lie in padding.
/// </remarks>
internal static class TrainingGaps
{
    private const int Shortest = 10;
    private const int Longest = 60;

    /// <summary>Draws the gap of one beat.</summary>
    /// <param name="random">A random sequence; three numbers are drawn.</param>
    /// <param name="focus">The gap of every second beat, on average.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public static SampleSpan Draw(SeededRandom random, SampleSpan focus, int realLength)
    {
        // Always draw all three numbers, so that the gaps of later beats do not depend on the kind of this one.
        var focused = random.NextInt(2) == 0;
        var length = Shortest + random.NextInt(Longest - Shortest + 1);
        var place = random.NextDouble();
        if (focused)
            return focus;
        var start = Math.Min((int)(place * Math.Max(1, realLength)), HeartbeatSet.BeatLength - length);
        return new SampleSpan(start, start + length);
    }
}
