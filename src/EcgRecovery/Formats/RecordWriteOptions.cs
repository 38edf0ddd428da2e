namespace EcgRecovery.Formats;

/// <summary>What may be chosen when a recording is written.</summary>
public sealed record RecordWriteOptions
{
    /// <summary>WFDB: the signal format, as in 212; null = that of least size that holds every sample.</summary>
    public int? WfdbSignalFormat { get; init; }

    /// <summary>EDF: leave out what all leads miss for whole data records (EDF+D) instead of writing it without signal (EDF+C). Default false: EDFbrowser, for one, shows no EDF+D.</summary>
    public bool EdfTimeGaps { get; init; }

    /// <summary>CSV: write a time column. Default true.</summary>
    public bool CsvTime { get; init; } = true;

    /// <summary>CSV: the character between cells.</summary>
    public char CsvDelimiter { get; init; } = ',';

    /// <summary>CSV: the decimal point.</summary>
    public char CsvDecimalPoint { get; init; } = '.';
}
