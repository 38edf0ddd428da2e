using System.Reflection;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Recovers the gaps of a recording: fills those of a plan and marks them.</summary>
internal static class RecordRecovery
{
    /// <summary>The version that is written beside the method.</summary>
    public static string Version { get; } =
        typeof(RecordRecovery).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Fills the gaps of a recording. What the plan does not name stays as it is.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="plan">Its gaps.</param>
    /// <param name="method">The method.</param>
    /// <param name="options">The window and the threads.</param>
    /// <param name="progress">Receives what is done; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static RecoveredRecord Fill(
        EcgRecord record,
        RecoveryPlan plan,
        RecordRecoveryMethod method,
        RecoveryOptions options,
        IProgress<RecoveryProgress>? progress,
        CancellationToken cancellationToken)
    {
        var total = plan.Leads.Sum(lead => lead.SampleCountToFill);
        var done = 0L;
        var leads = record.Leads.ToArray();
        var provenance = record.Provenance.ToList();
        var gaps = new IReadOnlyList<RecoveredGap>[leads.Length];
        Array.Fill(gaps, []);
        progress?.Report(new RecoveryProgress(0, total));
        foreach (var lead in plan.Leads)
        {
            var tried = new List<FilledGap>();
            LeadRecovery.Run(
                lead.Source,
                lead.ToFill,
                method,
                options,
                some =>
                {
                    tried.AddRange(some);
                    progress?.Report(new RecoveryProgress(done += some.Sum(gap => gap.Span.Length), total));
                },
                cancellationToken);
            var filled = new FilledLead(leads[lead.Number], lead, tried);
            leads[lead.Number] = filled.ToLead();
            provenance = filled.Mark(provenance, Version);
            gaps[lead.Number] = filled.Gaps;
            EmptyBounds(record, leads, lead);
        }

        return new RecoveredRecord(new EcgRecord(record) { Leads = leads, Provenance = provenance }, gaps);
    }

    // The bounds of an earlier recovery do not hold for the samples of this one.
    private static void EmptyBounds(EcgRecord record, EcgLead[] leads, LeadPlan plan)
    {
        if (record.FindBounds(record.Leads[plan.Number]) is not var (lower, upper))
            return;
        SampleSpan[] spans = [.. plan.Gaps.Select(gap => gap.Span)];
        for (var i = 0; i < leads.Length; i++)
        {
            if (record.Leads[i] == lower || record.Leads[i] == upper)
                leads[i] = RecordViews.WithMissing(leads[i], spans);
        }
    }
}
