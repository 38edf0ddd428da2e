namespace EcgRecovery.Formats.Wfdb;

/// <summary>Options for opening WFDB records.</summary>
public sealed record WfdbReadOptions : RecordReadOptions
{
    /// <summary>
    /// The annotator whose annotations are read: the extension of the annotation file, which must exist. Default null: <c>atr</c> if there
    /// is such a file, otherwise no annotations.
    /// </summary>
    public string? Annotator { get; init; }

    /// <summary>Whether initial values and checksums are compared with the header, in one pass over the samples. Default true.</summary>
    public bool VerifyChecksums { get; init; } = true;
}
