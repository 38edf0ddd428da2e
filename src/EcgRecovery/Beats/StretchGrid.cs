using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>The division of a lead into stretches of equal length; the last one is up to twice as long.</summary>
/// <param name="SampleCount">Samples of the lead.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
/// <param name="Seconds">Length of a stretch.</param>
internal readonly record struct StretchGrid(long SampleCount, double SamplingFrequencyHz, double Seconds)
{
    /// <summary>Number of stretches, at least one.</summary>
    public int Count => (int)Math.Clamp(SampleCount / (Seconds * SamplingFrequencyHz), 1, int.MaxValue);

    /// <summary>Returns the samples of a stretch.</summary>
    public SampleSpan this[int stretch] => new(Start(stretch), stretch == Count - 1 ? SampleCount : Start(stretch + 1));

    /// <summary>Returns the stretch of a sample.</summary>
    public int StretchOf(long sample) => Math.Clamp((int)(sample / (Seconds * SamplingFrequencyHz)), 0, Count - 1);

    private long Start(int stretch) => Math.Min(SampleCount, (long)Math.Ceiling(stretch * Seconds * SamplingFrequencyHz));
}
