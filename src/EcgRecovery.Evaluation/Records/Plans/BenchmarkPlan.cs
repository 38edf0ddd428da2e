namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>The gaps of one cell in one record.</summary>
/// <param name="Cuts">The cuts; those of one cut are missing together. Empty where the cell does not apply to the record.</param>
internal sealed record CellPlan(IReadOnlyList<GapCut> Cuts)
{
    /// <summary>Number of gaps that are scored.</summary>
    public int ScoredCount => Cuts.Sum(cut => cut.ScoredCount);

    /// <summary>Whether the gaps of a lead are missing at the same time, not each by itself.</summary>
    public bool AreTogether => Cuts.Count == 1 || Cuts.Any(cut => cut.Lost.Any(lost => lost.Scored.Count > 1));
}

/// <summary>The gaps of all cells in one record.</summary>
/// <param name="Record">Name of the record.</param>
/// <param name="SamplingFrequencyHz">Samples per second, as the gaps count them.</param>
/// <param name="SampleCount">Samples of each lead.</param>
/// <param name="Cells">One entry per cell of the plan.</param>
internal sealed record RecordPlan(string Record, double SamplingFrequencyHz, long SampleCount, IReadOnlyList<CellPlan> Cells);

/// <summary>What is cut from which recordings: all that decides which samples are lost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Split">Name of the records' split, as in <c>ds2</c>.</param>
/// <param name="Seed">Seed of the places, and of the bootstrap.</param>
/// <param name="FrequencyHz">Frequency to which records are resampled before gaps are cut, in Hz; null for their own.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Records">The records.</param>
internal sealed record BenchmarkPlan(
    string Name, string Split, int Seed, double? FrequencyHz, IReadOnlyList<CellKind> Cells, IReadOnlyList<RecordPlan> Records);
