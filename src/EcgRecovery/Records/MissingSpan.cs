namespace EcgRecovery.Records;

/// <summary>Why samples are missing, or are taken for no signal.</summary>
public enum MissingCause
{
    /// <summary>The file holds its format's value for "no sample".</summary>
    Sentinel,

    /// <summary>The file holds an empty cell, <c>NaN</c> or <c>-</c>.</summary>
    NotANumber,

    /// <summary>A multi-segment record has no samples here: a null segment, or a segment without this lead.</summary>
    NullSegment,

    /// <summary>The recorder was off: the file's times jump.</summary>
    TimeGap,

    /// <summary>Samples are there but do not change: an electrode is off, or the amplifier blocked.</summary>
    FlatLine,

    /// <summary>Samples are there but stick to an end of the converter's range.</summary>
    Saturation,

    /// <summary>Samples are there but a packet's length of them holds one value or repeats the packet before.</summary>
    PacketLoss,
}

/// <summary>A run of missing samples of one lead and why they are missing.</summary>
/// <param name="Span">The samples, counted in the lead's own samples.</param>
/// <param name="Cause">Why.</param>
public readonly record struct MissingSpan(SampleSpan Span, MissingCause Cause)
{
    /// <summary>Whether the file itself says that nothing was recorded; otherwise it is a judgement of the samples.</summary>
    public bool IsStated => Cause <= MissingCause.TimeGap;
}
