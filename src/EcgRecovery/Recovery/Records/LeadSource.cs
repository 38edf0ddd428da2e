using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead of any length, as methods may see it, and the leads beside it.</summary>
/// <param name="Samples">The lead, in any unit; NaN = missing.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
internal sealed record LeadSource(ISamples<float> Samples, double SamplingFrequencyHz)
{
    /// <summary>
    /// The other leads of the recording with the same number of samples at the same times, in any units; NaN = missing.
    /// </summary>
    public IReadOnlyList<ISamples<float>> Others { get; init; } = [];

    /// <summary>Whether one of the other leads is observed through a span.</summary>
    public bool IsObservedElsewhere(SampleSpan span)
    {
        var samples = new float[checked((int)span.Length)];
        foreach (var other in Others)
        {
            other.Read(span.Start, samples);
            if (!samples.AsSpan().Contains(float.NaN))
                return true;
        }

        return false;
    }

    /// <summary>Reads a part into memory.</summary>
    /// <param name="span">The samples.</param>
    /// <param name="options">The window and the threads.</param>
    public LeadSignal Read(SampleSpan span, RecoveryOptions options)
    {
        return new LeadSignal(ReadAll(Samples), SamplingFrequencyHz, options.WindowSeconds, options.Threads)
        {
            Others = [.. Others.Select(Read)],
        };

        LeadSignal Read(ISamples<float> samples) =>
            new(ReadAll(samples), SamplingFrequencyHz, options.WindowSeconds, options.Threads);

        float[] ReadAll(ISamples<float> samples)
        {
            var values = new float[checked((int)span.Length)];
            samples.Read(span.Start, values);
            return values;
        }
    }
}
