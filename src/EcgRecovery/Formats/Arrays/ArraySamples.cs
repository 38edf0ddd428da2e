using EcgRecovery.Records;

namespace EcgRecovery.Formats.Arrays;

/// <summary>The samples of one lead of an array.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="read">Reads a window of them.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal sealed class ArraySamples<T>(long count, ArraySamples<T>.ReadWindow read) : ISamples<T>
    where T : struct
{
    /// <summary>Reads the samples from <paramref name="start"/> on.</summary>
    public delegate void ReadWindow(long start, Span<T> destination);

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        read(start, destination);
    }
}
