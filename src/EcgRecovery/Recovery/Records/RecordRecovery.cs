using System.Reflection;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Recovers the gaps of a recording: finds them, decides which to fill, fills and marks them.</summary>
internal static class RecordRecovery
{
    /// <summary>The version that is written beside the method.</summary>
    public static string Version { get; } =
        typeof(RecordRecovery).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Recovers a recording.</summary>
    /// <param name="whole">The recording. What was recovered before counts as missing.</param>
    /// <param name="method">The method.</param>
    /// <param name="options">Which gaps, and how.</param>
    /// <param name="progress">Receives what is done; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static RecoveredRecord Run(
        EcgRecord whole,
        RecordRecoveryMethod method,
        RecordRecoveryOptions options,
        IProgress<RecoveryProgress>? progress,
        CancellationToken cancellationToken)
    {
        var plan = RecoveryPlan.Make(whole, options, cancellationToken);
        var total = plan.Leads.Sum(lead => lead.SampleCountToFill);
        var done = 0L;
        var leads = plan.Record.Leads.ToArray();
        var provenance = plan.Record.Provenance.ToList();
        var gaps = new IReadOnlyList<RecoveredGap>[leads.Length];
        Array.Fill(gaps, []);
        progress?.Report(new RecoveryProgress(0, total));
        foreach (var lead in plan.Leads)
        {
            var filled = new FilledLead(leads[lead.Number], lead);
            LeadRecovery.Run(
                lead.Samples,
                leads[lead.Number].SamplingFrequencyHz,
                lead.ToFill,
                method,
                options,
                gap =>
                {
                    filled.Add(gap);
                    progress?.Report(new RecoveryProgress(done += gap.Span.Length, total));
                },
                cancellationToken);
            leads[lead.Number] = filled.ToLead();
            provenance = filled.Mark(provenance, Version);
            gaps[lead.Number] = filled.Gaps();
        }

        return new RecoveredRecord(new EcgRecord(plan.Record) { Leads = leads, Provenance = provenance }, gaps);
    }
}
