using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>The physical values of a lead as methods get them: finite, or NaN where missing.</summary>
/// <param name="lead">The lead.</param>
internal sealed class PhysicalValuesAsFloats(EcgLead lead) : ISamples<float>
{
    private const int StackSamples = 1024;

    public long Count => lead.SampleCount;

    public void Read(long start, Span<float> destination)
    {
        Span<double> part = stackalloc double[Math.Min(destination.Length, StackSamples)];
        for (var from = 0; from < destination.Length; from += part.Length)
        {
            var values = part[..Math.Min(part.Length, destination.Length - from)];
            lead.ReadPhysicalValues(start + from, values);
            for (var t = 0; t < values.Length; t++)
                destination[from + t] = double.IsFinite(values[t])
                    // What is beyond a float would be infinite, and every mean with it.
                    ? (float)Math.Clamp(values[t], float.MinValue, float.MaxValue)
                    : float.NaN;
        }
    }
}
