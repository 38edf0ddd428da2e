namespace EcgRecovery.Records;

/// <summary>Why samples are missing, or are taken for no signal.</summary>
public enum MissingCause
{
    /// <summary>The file has its format's value for "no sample".</summary>
    Sentinel,

    /// <summary>The file has an empty cell, <c>NaN</c> or <c>-</c>.</summary>
    NotANumber,

    /// <summary>A multi-segment record has a null segment here, a segment without this lead, or one whose files are absent.</summary>
    NullSegment,

    /// <summary>The file's times jump: the recorder was off.</summary>
    TimeGap,

    /// <summary>The samples do not change: an electrode is off, or the amplifier blocked.</summary>
    FlatLine,

    /// <summary>The samples stay at an end of the converter's range.</summary>
    Saturation,

    /// <summary>A packet's length of samples has one value or repeats the packet before it.</summary>
    PacketLoss,
}

/// <summary>A run of missing samples of one lead and why they are missing.</summary>
/// <param name="Span">The samples, counted in the lead's own samples.</param>
/// <param name="Cause">Why.</param>
public readonly record struct MissingSpan(SampleSpan Span, MissingCause Cause)
{
    /// <summary>Whether the file itself states that the samples are missing; otherwise it is judged from the samples.</summary>
    public bool IsStated => Cause <= MissingCause.TimeGap;
}
