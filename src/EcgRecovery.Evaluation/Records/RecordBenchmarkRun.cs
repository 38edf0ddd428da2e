using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records;

/// <summary>A run of <see cref="RecordBenchmark"/>: tests one lead after the other and keeps the scores of every gap.</summary>
/// <param name="methods">The methods; each thread has its own.</param>
/// <param name="options">The gaps, and how they are recovered.</param>
/// <param name="leadCount">Number of leads to come.</param>
/// <param name="progress">Receives a report after every gap; null = nobody listens.</param>
/// <param name="cancellationToken">Cancels between gaps.</param>
internal sealed class RecordBenchmarkRun(
    IReadOnlyList<ThreadLocal<RecordRecoveryMethod>> methods,
    RecordBenchmarkOptions options,
    int leadCount,
    IProgress<RecordBenchmarkProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly List<TestedGap>[] _cells = [.. options.Kinds.Select(_ => new List<TestedGap>())];
    private readonly List<TestedRecord> _records = [];
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
    private int _done;

    /// <summary>Cuts, recovers and scores all gaps of a lead.</summary>
    public void Test(TestedLead lead)
    {
        var together = 0;
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var plan = RecordGapPlan.Make(lead, options.Kinds[cell], options);
            together += plan.AreTogether ? 1 : 0;
            var attempts = methods.Select(method => Try(lead, plan, method)).ToList();
            for (var i = 0; i < plan.Gaps.Count; i++)
                _cells[cell].Add(new TestedGap(lead.Patient, [.. attempts.Select(attempt => attempt[i])]));
        }

        _records.Add(new TestedRecord(lead.Record, lead.Patient, lead.SamplingFrequencyHz, AreTogether: together == _cells.Length));
    }

    /// <summary>Returns the scores of the leads tested so far.</summary>
    public RecordBenchmarkResult Result()
    {
        // With one patient every resample would be the same.
        var unit = _records.DistinctBy(record => record.Patient).Count() > 1 ? BootstrapUnit.Patient : BootstrapUnit.Row;
        var patients = _records.Select(record => record.Patient).ToHashSet(StringComparer.Ordinal);
        var tested = methods.Select(method => TestedMethod.Of(method.Value!, patients)).ToList();
        return new RecordBenchmarkResult(
            options,
            _records,
            unit,
            [.. _cells.Select((gaps, cell) => CellScores.Of(options.Kinds[cell], gaps, tested, unit, options, cancellationToken))]);
    }

    private GapAttempt[] Try(TestedLead lead, RecordGapPlan plan, ThreadLocal<RecordRecoveryMethod> method)
    {
        var filled = plan.AreTogether ? FillTogether(lead, plan.Gaps, method.Value!) : FillOneByOne(lead, plan.Gaps, method);
        var attempts = new GapAttempt[filled.Length];
        Parallel.For(0, filled.Length, _parallel, Score);
        return attempts;

        void Score(int i) => attempts[i] = GapAttempt.Of(lead, filled[i], method.Value!.Name, options.HasIntervals);
    }

    private FilledGap[] FillTogether(TestedLead lead, IReadOnlyList<SampleSpan> gaps, RecordRecoveryMethod method)
    {
        var filled = new List<FilledGap>(gaps.Count);
        Fill(lead, gaps, method, options.Threads, filled.Add);
        return [.. filled];
    }

    private FilledGap[] FillOneByOne(TestedLead lead, IReadOnlyList<SampleSpan> gaps, ThreadLocal<RecordRecoveryMethod> method)
    {
        var filled = new FilledGap[gaps.Count];
        Parallel.For(0, gaps.Count, _parallel, i => Fill(lead, [gaps[i]], method.Value!, threads: 1, gap => filled[i] = gap));
        return filled;
    }

    /// <summary>Fills gaps by the product's own way from a lead to a filled lead.</summary>
    private void Fill(TestedLead lead, IReadOnlyList<SampleSpan> gaps, RecordRecoveryMethod method, int threads, Action<FilledGap> receive)
    {
        var recovery = new RecoveryOptions
        {
            WindowSeconds = options.WindowSeconds,
            SelfTestGaps = options.SelfTestGaps,
            Threads = threads,
        };
        new TestedRecovery(lead.Cut(gaps), gaps, recovery, cancellationToken).Run(method, Receive, done: null);

        void Receive(IReadOnlyList<FilledGap> some)
        {
            var total = leadCount * _cells.Length * options.GapsPerRecord * methods.Count;
            foreach (var gap in some)
            {
                receive(gap);
                progress?.Report(new RecordBenchmarkProgress(Interlocked.Increment(ref _done), total, lead.Record, method.Name));
            }
        }
    }
}

/// <summary>A gap that all methods have tried.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Attempts">[methods].</param>
internal sealed record TestedGap(string Patient, IReadOnlyList<GapAttempt> Attempts);

/// <summary>What one method made of one gap.</summary>
/// <param name="Score">The score of its estimate, also where a self-test leaves the gap missing; null where it has none.</param>
/// <param name="IsBySimplerMethod">Whether the method left the gap to a simpler one, whose samples are scored.</param>
/// <param name="Judgement">What users get of the estimate; null where there is none, or no self-test.</param>
internal sealed record GapAttempt(GapScore? Score, bool IsBySimplerMethod, GapJudgement? Judgement = null)
{
    /// <summary>Scores a gap that a method has tried.</summary>
    /// <param name="lead">The true lead.</param>
    /// <param name="filled">The gap.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="hasIntervals">Whether there was a self-test.</param>
    /// <exception cref="InvalidDataException">A recovered sample is not finite.</exception>
    public static GapAttempt Of(TestedLead lead, FilledGap filled, string method, bool hasIntervals)
    {
        if (filled.Samples.Length == 0)
            return new GapAttempt(null, IsBySimplerMethod: false);
        var at = filled.Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            var (sample, value) = (filled.Span.Start + at, filled.Samples[at]);
            throw new InvalidDataException(
                $"{method} recovers sample {sample} of record {lead.Record} as {value}; expected a finite number.");
        }

        return new GapAttempt(
            GapScore.Of(lead, filled.Span, filled.Samples),
            filled.Estimate.Reason.Length > 0,
            hasIntervals ? GapJudgement.Of(lead, filled) : null);
    }
}
