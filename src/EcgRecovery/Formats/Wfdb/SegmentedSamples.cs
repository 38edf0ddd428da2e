using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>A part of a lead: the samples of one segment.</summary>
/// <param name="Start">The lead's sample at which the segment begins.</param>
/// <param name="Samples">The segment's samples.</param>
/// <param name="Line">The line in the segment's header.</param>
internal sealed record LeadPart(long Start, ISamples<int> Samples, WfdbSignalLine Line)
{
    /// <summary>The lead's first sample after the part.</summary>
    public long End => Start + Samples.Count;
}

/// <summary>The samples of a lead in several segments; missing in segments without the lead.</summary>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal abstract class SegmentedSamples<T>(IReadOnlyList<LeadPart> parts, long count, T missing) : ISamples<T>
    where T : struct
{
    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        var next = OrderedSearch.CountWhile(parts.Count, i => parts[i].End <= start);
        while (destination.Length > 0)
        {
            var part = next < parts.Count ? parts[next] : null;
            var isInside = part is not null && part.Start <= start;
            var end = part is null ? count : isInside ? part.End : part.Start;
            var window = destination[..(int)Math.Min(destination.Length, end - start)];
            if (isInside)
            {
                Read(part!, start - part!.Start, window);
                next++;
            }
            else
            {
                window.Fill(missing);
            }

            start += window.Length;
            destination = destination[window.Length..];
        }
    }

    /// <summary>Reads a window of one part.</summary>
    protected abstract void Read(LeadPart part, long start, Span<T> destination);
}

/// <summary>ADC units of several segments, or rescaled to a common gain: exactly, as it is a multiple of every segment's gain.</summary>
/// <param name="parts">The segments' samples, in order.</param>
/// <param name="count">Samples of the lead.</param>
/// <param name="commonGain">If given, ADC units become <c>(commonGain / gain) · (ADC units − baseline)</c>.</param>
internal sealed class SegmentedAdcUnits(IReadOnlyList<LeadPart> parts, long count, long? commonGain)
    : SegmentedSamples<int>(parts, count, EcgLead.MissingAdcUnits)
{
    /// <inheritdoc/>
    protected override void Read(LeadPart part, long start, Span<int> destination)
    {
        part.Samples.Read(start, destination);
        if (commonGain is not { } gain)
            return;
        var factor = (int)(gain / (long)part.Line.Gain);
        foreach (ref var sample in destination)
        {
            if (sample != EcgLead.MissingAdcUnits)
                sample = factor * (sample - part.Line.AdcBaseline);
        }
    }
}

/// <summary>Physical values of several segments, each with its own gain and baseline.</summary>
internal sealed class SegmentedPhysicalValues(IReadOnlyList<LeadPart> parts, long count)
    : SegmentedSamples<double>(parts, count, double.NaN)
{
    private const int StackSamples = 1024;

    /// <inheritdoc/>
    protected override void Read(LeadPart part, long start, Span<double> destination)
    {
        Span<int> adcUnits = stackalloc int[Math.Min(destination.Length, StackSamples)];
        for (var from = 0; from < destination.Length; from += adcUnits.Length)
        {
            var window = adcUnits[..Math.Min(adcUnits.Length, destination.Length - from)];
            part.Samples.Read(start + from, window);
            for (var t = 0; t < window.Length; t++)
            {
                var isMissing = window[t] == EcgLead.MissingAdcUnits;
                destination[from + t] = isMissing ? double.NaN : (window[t] - (double)part.Line.AdcBaseline) / part.Line.Gain;
            }
        }
    }
}
