namespace EcgRecovery.Records;

/// <summary>Parts of a recording as recordings of their own, without copying samples. They are views: the whole must stay open.</summary>
public static class RecordViews
{
    /// <summary>
    /// Returns the leads that are taken for ECG where none is named: the voltages, or without any of them those in a converter's counts.
    /// </summary>
    internal static IReadOnlyList<int> TakenForEcg(EcgRecord record)
    {
        int[] voltages = [.. Enumerable.Range(0, record.Leads.Count).Where(i => record.Leads[i].IsVoltage)];
        return voltages.Length > 0 ? voltages : [.. Enumerable.Range(0, record.Leads.Count).Where(i => record.Leads[i].IsInCounts)];
    }

    /// <param name="record">The whole; it must stay open while the part is read.</param>
    extension(EcgRecord record)
    {
        /// <summary>
        /// Returns some of the leads as a recording. Annotations of a lead that is left out move to channel 0, WFDB's for all leads.
        /// </summary>
        /// <param name="leads">Numbers of the leads, counted from 0, in the order wanted.</param>
        public EcgRecord Choose(IReadOnlyList<int> leads)
        {
            ArgumentNullException.ThrowIfNull(record);
            ArgumentNullException.ThrowIfNull(leads);
            return new EcgRecord(record)
            {
                Leads = [.. leads.Select(lead => record.Leads[lead])],
                Annotations =
                [
                    .. record.Annotations
                        .Select(annotation => annotation with { Channel = Math.Max(0, IndexOf(leads, annotation.Channel)) }),
                ],
                Provenance =
                [
                    .. leads.SelectMany((lead, place) =>
                        record.Provenance.Where(span => span.Lead == lead).Select(span => span with { Lead = place })),
                ],
            };
        }

        /// <summary>Returns a stretch of time as a recording.</summary>
        /// <param name="span">The samples, counted as annotations count them; the first becomes sample 0.</param>
        /// <exception cref="ArgumentOutOfRangeException">The stretch is empty or reaches outside the record.</exception>
        public EcgRecord Cut(SampleSpan span)
        {
            ArgumentNullException.ThrowIfNull(record);
            if (span.Start < 0 || span.IsEmpty || span.End > record.SampleCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(span), $"Samples {span} were asked for; record {record.Name} has {new SampleSpan(0, record.SampleCount)}.");
            }

            return span == new SampleSpan(0, record.SampleCount) ? new EcgRecord(record) : Stretch(record, span);
        }

        /// <summary>
        /// Returns the recording as it was before any recovery: recovered samples are missing, and their bounds are gone.
        /// </summary>
        public EcgRecord WithoutRecovered()
        {
            ArgumentNullException.ThrowIfNull(record);
            var bounds = Bounds(record);
            var kept = Enumerable.Range(0, record.Leads.Count).Where(lead => !bounds.Contains(record.Leads[lead])).ToList();
            var part = kept.Count == record.Leads.Count ? record : record.Choose(kept);
            var spans = part.Provenance.Where(span => span.IsFilled).ToLookup(span => span.Lead, span => span.Span);
            return new EcgRecord(part)
            {
                Leads = [.. part.Leads.Select((lead, i) => WithMissing(lead, SampleSpan.Merge(spans[i])))],
                Provenance = [.. part.Provenance.Where(span => !span.IsFilled)],
            };
        }
    }

    /// <summary>Returns the leads that hold the bounds of another lead's recovered samples.</summary>
    internal static IReadOnlyCollection<EcgLead> Bounds(EcgRecord record) =>
        [.. record.Leads.Select(record.FindBounds).OfType<(EcgLead, EcgLead)>().SelectMany(pair => new[] { pair.Item1, pair.Item2 })];

    /// <summary>Returns a lead of which some samples are missing.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="spans">The samples that become missing, in order and without overlap.</param>
    internal static EcgLead WithMissing(EcgLead lead, IReadOnlyList<SampleSpan> spans) => spans.Count == 0 ? lead : lead with
    {
        AdcUnits = lead.AdcUnits is null
            ? null
            : new PatchedSamples<int>(lead.AdcUnits, [.. spans.Select(span => new SamplePatch<int>(span, null, EcgLead.MissingAdcUnits))]),
        // A lead with both has its physical values computed from the ADC units.
        PhysicalValues = lead.AdcUnits is not null || lead.PhysicalValues is null
            ? null
            : new PatchedSamples<double>(lead.PhysicalValues, [.. spans.Select(span => new SamplePatch<double>(span, null, double.NaN))]),
    };

    private static EcgRecord Stretch(EcgRecord record, SampleSpan span)
    {
        var windows = record.Leads.Select(lead => Window(record, lead, span)).ToArray();
        var start = StartOf(record, span.Start);
        var onset = (decimal)(span.Start / record.SamplingFrequencyHz);
        return new EcgRecord(record)
        {
            Leads = [.. record.Leads.Select((lead, i) => Cut(lead, windows[i]))],
            Annotations =
            [
                .. record.Annotations
                    .Where(annotation => span.Contains(annotation.Sample))
                    .Select(annotation => annotation with
                    {
                        Sample = annotation.Sample - span.Start,
                        OnsetSeconds = annotation.OnsetSeconds - onset,
                    }),
            ],
            Provenance =
            [
                .. record.Provenance
                    .Select(origin => origin with { Span = origin.Span.Intersect(windows[origin.Lead]).Shift(-windows[origin.Lead].Start) })
                    .Where(origin => !origin.Span.IsEmpty),
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

    private static SampleSpan Window(EcgRecord record, EcgLead lead, SampleSpan span)
    {
        var start = record.FirstSampleOf(lead, span.Start);
        return new SampleSpan(start, Math.Max(start, record.FirstSampleOf(lead, span.End)));
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
