using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Which gaps of a recording are filled, and which are left missing and why.</summary>
/// <param name="Record">The recording without what was recovered before.</param>
/// <param name="Leads">The leads to recover.</param>
internal sealed record RecoveryPlan(EcgRecord Record, IReadOnlyList<LeadPlan> Leads)
{
    /// <summary>Finds the gaps of a recording and decides which to fill.</summary>
    /// <exception cref="ArgumentException">A lead or a gap lies outside the recording, or an option is not above 0.</exception>
    public static RecoveryPlan Make(EcgRecord whole, RecordRecoveryOptions options, CancellationToken cancellationToken)
    {
        Check(whole, options);
        var record = whole.WithoutRecovered();
        // Without bound leads numbers may differ: leads are found again by themselves.
        var numbers = (options.Leads ?? [.. Enumerable.Range(0, whole.Leads.Count).Where(i => whole.Leads[i].IsVoltage)])
            .Select(number => (Number: IndexOf(record, whole.Leads[number].Name, number), Before: number))
            .Where(lead => lead.Number >= 0)
            .ToList();
        var causes = options.Causes.Union(GapFinderOptions.Stated.Causes).ToHashSet();
        var found = GapFinder.Find(
            [.. numbers.Select(lead => record.Leads[lead.Number])],
            new GapFinderOptions { Causes = causes, JudgeAnyUnit = options.Leads is not null },
            cancellationToken: cancellationToken);
        return new RecoveryPlan(
            record,
            [
                .. numbers.Select((lead, i) => LeadPlan.Make(
                    record, lead.Number, found[i], [.. options.Gaps.Where(gap => gap.Lead == lead.Before).Select(gap => gap.Span)], options)),
            ]);
    }

    private static int IndexOf(EcgRecord record, string name, int before)
    {
        if (before < record.Leads.Count && record.Leads[before].Name == name)
            return before;
        for (var i = Math.Min(before, record.Leads.Count - 1); i >= 0; i--)
        {
            if (record.Leads[i].Name == name)
                return i;
        }

        return -1;
    }

    private static void Check(EcgRecord record, RecordRecoveryOptions options)
    {
        if (options.MaximumGapSeconds is { } longest && !(longest > 0))
            throw new ArgumentOutOfRangeException(nameof(options), longest, "The longest gap must be above 0 s.");
        if (!(options.WindowSeconds > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.WindowSeconds, "The window must be above 0 s.");
        if (options.Leads?.FirstOrDefault(lead => lead < 0 || lead >= record.Leads.Count, -1) is { } unknown and not -1)
            throw new ArgumentException($"There is no lead {unknown}; expected 0 to {record.Leads.Count - 1}.", nameof(options));
        foreach (var (lead, span) in options.Gaps)
        {
            if (lead < 0 || lead >= record.Leads.Count)
                throw new ArgumentException($"There is no lead {lead}; expected 0 to {record.Leads.Count - 1}.", nameof(options));
            if (span.Start < 0 || span.IsEmpty || span.End > record.Leads[lead].SampleCount)
            {
                throw new ArgumentException(
                    $"Gap {span} lies outside lead {record.Leads[lead].Name}; expected samples within 0..{record.Leads[lead].SampleCount}.",
                    nameof(options));
            }
        }
    }
}
