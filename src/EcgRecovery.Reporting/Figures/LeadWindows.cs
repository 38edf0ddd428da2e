using System.Buffers;
using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Reads a lead's values window by window, in the unit that they are drawn in: millivolts where the lead is a voltage.</summary>
internal static class LeadWindows
{
    // A time that was computed from a sample must find that sample again: a millionth of a sample is far more than a double's rounding, and nothing to see.
    private const double Tolerance = 1e-6;

    /// <summary>The first sample at or after a time, at most the lead's count.</summary>
    public static long SampleAt(EcgLead lead, double seconds) =>
        Math.Clamp((long)Math.Ceiling((seconds * lead.SamplingFrequencyHz) - Tolerance), 0, lead.SampleCount);

    /// <summary>The values of the samples [<paramref name="start"/>, <paramref name="end"/>); not finite where one is missing.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="start">First sample.</param>
    /// <param name="end">First sample not to read.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    /// <returns>Windows in turn: each is valid until the next one is asked for.</returns>
    public static IEnumerable<(long Start, ReadOnlyMemory<float> Values)> Read(EcgLead lead, long start, long end, CancellationToken cancellationToken)
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

/// <summary>Tells of one sample after another, in order, where it comes from.</summary>
/// <param name="spans">The spans of one lead; in any order, they may overlap.</param>
internal sealed class OriginCursor(IEnumerable<ProvenanceSpan> spans)
{
    private readonly ProvenanceSpan[] _spans = [.. spans.OrderBy(span => span.Span.Start)];
    private int _next;
    private long _recoveredEnd;
    private long _derivedEnd;

    /// <summary>Where a sample comes from, if it has a value; no smaller sample may be asked for afterwards.</summary>
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
