using System.Runtime.ExceptionServices;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Records;

/// <summary>A run of <see cref="RecordBenchmark"/>: tests the records and keeps the scores of every gap.</summary>
/// <remarks>Records are tested side by side; where there are fewer records than threads, gaps are too.</remarks>
/// <param name="source">The records.</param>
/// <param name="plan">The gaps.</param>
/// <param name="entrants">The entrants.</param>
/// <param name="scorer">What scores a gap.</param>
/// <param name="options">The threads.</param>
/// <param name="saved">What is done already; null for nothing.</param>
/// <param name="progress">Receives a report after every cell of a record and entrant; null = nobody listens.</param>
/// <param name="cancellationToken">Cancels.</param>
internal sealed class RecordBenchmarkRun(
    RecordSource source,
    BenchmarkPlan plan,
    IReadOnlyList<Entrant> entrants,
    GapScorer scorer,
    RecordBenchmarkOptions options,
    IScoreStore? saved,
    IProgress<RecordBenchmarkProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly int _total = entrants.Count * plan.Records.Sum(record => record.Cells.Sum(cell => cell.ScoredCount));
    private readonly int _innerThreads = Math.Max(1, options.Threads / plan.Records.Count);
    private int _done;
    private int _doneBefore;

    /// <summary>Runs an action for each number below a count, on several threads. The first error is thrown as it is.</summary>
    public static void ForEach(int count, int threads, Action<int> action, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, action);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }

    /// <summary>Cuts, recovers and scores all gaps.</summary>
    public IReadOnlyList<RecordScores> Test()
    {
        var records = new RecordScores[plan.Records.Count];
        ForEach(records.Length, options.Threads, i => records[i] = Test(i), cancellationToken);
        return records;
    }

    private RecordScores Test(int number)
    {
        var planned = plan.Records[number];
        var record = source.Open(planned);
        var noisy = new Dictionary<CellNoise, TestedRecord>();
        return new RecordScores(
            record.Name,
            record.Leads[0].Patient,
            [
                .. plan.Cells.Select((kind, cell) =>
                    saved?.Find(number, cell) is { } done ? Skip(done) : TestCell(number, cell, Noisy(kind))),
            ]);

        TestedRecord Noisy(CellKind kind)
        {
            if (kind.Noise is null)
                return record;
            if (!noisy.TryGetValue(kind.Noise, out var disturbed))
                noisy.Add(kind.Noise, disturbed = source.WithNoise(record, kind.Noise, plan.Seed));
            return disturbed;
        }
    }

    private CellAttempts Skip(CellAttempts done)
    {
        Interlocked.Add(ref _doneBefore, done.Gaps.Count * entrants.Count);
        Interlocked.Add(ref _done, done.Gaps.Count * entrants.Count);
        return done;
    }

    private CellAttempts TestCell(int number, int cell, TestedRecord record)
    {
        var planned = plan.Records[number].Cells[cell];
        // Gaps that are cut one at a time are independent of each other.
        var cuts = new IReadOnlyList<TestedGap>[planned.Cuts.Count];
        var (outer, inner) = planned.AreTogether ? (1, _innerThreads) : (_innerThreads, 1);
        ForEach(cuts.Length, outer, Cut, cancellationToken);
        var rhythms = planned.AreTogether ? cuts.SelectMany((gaps, i) => Rhythms(record, planned.Cuts[i], gaps)) : [];
        var attempts = new CellAttempts([.. cuts.SelectMany(gaps => gaps)], [.. rhythms]);
        saved?.Add(number, cell, attempts);
        return attempts;

        void Cut(int i) => cuts[i] = TestCut(record, planned.Cuts[i], new CutPlace(plan.Cells[cell], i, cuts.Length), inner);
    }

    private IReadOnlyList<TestedGap> TestCut(TestedRecord record, GapCut cut, CutPlace place, int threads)
    {
        var attempts = entrants.Select(entrant => Try(entrant, record, cut, place, threads)).ToList();
        return
        [
            .. cut.Lost.SelectMany(lost => lost.Scored.Select(gap => (lost.Lead, Gap: gap))).Select((scored, i) => new TestedGap(
                scored.Lead,
                scored.Gap,
                scored.Gap.Length / record.SamplingFrequencyHz,
                record.Leads[scored.Lead].ClassOf(scored.Gap),
                [.. attempts.Select(attempt => attempt[i])])),
        ];
    }

    private GapAttempt[] Try(Entrant entrant, TestedRecord record, GapCut cut, CutPlace place, int threads)
    {
        var estimates = entrant.Fill(record, cut, place, threads, cancellationToken);
        var attempts = new GapAttempt[estimates.Count];
        ForEach(attempts.Length, threads, i => attempts[i] = estimates[i].Score(record, scorer, entrant.Name), cancellationToken);
        var done = Interlocked.Add(ref _done, attempts.Length);
        progress?.Report(new RecordBenchmarkProgress(done, _doneBefore, _total, record.Name, entrant.Name));
        return attempts;
    }

    private List<RhythmScore> Rhythms(TestedRecord record, GapCut cut, IReadOnlyList<TestedGap> gaps) =>
    [
        .. cut.Lost.Where(lost => lost.Scored.Count > 0)
            .Select(lost => RhythmScore.Of(
                record.Leads[lost.Lead], lost.Gaps, [.. gaps.Where(gap => gap.Lead == lost.Lead)], entrants.Count))
            .OfType<RhythmScore>(),
    ];
}
