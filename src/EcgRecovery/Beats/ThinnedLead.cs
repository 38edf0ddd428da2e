using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Beats;

/// <summary>A stretch of a lead at a lower sampling frequency: every sample is the mean of several of the lead's.</summary>
/// <remarks>The mean is a poor low-pass filter, but a cheap one; indices of rhythm and noise need no better.</remarks>
/// <param name="Samples">[N]; NaN = missing.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
internal readonly record struct ThinnedLead(double[] Samples, double SamplingFrequencyHz)
{
    /// <summary>The seconds of observed samples.</summary>
    public double ObservedSeconds => Samples.Count(double.IsFinite) / SamplingFrequencyHz;

    /// <summary>Thins a stretch; a mean over a missing sample is missing.</summary>
    /// <param name="samples">[N], in any unit; NaN or infinite = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="minimumHz">The result has this frequency to almost twice as much, or the lead's own where that is lower.</param>
    public static ThinnedLead Of(ReadOnlySpan<float> samples, double samplingFrequencyHz, double minimumHz)
    {
        var step = Math.Max(1, (int)(samplingFrequencyHz / minimumHz));
        var thinned = new double[samples.Length / step];
        for (var t = 0; t < thinned.Length; t++)
        {
            var sum = 0d;
            foreach (var sample in samples.Slice(t * step, step))
                sum += sample;
            thinned[t] = double.IsFinite(sum) ? sum / step : double.NaN;
        }

        return new ThinnedLead(thinned, samplingFrequencyHz / step);
    }

    /// <summary>Returns the longest stretch whose runs of missing samples are all short; straight lines bridge them.</summary>
    /// <param name="maximumBridgeSeconds">The longest run that is bridged.</param>
    public ReadOnlySpan<double> LongestStretch(double maximumBridgeSeconds)
    {
        var samples = Samples.ToArray();
        var longest = new SampleSpan(0, 0);
        var start = 0L;
        foreach (var run in MissingRuns.Of<double>(samples).Append(new SampleSpan(samples.Length, samples.Length)))
        {
            var isInside = run.Start > 0 && run.End < samples.Length;
            if (isInside && run.Length <= maximumBridgeSeconds * SamplingFrequencyHz)
            {
                MissingRuns.Line<double>(samples, run, samples.AsSpan(run.ToRange()));
                continue;
            }

            if (run.Start - start > longest.Length)
                longest = new SampleSpan(start, run.Start);
            start = run.End;
        }

        return samples.AsSpan(longest.ToRange());
    }

    /// <summary>Returns samples without missing ones through a Butterworth high-pass and low-pass filter of second order each.</summary>
    /// <remarks>The second before the first sample is its mirror image, so that the filters begin settled.</remarks>
    /// <param name="samples">x, [N], all finite.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="lowHz">Corner of the high-pass.</param>
    /// <param name="highHz">Corner of the low-pass; limited to 0.4 of the sampling frequency.</param>
    /// <returns>y, [N].</returns>
    public static double[] BandPass(ReadOnlySpan<double> samples, double samplingFrequencyHz, double lowHz, double highHz)
    {
        var highPass = ButterworthSection.HighPass(lowHz, samplingFrequencyHz);
        var lowPass = ButterworthSection.LowPass(Math.Min(highHz, 0.4 * samplingFrequencyHz), samplingFrequencyHz);
        var filtered = new double[samples.Length];
        var lead = Math.Min(samples.Length - 1, (int)samplingFrequencyHz);
        for (var t = -lead; t < samples.Length; t++)
        {
            var value = t < 0 ? (2 * samples[0]) - samples[-t] : samples[t];
            var output = lowPass.Next(highPass.Next(value - (2 * samples[0]) + samples[lead]));
            if (t >= 0)
                filtered[t] = output;
        }

        return filtered;
    }
}
