using System.Buffers;
using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Values of a lead, read window by window in the unit of the drawing: millivolts where the lead is a voltage.</summary>
internal static class LeadWindows
{
    // A time computed from a sample must map to the same sample: a millionth of a sample exceeds rounding errors and is not visible.
    private const double Tolerance = 1e-6;

    /// <summary>Returns the first sample at or after a time, at most the lead's sample count.</summary>
    public static long SampleAt(EcgLead lead, double seconds) =>
        Math.Clamp((long)Math.Ceiling((seconds * lead.SamplingFrequencyHz) - Tolerance), 0, lead.SampleCount);

    /// <summary>Reads the samples [<paramref name="start"/>, <paramref name="end"/>); a missing sample is not finite.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="start">First sample.</param>
    /// <param name="end">First sample after the range.</param>
    /// <param name="cancellationToken">Cancels between windows.</param>
    /// <returns>The windows in turn; each is valid until the next one is read.</returns>
    public static IEnumerable<(long Start, ReadOnlyMemory<float> Values)> Read(
        EcgLead lead, long start, long end, CancellationToken cancellationToken)
    {
        if (start >= end)
            yield break;
        var values = new float[(int)Math.Min(end - start, SampleWindow.Length)];
        while (start < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(end - start, values.Length);
            Read(lead, start, values.AsSpan(0, count));
            yield return (start, values.AsMemory(0, count));
            start += count;
        }
    }

    private static void Read(EcgLead lead, long start, Span<float> values)
    {
        if (lead.IsVoltage)
        {
            lead.ReadMilliVolts(start, values);
            return;
        }

        var physical = ArrayPool<double>.Shared.Rent(values.Length);
        lead.ReadPhysicalValues(start, physical.AsSpan(0, values.Length));
        for (var t = 0; t < values.Length; t++)
            values[t] = (float)physical[t];
        ArrayPool<double>.Shared.Return(physical);
    }
}

/// <summary>Origins of a lead's samples, read in order.</summary>
/// <param name="spans">Spans of one lead, in any order; they may overlap.</param>
internal sealed class OriginCursor(IEnumerable<ProvenanceSpan> spans)
{
    private readonly ProvenanceSpan[] _spans = [.. spans.OrderBy(span => span.Span.Start)];
    private int _next;
    private long _recoveredEnd;
    private long _derivedEnd;

    /// <summary>Returns the origin of a sample that has a value; samples must be read in ascending order.</summary>
    public SampleOrigin At(long sample)
    {
        for (; _next < _spans.Length && _spans[_next].Span.Start <= sample; _next++)
        {
            var span = _spans[_next];
            if (span.Origin == SampleOrigin.Recovered)
                _recoveredEnd = Math.Max(_recoveredEnd, span.Span.End);
            else if (span.Origin == SampleOrigin.Derived)
                _derivedEnd = Math.Max(_derivedEnd, span.Span.End);
        }

        return sample < _recoveredEnd ? SampleOrigin.Recovered : sample < _derivedEnd ? SampleOrigin.Derived : SampleOrigin.Measured;
    }
}
