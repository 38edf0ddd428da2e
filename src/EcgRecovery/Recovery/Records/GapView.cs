using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Recovery.Records;

/// <summary>The samples around a gap.</summary>
/// <param name="Samples">[n]; NaN = missing.</param>
/// <param name="Gap">The gap within them.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
internal sealed record GapView(float[] Samples, SampleSpan Gap, double SamplingFrequencyHz)
{
    /// <summary>How far before and after a gap a view reaches, in seconds: the detector learns its levels from the first beats.</summary>
    public const double ReachSeconds = 10;

    private const double HeightSeconds = 2;

    /// <summary>Returns the span of the view of a gap within a lead.</summary>
    public static SampleSpan Around(SampleSpan gap, long sampleCount, double samplingFrequencyHz)
    {
        var reach = (long)Math.Ceiling(ReachSeconds * samplingFrequencyHz);
        return new SampleSpan(gap.Start - reach, gap.End + reach).Intersect(new SampleSpan(0, sampleCount));
    }

    /// <summary>
    /// Height of the signal: the median, over pieces of 2 s, of the observed samples' maximum minus minimum; NaN where none is observed.
    /// </summary>
    public double Height()
    {
        var heights = new List<double>();
        foreach (var piece in Samples.Chunk(Math.Max(2, (int)(HeightSeconds * SamplingFrequencyHz))))
        {
            float[] observed = [.. piece.Where(float.IsFinite)];
            if (2 * observed.Length > piece.Length)
                heights.Add((double)observed.Max() - observed.Min());
        }

        heights.Sort();
        return heights.Count == 0 ? double.NaN : heights[heights.Count / 2];
    }

    /// <summary>Returns the R peaks in the gap and at most <see cref="BeatPlaces.ReachSeconds"/> beside it, ascending.</summary>
    public int[] Peaks()
    {
        if (SamplingFrequencyHz is < RPeakDetector.MinimumSamplingFrequencyHz or > RPeakDetector.MaximumSamplingFrequencyHz)
            return [];
        var reach = (long)(BeatPlaces.ReachSeconds * SamplingFrequencyHz);
        var near = new SampleSpan(Gap.Start - reach, Gap.End + reach);
        return [.. RPeakDetector.Detect(Samples, SamplingFrequencyHz).Where(peak => near.Contains(peak))];
    }
}
