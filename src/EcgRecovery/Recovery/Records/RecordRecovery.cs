using System.Reflection;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Recovers the gaps of a recording: fills those of a plan and marks them.</summary>
internal static class RecordRecovery
{
    /// <summary>Lengths of hidden gaps in the test of a recording without gaps, in seconds.</summary>
    public static IReadOnlyList<double> TestedSeconds { get; } = [0.15, 0.3, 0.56, 1, 2];

    // Windows of half an hour around so many places cover a night.
    private const int ExamplesPerLength = 20;

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
        RecordRecoveryOptions options,
        IProgress<RecoveryProgress>? progress,
        CancellationToken cancellationToken)
    {
        var tests = plan.Leads.Select(lead => new TestedRecovery(lead.Source, lead.ToFill, options, cancellationToken)).ToList();
        var (done, total) = (0L, tests.Sum(test => test.SampleCount));
        var leads = record.Leads.ToList();
        var provenance = record.Provenance.ToList();
        var gaps = record.Leads.Select(_ => (IReadOnlyList<RecoveredGap>)[]).ToList();
        var cells = new List<SelfTestCell>();
        progress?.Report(new RecoveryProgress(0, total));
        foreach (var (lead, test) in plan.Leads.Zip(tests))
        {
            var tried = new List<FilledGap>();
            var result = test.Run(
                method, tried.AddRange, samples => progress?.Report(new RecoveryProgress(done += samples, total)));
            var filled = new FilledLead(record.Leads[lead.Number], lead, tried);
            leads[lead.Number] = filled.ToLead();
            provenance = filled.Mark(provenance, Version);
            gaps[lead.Number] = filled.Gaps;
            cells.AddRange(result.Calibrations.Select(cell => cell.ToCell(lead.Number)));
            AddBounds(record, leads, filled, options.AddBounds);
        }

        while (gaps.Count < leads.Count)
            gaps.Add([]);
        return new RecoveredRecord(new EcgRecord(record) { Leads = leads, Provenance = provenance }, gaps) { SelfTest = cells };
    }

    /// <summary>Tests a method on hidden gaps, without recovering any gap.</summary>
    /// <remarks>
    /// Hidden gaps are like the gaps of the plan. A recording without gaps is tested with lengths of <see cref="TestedSeconds"/>: once as
    /// if one lead were lost, and once as if all were.
    /// </remarks>
    /// <param name="plan">The gaps of the recording.</param>
    /// <param name="method">The method.</param>
    /// <param name="options">The number of hidden gaps, the window and the threads.</param>
    /// <param name="progress">Receives what is done; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static IReadOnlyList<SelfTestCell> Test(
        RecoveryPlan plan,
        RecordRecoveryMethod method,
        RecoveryOptions options,
        IProgress<RecoveryProgress>? progress,
        CancellationToken cancellationToken)
    {
        IEnumerable<(int Number, LeadSource Source, IReadOnlyList<SampleSpan> Gaps)> sources = plan.Leads.Any(lead => lead.ToFill.Count > 0)
            ? plan.Leads.Select(lead => (lead.Number, lead.Source, lead.ToFill))
            : plan.Leads.SelectMany(lead => Losses(lead.Source)
                .Select(loss => (lead.Number, loss, (IReadOnlyList<SampleSpan>)Examples(loss, options))));
        var tests = sources.Select(test => (test.Number, test.Source, HiddenGaps.Draw(test.Source, test.Gaps, options, cancellationToken)))
            .ToList();
        var (done, total) = (0L, tests.Sum(test => test.Item3.SampleCount));
        progress?.Report(new RecoveryProgress(0, total));
        return
        [
            .. tests.SelectMany(test => LeadSelfTest.Run(test.Source, test.Item3, method, options, Report, cancellationToken)
                .Calibrations.Select(cell => cell.ToCell(test.Number))),
        ];

        void Report(long samples) => progress?.Report(new RecoveryProgress(done += samples, total));
    }

    private static IEnumerable<LeadSource> Losses(LeadSource source) =>
        source.Others.Count == 0 ? [source] : [source, source with { Others = [] }];

    /// <summary>Returns gaps of each length, evenly over a lead, that could be real ones.</summary>
    private static List<SampleSpan> Examples(LeadSource source, RecoveryOptions options)
    {
        var gaps = new List<SampleSpan>();
        foreach (var seconds in TestedSeconds.Where(seconds => !(seconds > options.MaximumGapSeconds)))
        {
            var length = Math.Max(1, (long)Math.Round(seconds * source.SamplingFrequencyHz));
            var room = source.Samples.Count - length;
            for (var i = 1; i <= ExamplesPerLength && room > 0; i++)
                gaps.Add(new SampleSpan(room * i / (ExamplesPerLength + 1), (room * i / (ExamplesPerLength + 1)) + length));
        }

        return gaps;
    }

    // The bounds of an earlier recovery do not hold for the samples of this one.
    private static void AddBounds(EcgRecord record, List<EcgLead> leads, FilledLead filled, bool areWanted)
    {
        if (record.FindBounds(record.Leads[filled.Number]) is var (lower, upper))
        {
            var (first, second) = filled.ToBounds(lower, upper);
            leads[IndexOf(lower)] = first;
            leads[IndexOf(upper)] = second;
        }
        else if (areWanted && filled.HasBounds)
        {
            var (first, second) = filled.ToBounds();
            leads.AddRange([first, second]);
        }

        int IndexOf(EcgLead lead) => record.Leads.Index().First(other => ReferenceEquals(other.Item, lead)).Index;
    }
}
