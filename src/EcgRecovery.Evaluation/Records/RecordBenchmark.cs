using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Cuts the gaps of a plan from recordings, has all entrants recover them, and scores what comes back.</summary>
/// <remarks>
/// A method gets the leads with NaN in place of the samples of gaps, so that the truth is out of its reach. All entrants get the same gaps.
/// </remarks>
internal static class RecordBenchmark
{
    /// <summary>Draws the gaps of all records.</summary>
    /// <param name="source">The records.</param>
    /// <param name="options">Which gaps.</param>
    /// <param name="threads">Maximum number of threads.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <returns>The plan, without cells that no record has room for.</returns>
    /// <exception cref="InvalidDataException">A record is malformed, or has no such lead or no room for a gap.</exception>
    public static BenchmarkPlan Plan(RecordSource source, PlanOptions options, int threads, CancellationToken cancellationToken)
    {
        var maker = new PlanMaker(options);
        var records = new RecordPlan[source.Names.Count];
        RecordBenchmarkRun.ForEach(records.Length, threads, i => records[i] = maker.Make(source.Open(source.Names[i])), cancellationToken);
        int[] kept = [.. Enumerable.Range(0, options.Cells.Count).Where(cell => records.Any(record => record.Cells[cell].ScoredCount > 0))];
        if (kept.Length == 0)
            throw new InvalidDataException($"No record has room for a gap of the plan {options.Name}; expected longer ones.");
        return new BenchmarkPlan(
            options.Name,
            options.Split,
            options.Seed,
            options.FrequencyHz,
            [.. kept.Select(cell => options.Cells[cell])],
            [.. records.Select(record => record with { Cells = [.. kept.Select(cell => record.Cells[cell])] })]);
    }

    /// <summary>Runs a plan.</summary>
    /// <param name="source">The records.</param>
    /// <param name="plan">The gaps.</param>
    /// <param name="entrants">In the order of the tables.</param>
    /// <param name="scorer">What scores a gap.</param>
    /// <param name="options">How gaps are recovered and scored.</param>
    /// <param name="saved">What an earlier run has done, and where this one saves what it does; null for none.</param>
    /// <param name="progress">
    /// Receives a report after every cell of a record and entrant, from several threads; null = nobody listens.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="FileNotFoundException">A record does not exist.</exception>
    /// <exception cref="InvalidDataException">A record is malformed or not that of the plan, or an estimate is not finite.</exception>
    public static RecordBenchmarkResult Run(
        RecordSource source,
        BenchmarkPlan plan,
        IReadOnlyList<Entrant> entrants,
        GapScorer scorer,
        RecordBenchmarkOptions options,
        IScoreStore? saved = null,
        IProgress<RecordBenchmarkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        source.RefuseWithoutNoise(plan.Cells);
        var run = new RecordBenchmarkRun(source, plan, entrants, scorer, options, saved, progress, cancellationToken);
        var records = run.Test();
        // With one patient every resample would be the same.
        var unit = records.DistinctBy(record => record.Patient).Count() > 1 ? BootstrapUnit.Patient : BootstrapUnit.Row;
        var patients = (RecordSplit.IsOfOtherPatients(plan.Split) ? [] : records.Select(record => record.Patient))
            .ToHashSet(StringComparer.Ordinal);
        TestedMethod[] methods = [.. entrants.Select(entrant => new TestedMethod(entrant.Name, entrant.SawAny(patients)))];
        var scoring = new CellScoring(
            unit, options.SelfTestGaps, options.WindowSeconds, options.BootstrapResamples, options.Seed, options.Threads);
        return new RecordBenchmarkResult(
            plan,
            scoring,
            records,
            [
                .. plan.Cells.Select((kind, cell) => CellScores.Of(
                    kind,
                    [.. records.Select(record => new PatientAttempts(record.Patient, record.Cells[cell]))],
                    methods,
                    scoring,
                    cancellationToken)),
            ]);
    }
}

/// <summary>How far a benchmark is.</summary>
/// <param name="Done">Gaps that entrants have tried.</param>
/// <param name="DoneBefore">Those of them that an earlier run has tried.</param>
/// <param name="Total">Gaps of all records and cells, times entrants.</param>
/// <param name="Record">The record that was tested last.</param>
/// <param name="Method">The entrant that was tested last.</param>
internal sealed record RecordBenchmarkProgress(int Done, int DoneBefore, int Total, string Record, string Method);

/// <summary>Keeps what is done, so that a run that was stopped goes on where it was. Safe for concurrent calls.</summary>
internal interface IScoreStore
{
    /// <summary>Finds what was made of a record's cell; null where it is not done.</summary>
    /// <param name="record">Number of the record in the plan.</param>
    /// <param name="cell">Number of the cell in the plan.</param>
    CellAttempts? Find(int record, int cell);

    /// <summary>Saves what was made of a record's cell.</summary>
    void Add(int record, int cell, CellAttempts attempts);
}
