using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>A column that may hold the times of the rows.</summary>
/// <param name="Column">The column, counted from 0.</param>
/// <param name="Name">Its name, for remarks.</param>
/// <param name="Time">The form of its times.</param>
/// <param name="Guess">What was assumed about its times, as a remark; null if nothing was.</param>
internal sealed record CsvTimeCandidate(int Column, string Name, CsvTime Time, string? Guess = null);
