using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Result of <see cref="RecordBenchmark"/>.</summary>
/// <param name="Options">The gaps, and how they were recovered.</param>
/// <param name="Records">The records, in the order of the run.</param>
/// <param name="Bootstrap">Unit of the bootstrap; rows are gaps.</param>
/// <param name="Cells">One entry per kind of gaps.</param>
internal sealed record RecordBenchmarkResult(
    RecordBenchmarkOptions Options, IReadOnlyList<TestedRecord> Records, BootstrapUnit Bootstrap, IReadOnlyList<CellScores> Cells)
{
    /// <summary>Name of the records' split, as in <c>ds2</c>.</summary>
    public string Split { get; init; } = RecordSplit.All;

    /// <summary>Sampling frequency at which gaps were cut, in Hz; null where records differ.</summary>
    public double? SamplingFrequencyHz =>
        Records.Select(record => record.SamplingFrequencyHz).Distinct().ToList() is [var frequency] ? frequency : null;
}

/// <summary>A record that was tested.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Patient">Its patient.</param>
/// <param name="SamplingFrequencyHz">Sampling frequency at which gaps were cut.</param>
/// <param name="AreTogether">Whether all gaps of one length were missing together, at each length.</param>
internal sealed record TestedRecord(string Name, string Patient, double SamplingFrequencyHz, bool AreTogether);
