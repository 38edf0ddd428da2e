namespace EcgRecovery.Formats;

/// <summary>What may be chosen when a recording is written.</summary>
public sealed record RecordWriteOptions
{
    /// <summary>WFDB: the signal format, as in 212; null = that of least size that holds every sample.</summary>
    public int? WfdbSignalFormat { get; init; }

    /// <summary>EDF: leave time gaps of all leads out (EDF+D) instead of writing data records without signal (EDF+C). Default true.</summary>
    public bool EdfTimeGaps { get; init; } = true;

    /// <summary>CSV: write a time column. Default true.</summary>
    public bool CsvTime { get; init; } = true;

    /// <summary>CSV: the character between cells.</summary>
    public char CsvDelimiter { get; init; } = ',';

    /// <summary>CSV: the decimal point.</summary>
    public char CsvDecimalPoint { get; init; } = '.';
}
