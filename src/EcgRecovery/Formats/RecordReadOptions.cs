namespace EcgRecovery.Formats;

/// <summary>What may be said when a recording is opened; every default suits most files.</summary>
public sealed record RecordReadOptions
{
    /// <summary>WFDB: the annotator whose annotations are the record's, the extension of its file; none where the file does not exist and this is the default.</summary>
    public string Annotator { get; init; } = "atr";

    /// <summary>WFDB: compare initial values and checksums with the header, by one pass over the samples. Default true.</summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>CSV: samples a second; null = from the time column. Needed where there is none.</summary>
    public double? CsvSamplingFrequencyHz { get; init; }

    /// <summary>CSV: the unit of values whose header names none. Default mV.</summary>
    public string CsvUnit { get; init; } = "mV";

    /// <summary>CSV: the character between cells; null = detected.</summary>
    public char? CsvDelimiter { get; init; }

    /// <summary>CSV: the decimal point; null = detected.</summary>
    public char? CsvDecimalPoint { get; init; }
}
