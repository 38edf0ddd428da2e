using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Which gaps of one lead are filled, and which are left missing and why.</summary>
internal sealed class LeadPlan
{
    /// <summary>Number of the lead in the recording.</summary>
    public required int Number { get; init; }

    /// <summary>The samples as methods see them, in the lead's unit: NaN in every gap.</summary>
    public required ISamples<float> Samples { get; init; }

    /// <summary>The runs of missing samples to fill, in order. A run may hold samples that were not chosen, see <see cref="Chosen"/>.</summary>
    public required IReadOnlyList<SampleSpan> ToFill { get; init; }

    /// <summary>The samples to recover, in order: of the causes that were chosen, or named as gaps.</summary>
    public required IReadOnlyList<SampleSpan> Chosen { get; init; }

    /// <summary>The gaps that are left missing without trying, in order.</summary>
    public required IReadOnlyList<RecoveredGap> Left { get; init; }

    /// <summary>Number of samples in the runs to fill.</summary>
    public long SampleCountToFill => ToFill.Sum(gap => gap.Length);

    /// <summary>Decides about the gaps of a lead.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="number">Number of the lead.</param>
    /// <param name="found">Its missing spans: all that the file states, and those judged.</param>
    /// <param name="named">Further gaps.</param>
    /// <param name="options">The causes, the time and the longest gap.</param>
    public static LeadPlan Make(
        EcgRecord record,
        int number,
        IReadOnlyList<MissingSpan> found,
        IReadOnlyList<SampleSpan> named,
        RecordRecoveryOptions options)
    {
        var lead = record.Leads[number];
        var time = options.Time is { } part
            ? new SampleSpan(record.FirstSampleOf(lead, part.Start), record.FirstSampleOf(lead, part.End))
            : new SampleSpan(0, lead.SampleCount);
        var chosen = SampleSpan.Merge(
            found.Where(span => options.Causes.Contains(span.Cause)).Select(span => span.Span).Concat(named)
                .Where(span => time.Contains(span.Start)));
        var missing = SampleSpan.Merge(found.Where(span => span.IsStated).Select(span => span.Span).Concat(chosen));
        var (toFill, left) = (new List<SampleSpan>(), new List<RecoveredGap>());
        foreach (var run in missing.Where(run => SampleSpan.Intersect([run], chosen).Count > 0))
        {
            if (ReasonToLeave(run, lead, options) is { } reason)
                left.Add(new RecoveredGap(run, Method: null, reason));
            else
                toFill.Add(run);
        }

        return new LeadPlan
        {
            Number = number,
            Samples = new PhysicalValuesAsFloats(RecordViews.WithMissing(lead, missing)),
            ToFill = toFill,
            Chosen = chosen,
            Left = left,
        };
    }

    private static string? ReasonToLeave(SampleSpan run, EcgLead lead, RecordRecoveryOptions options)
    {
        if (run.Length == lead.SampleCount)
            return "no sample is observed";
        return run.Length / lead.SamplingFrequencyHz > options.MaximumGapSeconds
            ? FormattableString.Invariant($"longer than {options.MaximumGapSeconds} s")
            : null;
    }

    private sealed class PhysicalValuesAsFloats(EcgLead lead) : ISamples<float>
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
                    destination[from + t] = double.IsFinite(values[t]) ? (float)values[t] : float.NaN;
            }
        }
    }
}
