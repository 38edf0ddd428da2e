using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Options of <see cref="GapFinder"/>: the causes and the thresholds, in seconds.</summary>
/// <remarks>The defaults were chosen on DS1 without 201 and 208, and on LUDB 1–160; docs/gaps.md gives reasons and error rates.</remarks>
public sealed record GapFinderOptions
{
    /// <summary>Only the spans that files state as missing; no sample is judged.</summary>
    public static GapFinderOptions Stated { get; } = new()
    {
        Causes = [MissingCause.Sentinel, MissingCause.NotANumber, MissingCause.NullSegment, MissingCause.TimeGap],
    };

    /// <summary>The causes to look for. Default: all.</summary>
    public IReadOnlyCollection<MissingCause> Causes { get; init; } = Enum.GetValues<MissingCause>();

    /// <summary>
    /// The shortest flat line, in seconds; up to ten times as long if the converter's steps are coarser than the signal's noise. Default 1:
    /// noisy signal stays within one step for at most 0.1 s. A dead start or end is shorter.
    /// </summary>
    public double FlatLineSeconds { get; init; } = 1;

    /// <summary>The shortest saturation, in seconds. Default 0.03: by chance, signal holds a value for at most 0.028 s.</summary>
    public double SaturationSeconds { get; init; } = 0.03;

    /// <summary>The shortest lost packet, in seconds. Default 0.05.</summary>
    public double ShortestPacketSeconds { get; init; } = 0.05;

    /// <summary>The longest repeated packet, in seconds. Default 2.</summary>
    public double LongestPacketSeconds { get; init; } = 2;

    /// <summary>Whether leads that are no voltages are judged too. Default false: a temperature, for example, may stay the same.</summary>
    public bool JudgeAnyUnit { get; init; }

    /// <summary>Whether leads in a converter's counts are judged: they are ECG where the recording has no voltage.</summary>
    internal bool JudgeCounts { get; init; }

    /// <summary>Returns whether a lead is judged by its samples.</summary>
    internal bool Judges(EcgLead lead) => JudgeAnyUnit || lead.IsVoltage || (JudgeCounts && lead.IsInCounts);
}
