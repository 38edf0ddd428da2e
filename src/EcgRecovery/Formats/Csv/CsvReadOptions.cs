namespace EcgRecovery.Formats.Csv;

/// <summary>Options for opening recordings in CSV.</summary>
public sealed record CsvReadOptions : RecordReadOptions
{
    /// <summary>
    /// Samples per second. Default null: from the time column, or from a line above the rows; needed if the file has neither.
    /// </summary>
    public double? SamplingFrequencyHz { get; init; }

    /// <summary>The unit of leads whose heading names none. Default mV.</summary>
    public string Unit { get; init; } = "mV";

    /// <summary>The character between cells. Default null: detected.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal point, <c>.</c> or <c>,</c>. Default null: detected.</summary>
    public char? DecimalPoint { get; init; }
}
