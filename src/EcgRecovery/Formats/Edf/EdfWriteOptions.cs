namespace EcgRecovery.Formats.Edf;

/// <summary>Options for writing EDF+ and BDF+ files.</summary>
public sealed record EdfWriteOptions : RecordWriteOptions
{
    /// <summary>
    /// Whether time gaps that all leads share are skipped for whole data records (EDF+D) instead of being written without signal (EDF+C).
    /// Default false: some programs, EDFbrowser among them, do not show EDF+D.
    /// </summary>
    public bool TimeGaps { get; init; }
}
