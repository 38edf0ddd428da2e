using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>What <see cref="GapFinder"/> looks for, and its thresholds, in seconds, so that they hold at any sampling frequency.</summary>
/// <remarks>The reasons for the defaults, and what they cost and find, are in docs/gaps.md; all were measured on DS1 without 201 and 208.</remarks>
public sealed record GapFinderOptions
{
    /// <summary>Only what files say themselves is missing; no sample is judged.</summary>
    public static GapFinderOptions Stated { get; } = new()
    {
        Causes = [MissingCause.Sentinel, MissingCause.NotANumber, MissingCause.NullSegment, MissingCause.TimeGap],
    };

    /// <summary>The causes to look for. Default: all.</summary>
    public IReadOnlyCollection<MissingCause> Causes { get; init; } = Enum.GetValues<MissingCause>();

    /// <summary>
    /// From this long on, in seconds, an unchanged value is a flat line; ten times as long where the converter's steps are coarser than the signal's noise.
    /// Default 1: with noise, signal stays within one step for 0.1 s at most.
    /// </summary>
    public double FlatLineSeconds { get; init; } = 1;

    /// <summary>From this long on, in seconds, an end of the range held is saturation. Default 0.03: the longest that signal holds any value by chance is 0.028 s.</summary>
    public double SaturationSeconds { get; init; } = 0.03;

    /// <summary>The shortest packet, in seconds, whose loss is looked for. Default 0.05.</summary>
    public double ShortestPacketSeconds { get; init; } = 0.05;

    /// <summary>The longest packet, in seconds, whose repetition is looked for. Default 2.</summary>
    public double LongestPacketSeconds { get; init; } = 2;

    /// <summary>Whether leads that are no voltage are judged too; a temperature may well stay the same. Default false.</summary>
    public bool JudgeAnyUnit { get; init; }
}
