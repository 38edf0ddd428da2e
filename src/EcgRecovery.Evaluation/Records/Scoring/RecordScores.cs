namespace EcgRecovery.Evaluation.Records.Scoring;

/// <summary>What all entrants made of the gaps of one cell in one record.</summary>
/// <param name="Gaps">The gaps, in the order of the plan.</param>
/// <param name="Rhythms">Of each lead whose gaps are missing together, its rhythm.</param>
internal sealed record CellAttempts(IReadOnlyList<TestedGap> Gaps, IReadOnlyList<RhythmScore> Rhythms);

/// <summary>What all entrants made of the gaps of one record.</summary>
/// <param name="Record">Name of the record.</param>
/// <param name="Patient">Its patient.</param>
/// <param name="Cells">One entry per cell of the plan.</param>
internal sealed record RecordScores(string Record, string Patient, IReadOnlyList<CellAttempts> Cells);
