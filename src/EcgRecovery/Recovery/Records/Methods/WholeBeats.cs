using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The beats near a gap of which no sample is missing, each from its R peak to the next one.</summary>
/// <param name="Beats">
/// The nearest ones of usual length, [R, R′), in the order of their distance from the gap; of any length where too few are usual.
/// </param>
/// <param name="MedianInterval">The median time from R peak to R peak near the gap, in samples; 0 without beats.</param>
internal sealed record WholeBeats(IReadOnlyList<SampleSpan> Beats, double MedianInterval)
{
    /// <summary>The fewest beats with a mean.</summary>
    public const int MinimumCount = 4;

    // Mean RMSE of mean-beat in mV, as in AutoregressiveMethod: 16 beats .275, 32 .277, 64 .278. All are near; 32 average more noise.
    private const int MaximumCount = 32;

    // With 4, 8 or 16 of them, in the mean of up to 600 beats and a deviation of half: .295, .292, .289.
    private const int RhythmCount = 16;

    // Longer or shorter by this share: early beats have another shape, and a long one may be two. 0.2: .277; half: .284.
    private const double UsualDeviation = 0.2;

    // 30 to 240 beats a minute; a longer interval is a pause, or holds beats that were not found.
    private const double MinimumSeconds = 0.25;
    private const double MaximumSeconds = 2;

    /// <summary>Finds the beats near a gap.</summary>
    public static WholeBeats Near(LeadSignal lead, SampleSpan gap)
    {
        var peaks = PeaksWithin.Of(lead, lead.Around(gap));
        var beats = Enumerable.Range(1, Math.Max(0, peaks.Length - 1))
            .Select(i => new SampleSpan(peaks[i - 1], peaks[i]))
            .Where(beat => beat.Length / lead.SamplingFrequencyHz is >= MinimumSeconds and <= MaximumSeconds)
            .OrderBy(beat => beat.Start < gap.Start ? gap.Start - beat.End : beat.Start - gap.End)
            .Where(beat => !lead.Samples[beat.ToRange()].Contains(float.NaN))
            .Take(MaximumCount)
            .ToList();
        if (beats.Count == 0)
            return new WholeBeats([], 0);
        var interval = Median(beats.Take(RhythmCount));
        var usual = beats.FindAll(beat => Math.Abs(beat.Length - interval) <= UsualDeviation * interval);
        return new WholeBeats(usual.Count >= MinimumCount ? usual : beats, interval);
    }

    private static double Median(IEnumerable<SampleSpan> beats)
    {
        long[] lengths = [.. beats.Select(beat => beat.Length).Order()];
        return (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2.0;
    }
}
