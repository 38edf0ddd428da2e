using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>What was lost in one real recording, stretched or shrunk to the length of another.</summary>
/// <remarks>
/// Lead II of record s25047-2704-05-04-10-44 of the MIMIC-II Waveform Database (PhysioNet, ODC-BY 1.0): 72 minutes of a bedside monitor at
/// 125 Hz. 37 gaps of 8 ms to 1 s, some of them a few samples apart; a flat line of 33 s; and nothing at all for the first 206 s. One
/// patient on one day: it shows how losses can cluster, not how they do in general.
/// </remarks>
internal static class RealLoss
{
    /// <summary>Mean length of the 37 gaps in that recording, in seconds.</summary>
    public const double MeanSeconds = 0.16;

    /// <summary>The shortest recording that it is shrunk to, in seconds: in a shorter one every gap is a sample.</summary>
    public const double MinimumSeconds = 300;

    // What is longer is lost too, but is nothing to recover.
    private const double MaximumScoredSeconds = 2;

    private const double SamplingFrequencyHz = 125;
    private const long SampleCount = 543_240;

    private static readonly SampleSpan[] s_lost =
    [
        new(0, 25740), new(42918, 42920), new(42923, 42932), new(49782, 49800), new(49800, 53968), new(53968, 53969),
        new(54295, 54310), new(55932, 55934), new(56066, 56092), new(56098, 56102), new(56983, 56992), new(112643, 112648),
        new(143048, 143053), new(149713, 149729), new(149731, 149780), new(151436, 151459), new(159647, 159771), new(160874, 160909),
        new(160929, 160934), new(160940, 160988), new(160995, 161000), new(197700, 197701), new(212097, 212152), new(212406, 212419),
        new(269982, 269983), new(287510, 287511), new(287604, 287605), new(287698, 287699), new(337671, 337682), new(411881, 411916),
        new(430547, 430596), new(430598, 430599), new(518755, 518763), new(519716, 519773), new(519918, 519969), new(519970, 519974),
        new(520208, 520210), new(520227, 520230), new(532976, 533003),
    ];

    /// <summary>Returns the gaps in a recording of another length, in order.</summary>
    /// <param name="sampleCount">Its samples.</param>
    public static IReadOnlyList<SampleSpan> Gaps(long sampleCount)
    {
        var scale = sampleCount / (double)SampleCount;
        return SampleSpan.Merge(s_lost.Select(lost =>
        {
            var start = (long)Math.Round(lost.Start * scale);
            return new SampleSpan(start, Math.Max(start + 1, (long)Math.Round(lost.End * scale)));
        }));
    }

    /// <summary>Whether a gap of such a pattern was no longer than two seconds in that recording.</summary>
    /// <param name="gap">One of <see cref="Gaps"/>.</param>
    /// <param name="sampleCount">Samples of the recording.</param>
    public static bool IsScored(SampleSpan gap, long sampleCount) =>
        gap.Length * (SampleCount / (double)sampleCount) / SamplingFrequencyHz <= MaximumScoredSeconds;
}
