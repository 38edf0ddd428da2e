namespace EcgRecovery.Records;

/// <summary>Takes a part of a recording, without copying samples.</summary>
public static class RecordStretch
{
    /// <summary>Some leads as a recording of their own. Annotations are kept; those on the channel of a lead that is left out move to channel 0, which WFDB uses for all.</summary>
    /// <param name="record">The whole; it must stay open while the part is read.</param>
    /// <param name="leads">Which, counted from 0, in the order wanted.</param>
    public static EcgRecord Choose(EcgRecord record, IReadOnlyList<int> leads)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(leads);
        return record with
        {
            Leads = [.. leads.Select(lead => record.Leads[lead])],
            Annotations = [.. record.Annotations.Select(annotation => annotation with { Channel = Math.Max(0, IndexOf(leads, annotation.Channel)) })],
            Provenance = [.. leads.SelectMany((lead, place) => record.Provenance.Where(span => span.Lead == lead).Select(span => span with { Lead = place }))],
        };
    }

    /// <summary>The stretch [<paramref name="startSample"/>, <paramref name="endSample"/>), counted as annotations count, as a recording of its own.</summary>
    /// <param name="record">The whole; it must stay open while the stretch is read.</param>
    /// <param name="startSample">The sample that becomes sample 0.</param>
    /// <param name="endSample">The first sample after the stretch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch is empty or reaches outside the record.</exception>
    public static EcgRecord Cut(EcgRecord record, long startSample, long endSample)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (startSample < 0 || endSample <= startSample || endSample > record.SampleCount)
            throw new ArgumentOutOfRangeException(nameof(startSample), $"Samples {startSample}..{endSample} were asked for; record {record.Name} has 0..{record.SampleCount}.");
        if (startSample == 0 && endSample == record.SampleCount)
            return record;

        var windows = record.Leads.Select(lead => Window(record, lead, startSample, endSample)).ToArray();
        var start = StartOf(record, startSample);
        var onset = (decimal)(startSample / record.SamplingFrequencyHz);
        return record with
        {
            Leads = [.. record.Leads.Select((lead, i) => Cut(lead, windows[i]))],
            Annotations =
            [
                .. record.Annotations
                    .Where(annotation => annotation.Sample >= startSample && annotation.Sample < endSample)
                    .Select(annotation => annotation with { Sample = annotation.Sample - startSample, OnsetSeconds = annotation.OnsetSeconds - onset }),
            ],
            Provenance =
            [
                .. record.Provenance
                    .Select(span => span with { Span = span.Span.Intersect(windows[span.Lead]).Shift(-windows[span.Lead].Start) })
                    .Where(span => !span.Span.IsEmpty),
            ],
            StartDate = start.Date,
            StartTime = start.Time,
        };
    }

    private static int IndexOf(IReadOnlyList<int> leads, int lead)
    {
        for (var place = 0; place < leads.Count; place++)
        {
            if (leads[place] == lead)
                return place;
        }

        return -1;
    }

    private static EcgLead Cut(EcgLead lead, SampleSpan window) => lead with
    {
        AdcUnits = lead.AdcUnits is null ? null : new SampleStretch<int>(lead.AdcUnits, window.Start, window.Length),
        PhysicalValues = lead.PhysicalValues is null ? null : new SampleStretch<double>(lead.PhysicalValues, window.Start, window.Length),
        UnrecordedSpans =
        [
            .. lead.UnrecordedSpans
                .Select(span => span with { Span = span.Span.Intersect(window).Shift(-window.Start) })
                .Where(span => !span.Span.IsEmpty),
        ],
    };

    private static SampleSpan Window(EcgRecord record, EcgLead lead, long startSample, long endSample)
    {
        var start = record.FirstSampleOf(lead, startSample);
        return new SampleSpan(start, Math.Max(start, record.FirstSampleOf(lead, endSample)));
    }

    private static (DateOnly? Date, TimeOnly? Time) StartOf(EcgRecord record, long sample)
    {
        if (record.StartTime is not { } time)
            return (record.StartDate, null);
        var seconds = sample / record.SamplingFrequencyHz;
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
            return (null, null);
        var later = time.Add(TimeSpan.FromSeconds(seconds), out var days);
        return (record.StartDate is { } date && days <= DateOnly.MaxValue.DayNumber - date.DayNumber ? date.AddDays(days) : null, later);
    }
}
