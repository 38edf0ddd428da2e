using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>Changes the sampling frequency of a lead with a linear-phase low-pass filter without delay.</summary>
/// <remarks>
/// Output sample k is at time k/to. It is a weighted sum of the input samples around that time, with a sinc under a Kaiser window of 33⅓
/// samples of the lower frequency to each side as weights. The gain is 0 dB ± 0.001 dB up to 0.8 of the lower Nyquist frequency, and at
/// most −100 dB from that frequency on; a constant is unchanged to the bit. docs/resampling.md has the measured response.
/// <para>
/// Beyond the ends, the first and the last sample are repeated. Missing samples (any that is not finite) are not recovered: an output is
/// missing if missing samples have a weight of more than <see cref="LargestMissingWeight"/>. With less weight they are bridged by a
/// straight line, or in a gap longer than the filter by the nearer edge's value.
/// </para>
/// An instance is immutable and thread-safe, serves all leads of a frequency, and needs at most 18 MB.
/// </remarks>
public sealed class Resampler
{
    /// <summary>
    /// The largest sum of absolute weights on missing samples: a bridge that is wrong by 1 mV changes an output by at most 20 µV. With a
    /// larger value bridges would become visible, with a smaller one gaps would grow more.
    /// </summary>
    public const double LargestMissingWeight = 0.02;

    // The length of the filter is proportional to the ratio.
    private const double LargestFactor = 1000;

    private readonly FrequencyRatio _ratio;

    /// <summary>Designs the filter.</summary>
    /// <param name="fromHz">The sampling frequency of the input.</param>
    /// <param name="toHz">The sampling frequency of the output. The ratio of the two is exact to 1 part in 10¹².</param>
    /// <exception cref="ArgumentException">
    /// A frequency is not a finite number above 0, or they differ by more than a factor of 1,000.
    /// </exception>
    public Resampler(double fromHz, double toHz)
    {
        _ratio = FrequencyRatio.Between(fromHz, toHz);
        if (!(toHz / fromHz is >= 1 / LargestFactor and <= LargestFactor))
        {
            throw new ArgumentException(
                $"Cannot resample from {fromHz} Hz to {toHz} Hz; expected frequencies that differ by at most a factor of {LargestFactor}.",
                nameof(toHz));
        }

        FromHz = fromHz;
        ToHz = toHz;
        Kernel = new PolyphaseKernel(_ratio);
    }

    /// <summary>The sampling frequency of the input.</summary>
    public double FromHz { get; }

    /// <summary>The sampling frequency of the output.</summary>
    public double ToHz { get; }

    /// <summary>Whether both frequencies are the same, so that samples are unchanged.</summary>
    public bool IsIdentity => _ratio is { Up: 1, Down: 1 };

    internal PolyphaseKernel Kernel { get; }

    internal FrequencyRatio Ratio => _ratio;

    /// <summary>
    /// Returns the number of output samples: those at times in [0, count/<see cref="FromHz"/>), so that the duration is kept.
    /// </summary>
    /// <param name="count">Number of input samples, at least 0.</param>
    /// <returns>⌈count · to / from⌉.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative, or the result is no <see cref="long"/>.</exception>
    public long CountOf(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return _ratio.CountOf(count);
    }

    /// <summary>Returns the output sample nearest in time to an input sample, for an annotation for example; the later of two.</summary>
    /// <param name="sample">Input sample, at least 0.</param>
    /// <returns>The output sample; for the last input sample it may be the one behind the last.</returns>
    /// <exception cref="ArgumentException"><paramref name="sample"/> is negative, or the result is no <see cref="long"/>.</exception>
    public long NearestSample(long sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        _ = _ratio.CountOf(sample);
        return _ratio.Nearest(sample);
    }

    /// <summary>Resamples a whole lead in memory.</summary>
    /// <param name="samples">x, [N]; NaN = missing.</param>
    /// <returns>y, [<see cref="CountOf"/>(N)]; NaN = missing.</returns>
    /// <exception cref="ArgumentException">The result would not fit into an array.</exception>
    public double[] Resample(ReadOnlySpan<double> samples)
    {
        var count = CountOf(samples.Length);
        if (count > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{samples.Length} samples become {count}; expected at most {Array.MaxLength} in one array.", nameof(samples));
        }

        var resampled = new double[count];
        new ResampledSamples(new MemorySamples<double>(samples.ToArray()), this).Read(0, resampled);
        return resampled;
    }
}
