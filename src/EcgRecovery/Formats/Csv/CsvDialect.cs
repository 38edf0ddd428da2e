namespace EcgRecovery.Formats.Csv;

/// <summary>What separates the cells of a CSV, and the whole from the fraction of its numbers.</summary>
/// <param name="Delimiter">The character between cells; a blank stands for any run of blanks and tabs.</param>
/// <param name="DecimalPoint"><c>.</c> or <c>,</c>.</param>
internal readonly record struct CsvDialect(byte Delimiter, byte DecimalPoint);
