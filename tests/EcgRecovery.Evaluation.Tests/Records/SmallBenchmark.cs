using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records;

/// <summary>Benchmarks of records in memory and of methods that are made up.</summary>
internal static class SmallBenchmark
{
    public delegate IReadOnlyList<GapOutcome> Fill(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination);

    /// <summary>Plans six gaps per record of lengths at random places, with all leads lost.</summary>
    public static PlanOptions SixGaps(params double[] seconds) => new()
    {
        Cells = PlanOptions.Grid(seconds, [GapPlacement.Random], [LeadLoss.All]),
        GapsPerRecord = 6,
    };

    public static RecordSource Source(IReadOnlyList<TestedRecord> records) =>
        new([.. records.Select(record => record.Name)], name => records.First(record => record.Name == name));

    public static RecordBenchmarkResult Run(
        IReadOnlyList<TestedLead> leads,
        IReadOnlyList<RecoveryMethodInfo> methods,
        PlanOptions plan,
        RecordBenchmarkOptions? options = null,
        IProgress<RecordBenchmarkProgress>? progress = null) =>
        Run(Source([.. leads.Select(lead => new TestedRecord([lead]))]), methods, plan, options, progress);

    public static RecordBenchmarkResult Run(
        RecordSource source,
        IReadOnlyList<RecoveryMethodInfo> methods,
        PlanOptions plan,
        RecordBenchmarkOptions? options = null,
        IProgress<RecordBenchmarkProgress>? progress = null,
        IScoreStore? saved = null) =>
        Run(source, methods, Plan(source, plan), options, progress, saved);

    public static BenchmarkPlan Plan(RecordSource source, PlanOptions plan) =>
        RecordBenchmark.Plan(source, plan, threads: 1, TestContext.Current.CancellationToken);

    public static RecordBenchmarkResult Run(
        RecordSource source,
        IReadOnlyList<RecoveryMethodInfo> methods,
        BenchmarkPlan plan,
        RecordBenchmarkOptions? options = null,
        IProgress<RecordBenchmarkProgress>? progress = null,
        IScoreStore? saved = null)
    {
        options ??= new RecordBenchmarkOptions();
        var entrants = methods.Select(method => Entrant(method, plan.Name, options)).ToList();
        try
        {
            return RecordBenchmark.Run(
                source, plan, entrants, new GapScorer(null), options, saved, progress, TestContext.Current.CancellationToken);
        }
        finally
        {
            entrants.ForEach(entrant => entrant.Dispose());
        }
    }

    public static Entrant Entrant(RecoveryMethodInfo method, string plan, RecordBenchmarkOptions options) => new MethodEntrant(
        method,
        new RecoveryOptions { WindowSeconds = options.WindowSeconds, SelfTestGaps = options.SelfTestGaps },
        kind => options.IsSelfTested(plan, kind));

    public static RecoveryMethodInfo Constant(string name, float value) =>
        Method(name, (_, gaps, destination) => Filled(name, gaps, destination, value));

    public static RecoveryMethodInfo Method(string name, Fill fill, params string[] learnedFrom) =>
        new(name, "") { ForRecords = () => new OneMethod(name, fill, learnedFrom) };

    public static List<GapOutcome> Filled(string method, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, float value)
    {
        foreach (var gap in gaps)
            destination.Span[gap.ToRange()].Fill(value);
        return [.. gaps.Select(_ => new GapOutcome(method))];
    }

    private sealed class OneMethod(string name, Fill fill, IReadOnlyCollection<string> learnedFrom) : RecordRecoveryMethod
    {
        public override string Name => name;

        public override IReadOnlyCollection<string> LearnedFromRecords => learnedFrom;

        public override IReadOnlyList<GapOutcome> Fill(
            LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken) =>
            fill(lead, gaps, destination);
    }
}
