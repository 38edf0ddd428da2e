using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The samples of one signal of a signal file.</summary>
/// <param name="cache">The cache of decoded blocks.</param>
/// <param name="file">The signal file.</param>
/// <param name="signal">The signal, counted from 0 in the file.</param>
/// <remarks>
/// With a skew of k, the file's first k samples of this signal were taken before sample 0: they are skipped, and the last k are missing.
/// Header(5) counts skew in samples of the signal; WFDB's library rounds it to frames.
/// </remarks>
internal sealed class WfdbSamples(WfdbBlockCache cache, WfdbSignalFile file, int signal) : ISamples<int>
{
    private readonly long _skew = file.Signals[signal].Skew;

    /// <inheritdoc/>
    public long Count { get; } = file.SampleCountOf(signal);

    /// <inheritdoc/>
    public void Read(long start, Span<int> destination)
    {
        SampleWindow.Check(start, destination.Length, Count);
        var held = (int)Math.Clamp(Count - _skew - start, 0, destination.Length);
        cache.Read(file, signal, start + _skew, destination[..held]);
        destination[held..].Fill(EcgLead.MissingAdcUnits);
    }
}

/// <summary>The missing samples of a null signal.</summary>
/// <param name="count">Number of samples.</param>
internal sealed class NullSamples(long count) : ISamples<int>
{
    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<int> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        destination.Fill(EcgLead.MissingAdcUnits);
    }
}
