using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Draws the gaps of masked training.</summary>
/// <remarks>
/// Half of the beats lose the gap on which the original is tested; the others one run of 10 to 60 samples (0.08 to 0.5 s at 120 Hz) that
/// starts anywhere in the real signal, so that few gaps are spent on padding.
/// </remarks>
internal static class TrainingGaps
{
    private const int Shortest = 10;
    private const int Longest = 60;

    /// <summary>The gap of one beat.</summary>
    /// <param name="random">Where the choice comes from.</param>
    /// <param name="focus">The gap of every second beat, on average.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public static SampleSpan Draw(SeededRandom random, SampleSpan focus, int realLength)
    {
        // All three numbers are always drawn, so that one beat takes as much of the sequence as another.
        var focused = random.NextInt(2) == 0;
        var length = Shortest + random.NextInt(Longest - Shortest + 1);
        var place = random.NextDouble();
        if (focused)
            return focus;
        var start = Math.Min((int)(place * Math.Max(1, realLength)), HeartbeatSet.BeatLength - length);
        return new SampleSpan(start, start + length);
    }
}
