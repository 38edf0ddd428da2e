using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Which gaps of one lead are filled, and which are left missing and why.</summary>
internal sealed class LeadPlan
{
    /// <summary>Number of the lead in the recording.</summary>
    public required int Number { get; init; }

    /// <summary>
    /// The samples as methods see them, in the lead's unit: NaN in every gap, whether it is to be recovered or not. The other leads of the
    /// recording are voltages of the same length and frequency.
    /// </summary>
    public required LeadSource Source { get; init; }

    /// <summary>The gaps to recover, in order; none overlaps or touches another.</summary>
    public required IReadOnlyList<PlannedGap> Gaps { get; init; }

    /// <summary>The samples that follow exactly from other leads, in order; they are in no gap of <see cref="Gaps"/>.</summary>
    public required IReadOnlyList<DerivedSpan> Derived { get; init; }

    /// <summary>The samples that an earlier recovery filled, in order. They count as missing.</summary>
    public required IReadOnlyList<SampleSpan> RecoveredBefore { get; init; }

    /// <summary>The runs of missing samples to fill, in order. A run may hold samples that were not chosen.</summary>
    public IReadOnlyList<SampleSpan> ToFill =>
        field ??= [.. Gaps.Where(gap => gap.ReasonToLeave.Length == 0).Select(gap => gap.Run).Distinct()];

    /// <summary>Number of samples in the runs to fill.</summary>
    public long SampleCountToFill => ToFill.Sum(gap => gap.Length);

    /// <summary>Decides about the gaps of a lead.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="others">The leads beside it.</param>
    /// <param name="options">The causes, the time and the longest gap.</param>
    public static LeadPlan Make(EcgRecord record, SeenLead lead, IReadOnlyList<SeenLead> others, RecordRecoveryOptions options)
    {
        var time = options.Time is { } part
            ? new SampleSpan(record.FirstSampleOf(lead.Lead, part.Start), record.FirstSampleOf(lead.Lead, part.End))
            : new SampleSpan(0, lead.Lead.SampleCount);
        var chosen = SampleSpan.Merge(
            lead.Found.Where(span => options.Causes.Contains(span.Cause)).Select(span => span.Span).Concat(lead.Named)
                .Where(span => time.Contains(span.Start)));
        // What follows exactly from other leads is not estimated, and is a neighbour as good as what was measured.
        var derived = LimbLeads.Derive(lead, others);
        SeenLead[] beside = [.. others.Where(other => other.IsBeside(lead))];
        SampleSpan[] known = [.. derived.Select(span => span.Span)];
        return new LeadPlan
        {
            Number = lead.Number,
            Source = new LeadSource(DerivedSamples.Over(lead, derived), lead.Lead.SamplingFrequencyHz)
            {
                Others = [.. beside.Select(other => other.Samples)],
            },
            Gaps = [.. Plan(SampleSpan.Subtract(chosen, known), SampleSpan.Subtract(lead.Missing, known), lead, beside, options)],
            Derived =
            [
                .. derived.SelectMany(span => chosen.Select(gap => span with { Span = span.Span.Intersect(gap) }))
                    .Where(span => !span.Span.IsEmpty),
            ],
            RecoveredBefore = lead.RecoveredBefore,
        };
    }

    /// <summary>Pairs each gap with the run of missing samples that it lies in.</summary>
    private static IEnumerable<PlannedGap> Plan(
        IReadOnlyList<SampleSpan> chosen,
        IReadOnlyList<SampleSpan> missing,
        SeenLead lead,
        SeenLead[] beside,
        RecordRecoveryOptions options)
    {
        var next = 0;
        foreach (var gap in chosen)
        {
            while (missing[next].End < gap.End)
                next++;
            yield return new PlannedGap(gap, missing[next], ReasonToLeave(gap, missing[next], lead.Lead, beside, options));
        }
    }

    private static string ReasonToLeave(SampleSpan gap, SampleSpan run, EcgLead lead, SeenLead[] beside, RecordRecoveryOptions options)
    {
        var reason = Reason(run);
        var isDueToOthers = run.Length < lead.SampleCount && reason.Length > 0 && Reason(gap).Length == 0;
        return isDueToOthers ? $"{reason} with the missing samples beside it" : reason;

        // Whether a method uses the leads that survive is known when it has tried.
        string Reason(SampleSpan span) => options.ReasonToLeave(
            span, lead.SampleCount, lead.SamplingFrequencyHz, Array.Exists(beside, other => other.IsObserved(span)));
    }
}

/// <summary>A gap to recover.</summary>
/// <param name="Span">The samples: of the causes that were chosen, or named.</param>
/// <param name="Run">The run of missing samples around it, which a method fills as one.</param>
/// <param name="ReasonToLeave">Why it is left missing without trying, as in <c>longer than 2 s</c>; otherwise empty.</param>
internal readonly record struct PlannedGap(SampleSpan Span, SampleSpan Run, string ReasonToLeave);
