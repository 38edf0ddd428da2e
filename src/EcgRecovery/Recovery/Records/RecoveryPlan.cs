using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Which gaps of a recording are filled, and which are left missing and why.</summary>
/// <param name="Leads">The leads to recover.</param>
internal sealed record RecoveryPlan(IReadOnlyList<LeadPlan> Leads)
{
    /// <summary>Finds the gaps of a recording and decides which to fill.</summary>
    /// <param name="record">The recording. What was recovered before counts as missing.</param>
    /// <param name="options">Which gaps.</param>
    /// <param name="progress">Receives the share of the samples that has been searched, 0 to 1; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">A lead or a gap lies outside the recording, or an option is not above 0.</exception>
    public static RecoveryPlan Make(
        EcgRecord record, RecordRecoveryOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Check(record, options);
        var chosen = (options.Leads ?? DefaultLeads(record)).Distinct().ToList();
        // Leads that are not to be recovered help to recover the others.
        var seen = Look(record, [.. chosen, .. DefaultLeads(record).Except(chosen)], options, progress, cancellationToken);
        return new RecoveryPlan([.. seen.Take(chosen.Count).Select(lead => LeadPlan.Make(record, lead, seen, options))]);
    }

    /// <summary>Returns the leads that are recovered where none is named: those taken for ECG that are no bounds of another lead.</summary>
    public static IReadOnlyList<int> DefaultLeads(EcgRecord record)
    {
        var bounds = RecordViews.Bounds(record);
        return [.. RecordViews.TakenForEcg(record).Where(i => !bounds.Contains(record.Leads[i]))];
    }

    private static List<SeenLead> Look(
        EcgRecord record,
        IReadOnlyList<int> numbers,
        RecordRecoveryOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var recovered = record.Provenance.Where(span => span.IsFilled)
            .ToLookup(span => span.Lead, span => span.Span);
        IReadOnlyList<SampleSpan>[] before = [.. numbers.Select(number => SampleSpan.Merge(recovered[number]))];
        EcgLead[] leads = [.. numbers.Select((number, i) => RecordViews.WithMissing(record.Leads[number], before[i]))];
        var found = GapFinder.Find(
            leads,
            new GapFinderOptions
            {
                Causes = [.. options.Causes.Union(GapFinderOptions.Stated.Causes)],
                JudgeAnyUnit = options.Leads is not null,
                JudgeCounts = true,
            },
            progress,
            cancellationToken);
        var named = options.Gaps.ToLookup(gap => gap.Lead, gap => gap.Span);
        return [.. numbers.Select((number, i) => new SeenLead(number, leads[i], before[i], found[i], [.. named[number]]))];
    }

    private static void Check(EcgRecord record, RecordRecoveryOptions options)
    {
        options.Check();
        var bounds = RecordViews.Bounds(record);
        foreach (var lead in (options.Leads ?? []).Concat(options.Gaps.Select(gap => gap.Lead)).Distinct())
        {
            if (lead < 0 || lead >= record.Leads.Count)
                throw new ArgumentException($"There is no lead {lead}; expected 0 to {record.Leads.Count - 1}.", nameof(options));
            if (bounds.Contains(record.Leads[lead]))
            {
                throw new ArgumentException(
                    $"Lead {record.Leads[lead].Name} holds the bounds of another lead; expected a lead of samples.", nameof(options));
            }
        }

        foreach (var (lead, span) in options.Gaps)
        {
            if (span.Start < 0 || span.IsEmpty || span.End > record.Leads[lead].SampleCount)
            {
                throw new ArgumentException(
                    $"Gap {span} lies outside lead {record.Leads[lead].Name}; expected samples within 0..{record.Leads[lead].SampleCount}.",
                    nameof(options));
            }
        }
    }
}
