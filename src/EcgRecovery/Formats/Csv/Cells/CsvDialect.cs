namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The delimiter and the decimal point of a CSV.</summary>
/// <param name="Delimiter">The character between cells; a blank stands for any run of blanks and tabs.</param>
/// <param name="DecimalPoint"><c>.</c> or <c>,</c>.</param>
internal readonly record struct CsvDialect(byte Delimiter, byte DecimalPoint);
