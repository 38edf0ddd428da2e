using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>One lead in memory, as methods see it. Missing samples are NaN, so no method can see what lies under a gap.</summary>
/// <param name="samples">[N], in any unit; NaN = missing.</param>
/// <param name="samplingFrequencyHz">Samples per second, above 0.</param>
/// <param name="windowSeconds">How far before and after a gap a method looks; see <see cref="Around"/>.</param>
/// <param name="threads">Maximum number of threads; no result depends on it.</param>
internal sealed class LeadSignal(
    ReadOnlyMemory<float> samples, double samplingFrequencyHz, double windowSeconds = double.PositiveInfinity, int threads = 1)
{
    private readonly Lazy<int[]> _rPeaks = new(() => FindRPeaks(samples.Span, samplingFrequencyHz));

    /// <summary>
    /// The other leads of the recording, [N] each, sample for sample at the same times; NaN = missing. Empty where there are none.
    /// </summary>
    public IReadOnlyList<LeadSignal> Others { get; init; } = [];

    /// <summary>[N]; NaN = missing.</summary>
    public ReadOnlySpan<float> Samples => samples.Span;

    /// <inheritdoc cref="Samples"/>
    public ReadOnlyMemory<float> Memory => samples;

    /// <summary>Number of samples.</summary>
    public int Length => samples.Length;

    /// <summary>Samples per second.</summary>
    public double SamplingFrequencyHz => samplingFrequencyHz;

    /// <summary>Maximum number of threads.</summary>
    public int Threads => threads;

    /// <summary>The R peaks of the observed samples, ascending; empty where there are none. Found at the first call.</summary>
    public IReadOnlyList<int> RPeaks => _rPeaks.Value;

    /// <summary>Returns other samples at the same times, with the same window.</summary>
    /// <param name="others">[N]; NaN = missing.</param>
    public LeadSignal With(ReadOnlyMemory<float> others) => new(others, samplingFrequencyHz, windowSeconds, threads);

    /// <summary>Returns the samples that a gap may be recovered from: the window before and after it, within the lead.</summary>
    public SampleSpan Around(SampleSpan gap)
    {
        // At least the samples beside the gap. A window longer than any lead, infinity included, is the whole lead.
        var window = (long)Math.Clamp(windowSeconds * samplingFrequencyHz, 1, Math.Max(1, samples.Length));
        return new SampleSpan(gap.Start - window, gap.End + window).Intersect(new SampleSpan(0, samples.Length));
    }

    // At a lower frequency than the detector takes, a QRS complex is two samples: no method that needs beats works there.
    private static int[] FindRPeaks(ReadOnlySpan<float> samples, double samplingFrequencyHz) =>
        samplingFrequencyHz is >= RPeakDetector.MinimumSamplingFrequencyHz and <= RPeakDetector.MaximumSamplingFrequencyHz
            ? RPeakDetector.Detect(samples, samplingFrequencyHz)
            : [];
}
