namespace EcgRecovery.Formats.Wfdb;

/// <summary>Options for writing WFDB records.</summary>
public sealed record WfdbWriteOptions : RecordWriteOptions
{
    /// <summary>The signal format, as in 212. Default null: the smallest of 212, 16, 24 and 32 that holds every sample.</summary>
    public int? SignalFormat { get; init; }
}
