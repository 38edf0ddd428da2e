namespace EcgRecovery.Formats.Csv;

/// <summary>Options for writing recordings in CSV.</summary>
public sealed record CsvWriteOptions : RecordWriteOptions
{
    /// <summary>Whether a time column is written. Default true.</summary>
    public bool Time { get; init; } = true;

    /// <summary>
    /// The character between cells: <c>, ; |</c>, a tab or a blank. The default, a comma, becomes a tab in <c>.tsv</c> and <c>;</c> beside
    /// decimal commas.
    /// </summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The decimal point, <c>.</c> or <c>,</c>. Default <c>.</c>.</summary>
    public char DecimalPoint { get; init; } = '.';
}
