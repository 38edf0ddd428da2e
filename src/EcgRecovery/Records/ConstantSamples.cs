namespace EcgRecovery.Records;

/// <summary>Samples that all have one value.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="value">The value.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal sealed class ConstantSamples<T>(long count, T value) : ISamples<T>
    where T : struct
{
    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        destination.Fill(value);
    }
}
