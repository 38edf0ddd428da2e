using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>Changes the sampling frequency of a lead, by a linear-phase low-pass filter without delay.</summary>
/// <remarks>
/// Output sample k lies at time k/to; it is a weighted sum of the input samples around that time, by a sinc under a Kaiser window that
/// reaches over 33⅓ samples of the lower frequency to either side. Up to 0.8 of the lower Nyquist frequency the gain is 0 dB ± 0.001 dB, from
/// that frequency on it is at most −100 dB, and a constant comes out as it went in, to the bit. docs/resampling.md has the measured response.
/// <para>
/// Edges: the recording is continued by its first and its last sample. Missing samples (NaN, and any that is not finite) are never invented:
/// an output is missing where weights of more than <see cref="LargestMissingWeight"/> lie on missing samples. What lies below that is bridged by
/// a straight line, or in a gap longer than the filter by the nearer edge's value.
/// </para>
/// An instance is immutable, may be used by many threads and serves all leads of a frequency; it holds at most 18 MB.
/// </remarks>
public sealed class Resampler
{
    /// <summary>
    /// The absolute weights on missing samples may add up to this: a bridge that is wrong by 1 mV moves an output by at most 20 µV, if it is
    /// wrong in the worst way. Larger would let bridges be seen, smaller would let gaps grow.
    /// </summary>
    public const double LargestMissingWeight = 0.02;

    // The filter is as long as the ratio is large.
    private const double LargestFactor = 1000;

    private readonly FrequencyRatio _ratio;

    /// <summary>Designs the filter.</summary>
    /// <param name="fromHz">The sampling frequency that there is.</param>
    /// <param name="toHz">The sampling frequency that is wanted. The ratio of the two is kept to 1 part in 10¹².</param>
    /// <exception cref="ArgumentException">A frequency is not a finite number above 0, or they differ by more than a factor of 1,000.</exception>
    public Resampler(double fromHz, double toHz)
    {
        _ratio = FrequencyRatio.Between(fromHz, toHz);
        if (!(toHz / fromHz is >= 1 / LargestFactor and <= LargestFactor))
            throw new ArgumentException($"Cannot resample from {fromHz} Hz to {toHz} Hz; expected frequencies that differ by at most a factor of {LargestFactor}.", nameof(toHz));

        FromHz = fromHz;
        ToHz = toHz;
        Kernel = new PolyphaseKernel(_ratio);
    }

    /// <summary>The sampling frequency before.</summary>
    public double FromHz { get; }

    /// <summary>The sampling frequency after.</summary>
    public double ToHz { get; }

    /// <summary>Whether both frequencies are the same, so that samples pass unchanged, to the bit.</summary>
    public bool IsIdentity => _ratio is { Up: 1, Down: 1 };

    internal PolyphaseKernel Kernel { get; }

    internal FrequencyRatio Ratio => _ratio;

    /// <summary>How many samples <paramref name="count"/> samples become: those at times in [0, count/<see cref="FromHz"/>), so that the duration is kept.</summary>
    /// <param name="count">Samples before, at least 0.</param>
    /// <returns>⌈count · to / from⌉.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative, or the result is no <see cref="long"/>.</exception>
    public long CountOf(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return _ratio.CountOf(count);
    }

    /// <summary>The sample after that is nearest in time to a sample before, as for an annotation; the later of two.</summary>
    /// <param name="sample">Sample before, at least 0.</param>
    /// <returns>May be the sample after the last one, where <paramref name="sample"/> is the last.</returns>
    /// <exception cref="ArgumentException"><paramref name="sample"/> is negative, or the result is no <see cref="long"/>.</exception>
    public long NearestSample(long sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        _ = _ratio.CountOf(sample);
        return _ratio.Nearest(sample);
    }

    /// <summary>Resamples a whole lead in memory; <see cref="ResampledSamples"/> does so in windows.</summary>
    /// <param name="samples">x, [N]; NaN = missing.</param>
    /// <returns>y, [<see cref="CountOf"/>(N)]; NaN = missing.</returns>
    /// <exception cref="ArgumentException">The result would not fit into an array.</exception>
    public double[] Resample(ReadOnlySpan<double> samples)
    {
        var count = CountOf(samples.Length);
        if (count > Array.MaxLength)
            throw new ArgumentException($"{samples.Length} samples become {count}; expected at most {Array.MaxLength} in one array.", nameof(samples));
        var resampled = new double[count];
        new ResampledSamples(new MemorySamples<double>(samples.ToArray()), this).Read(0, resampled);
        return resampled;
    }
}
