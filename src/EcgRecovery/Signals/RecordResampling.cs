using System.Buffers;
using EcgRecovery.Records;

namespace EcgRecovery.Signals;

/// <summary>Resamples all leads of a recording to one frequency, and records the origin of the computed samples.</summary>
internal static class RecordResampling
{
    private const string Method = "resample";

    /// <summary>Returns the recording at another sampling frequency; samples are computed on demand.</summary>
    /// <remarks>
    /// Leads that have the frequency are unchanged. The samples of the others are derived; those that depend on recovered samples remain
    /// recovered, so spans of recovered samples grow by the filter's half-width. ADC units are rounded to whole ones, the steps of the
    /// recorder's converter. Annotations move to the nearest sample and keep their exact seconds, if they have any. See docs/resampling.md.
    /// </remarks>
    /// <param name="record">The recording; it must stay open.</param>
    /// <param name="toHz">The new sampling frequency.</param>
    /// <exception cref="ArgumentException">
    /// A frequency is not a finite number above 0, or two differ by more than a factor of 1,000.
    /// </exception>
    public static EcgRecord Resample(EcgRecord record, double toHz)
    {
        ArgumentNullException.ThrowIfNull(record);
        var resamplers = record.Leads.Select(lead => lead.SamplingFrequencyHz).Append(record.SamplingFrequencyHz).Distinct()
            .ToDictionary(hz => hz, hz => new Resampler(hz, toHz));
        var clock = resamplers[record.SamplingFrequencyHz];
        return new EcgRecord(record)
        {
            SamplingFrequencyHz = toHz,
            Leads = [.. record.Leads.Select(lead => Resample(lead, resamplers[lead.SamplingFrequencyHz]))],
            Annotations = [.. record.Annotations.Select(annotation => annotation with { Sample = Nearest(annotation.Sample) })],
            Provenance = [.. record.Leads.SelectMany((lead, i) => Provenance(record, i, resamplers[lead.SamplingFrequencyHz]))],
        };

        // The sample nearest to the last one may be behind the end.
        long Nearest(long sample) =>
            Math.Min(clock.Ratio.Nearest(sample), Math.Max(0, clock.CountOf(record.SampleCount) - 1));
    }

    private static EcgLead Resample(EcgLead lead, Resampler resampler)
    {
        if (resampler.IsIdentity)
            return lead;
        var count = resampler.CountOf(lead.SampleCount);
        // In a gap of two samples of the lower frequency every new sample is missing; in a shorter one some may be computed.
        var minimum = 2 * resampler.FromHz / Math.Min(resampler.FromHz, resampler.ToHz);
        return lead with
        {
            SamplingFrequencyHz = resampler.ToHz,
            AdcUnits = lead.AdcUnits is null
                ? null
                : new RoundedSamples(new ResampledSamples(new WidenedSamples(lead.AdcUnits), resampler)),
            PhysicalValues = lead.AdcUnits is not null || lead.PhysicalValues is null
                ? null
                : new ResampledSamples(lead.PhysicalValues, resampler),
            UnrecordedSpans =
            [
                .. lead.UnrecordedSpans.Where(span => span.Span.Length >= minimum)
                    .Select(span => span with { Span = new SampleSpan(After(span.Span.Start), After(span.Span.End)) })
                    .Where(span => !span.Span.IsEmpty),
            ],
        };

        // The first new sample at or after the time of an old one.
        long After(long sample) => Math.Min(count, resampler.CountOf(sample));
    }

    private static IEnumerable<ProvenanceSpan> Provenance(EcgRecord record, int lead, Resampler resampler)
    {
        var known = record.Provenance.Where(span => span.Lead == lead);
        if (resampler.IsIdentity)
            return known;
        var count = resampler.CountOf(record.Leads[lead].SampleCount);
        var reach = (long)Math.Ceiling(PolyphaseKernel.HalfWidth / Math.Min(resampler.FromHz, resampler.ToHz) * resampler.ToHz);
        var recovered = known
            .Where(span => span.Origin == SampleOrigin.Recovered)
            .OrderBy(span => span.Span.Start)
            .Select(span => span with
            {
                Span = new SampleSpan(
                    Math.Max(0, resampler.CountOf(span.Span.Start) - reach), Math.Min(count, resampler.CountOf(span.Span.End) + reach)),
            })
            .ToArray();
        return
        [
            .. recovered,
            .. Between(recovered, count).Select(span => new ProvenanceSpan(lead, span, SampleOrigin.Derived, Method, Version)),
        ];
    }

    private static string Version { get; } = typeof(RecordResampling).Assembly.GetName().Version!.ToString(3);

    private static IEnumerable<SampleSpan> Between(IEnumerable<ProvenanceSpan> spans, long count)
    {
        var start = 0L;
        foreach (var span in spans)
        {
            if (span.Span.Start > start)
                yield return new SampleSpan(start, span.Span.Start);
            start = Math.Max(start, span.Span.End);
        }

        if (start < count)
            yield return new SampleSpan(start, count);
    }

    /// <summary>ADC units as doubles for the filter; NaN = missing.</summary>
    private sealed class WidenedSamples(ISamples<int> adcUnits) : ISamples<double>
    {
        public long Count => adcUnits.Count;

        public void Read(long start, Span<double> destination)
        {
            Span<int> part = stackalloc int[1024];
            for (var from = 0; from < destination.Length; from += part.Length)
            {
                var window = part[..Math.Min(part.Length, destination.Length - from)];
                adcUnits.Read(start + from, window);
                for (var t = 0; t < window.Length; t++)
                    destination[from + t] = window[t] == EcgLead.MissingAdcUnits ? double.NaN : window[t];
            }
        }
    }

    /// <summary>Doubles rounded to ADC units.</summary>
    private sealed class RoundedSamples(ISamples<double> samples) : ISamples<int>
    {
        public long Count => samples.Count;

        public void Read(long start, Span<int> destination)
        {
            // Large windows, since each needs three lengths of the filter besides its own samples.
            var part = ArrayPool<double>.Shared.Rent(Math.Min(destination.Length, SampleWindow.Length));
            try
            {
                for (var from = 0; from < destination.Length; from += part.Length)
                {
                    var window = part.AsSpan(0, Math.Min(part.Length, destination.Length - from));
                    samples.Read(start + from, window);
                    for (var t = 0; t < window.Length; t++)
                    {
                        destination[from + t] = double.IsNaN(window[t])
                            ? EcgLead.MissingAdcUnits
                            : (int)Math.Clamp(Math.Round(window[t]), int.MinValue + 1, int.MaxValue);
                    }
                }
            }
            finally
            {
                ArrayPool<double>.Shared.Return(part);
            }
        }
    }
}
