using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>Result of a benchmark.</summary>
/// <param name="Plan">The gaps.</param>
/// <param name="Scoring">How they were recovered and scored.</param>
/// <param name="Records">The scores of every gap, in the order of the plan.</param>
/// <param name="Cells">One entry per cell of the plan.</param>
internal sealed record RecordBenchmarkResult(
    BenchmarkPlan Plan, CellScoring Scoring, IReadOnlyList<RecordScores> Records, IReadOnlyList<CellScores> Cells)
{
    /// <summary>Sampling frequency at which gaps were cut, in Hz; null where records differ.</summary>
    public double? SamplingFrequencyHz =>
        Plan.Records.Select(record => record.SamplingFrequencyHz).Distinct().ToList() is [var frequency] ? frequency : null;

    /// <summary>The methods, in the order of the tables.</summary>
    public IReadOnlyList<TestedMethod> Methods => [.. Cells[0].Methods.Select(score => score.Method)];

    /// <summary>The cells that differ in length only, in the order of the plan.</summary>
    public IReadOnlyList<CellGroup> Groups =>
        [.. Cells.GroupBy(cell => cell.Kind.Group).Select(group => new CellGroup(group.Key, [.. group]))];
}

/// <summary>Cells that differ in length only.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Cells">The cells.</param>
internal sealed record CellGroup(string Name, IReadOnlyList<CellScores> Cells);

/// <summary>How gaps were recovered and scored.</summary>
/// <param name="Bootstrap">Unit of the bootstrap; rows are gaps.</param>
/// <param name="SelfTestGaps">Number of hidden gaps in the self-test, from which gaps have intervals; 0 for none.</param>
/// <param name="WindowSeconds">How much of the signal before a gap, and after it, a method looks at.</param>
/// <param name="BootstrapResamples">Number of bootstrap resamples.</param>
/// <param name="Seed">Seed of the bootstrap.</param>
/// <param name="Threads">Maximum number of threads.</param>
internal sealed record CellScoring(
    BootstrapUnit Bootstrap, int SelfTestGaps, double WindowSeconds, int BootstrapResamples, int Seed, int Threads);
