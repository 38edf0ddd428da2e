namespace EcgRecovery.Records;

/// <summary>The samples of one lead, read by windows, so that a recording of any length needs little memory.</summary>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
public interface ISamples<T>
    where T : struct
{
    /// <summary>Number of samples.</summary>
    long Count { get; }

    /// <summary>Reads the samples [<paramref name="start"/>, <paramref name="start"/> + the destination's length).</summary>
    /// <param name="start">First sample, counted from 0.</param>
    /// <param name="destination">Receives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window reaches outside [0, <see cref="Count"/>).</exception>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    void Read(long start, Span<T> destination);
}

/// <summary>Samples in memory.</summary>
/// <param name="samples">The samples; not copied.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
public sealed class MemorySamples<T>(T[] samples) : ISamples<T>
    where T : struct
{
    /// <inheritdoc/>
    public long Count => samples.Length;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, samples.Length);
        samples.AsSpan((int)start, destination.Length).CopyTo(destination);
    }
}

/// <summary>A stretch of other samples.</summary>
/// <param name="samples">The whole.</param>
/// <param name="start">The sample that becomes sample 0.</param>
/// <param name="count">Number of samples.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal sealed class SampleStretch<T>(ISamples<T> samples, long start, long count) : ISamples<T>
    where T : struct
{
    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long from, Span<T> destination)
    {
        SampleWindow.Check(from, destination.Length, count);
        samples.Read(start + from, destination);
    }
}

/// <summary>Checks the windows of <see cref="ISamples{T}"/>.</summary>
internal static class SampleWindow
{
    /// <summary>Length of a window where all samples are read in turn: 256 KiB of ints.</summary>
    public const int Length = 1 << 16;

    /// <summary>Throws where a window reaches outside the samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window reaches outside the samples.</exception>
    public static void Check(long start, int length, long count)
    {
        if (start < 0 || start > count - length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), $"Samples {start}..{start + length} were asked for; there are 0..{count}.");
        }
    }
}
