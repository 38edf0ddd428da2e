namespace EcgRecovery.Formats;

/// <summary>What may be said when a recording is opened; every default suits most files.</summary>
public sealed record RecordReadOptions
{
    /// <summary>WFDB: the annotator whose annotations are the record's, the extension of its file, which must exist; null = <c>atr</c> where there is such a file, otherwise none.</summary>
    public string? Annotator { get; init; }

    /// <summary>WFDB: compare initial values and checksums with the header, by one pass over the samples. Default true.</summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>CSV and MATLAB files: samples a second; null = as the file says. Needed where it does not: no time column, no header beside it.</summary>
    public double? SamplingFrequencyHz { get; init; }

    /// <summary>CSV and MATLAB files: the unit of values for which no header names one. Default mV.</summary>
    public string CsvUnit { get; init; } = "mV";

    /// <summary>CSV: the character between cells; null = detected.</summary>
    public char? CsvDelimiter { get; init; }

    /// <summary>CSV: the decimal point; null = detected.</summary>
    public char? CsvDecimalPoint { get; init; }
}
