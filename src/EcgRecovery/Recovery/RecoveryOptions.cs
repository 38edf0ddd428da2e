using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>Options for recovering signals. The defaults suit most signals.</summary>
public record RecoveryOptions
{
    /// <summary>The default of <see cref="Method"/>.</summary>
    public const string DefaultMethod = "record";

    /// <summary>
    /// The default of <see cref="MaximumGapSeconds"/>: of the beats in gaps of 2 s, <c>similar</c> places 63 % within 20 ms, in gaps of 5 s
    /// 32 % (20 records of MIT-BIH DS1).
    /// </summary>
    public const double DefaultMaximumGapSeconds = 2;

    /// <summary>
    /// The default of <see cref="MaximumGapFromLeadsSeconds"/>: with one lead lost of two, 97 % of the R peaks in gaps of 30 s lie within
    /// 20 ms (20 records of MIT-BIH DS1).
    /// </summary>
    public const double DefaultMaximumGapFromLeadsSeconds = 30;

    /// <summary>
    /// The default of <see cref="WindowSeconds"/>: errors are 3 % smaller than with five minutes, and nearly those of half an hour.
    /// </summary>
    public const double DefaultWindowSeconds = 900;

    /// <summary>The default of <see cref="SelfTestGaps"/>.</summary>
    public const int DefaultSelfTestGaps = 80;

    /// <summary>The default of <see cref="IntervalLevel"/>.</summary>
    public const double DefaultIntervalLevel = 0.95;

    /// <summary>The levels that intervals can have.</summary>
    public static IReadOnlyList<double> IntervalLevels { get; } = [0.5, 0.8, 0.95];

    /// <summary>Name of a method or of a shipped model (see <c>RecoveryMethods</c>), or a model file.</summary>
    public string Method { get; init; } = DefaultMethod;

    /// <summary>A method of one's own, in place of <see cref="Method"/>; null for that one.</summary>
    public GapMethod? OwnMethod { get; init; }

    /// <summary>Which estimate of the lost samples is wanted; not every method has a placed one.</summary>
    public RecoveryEstimate Estimate { get; init; }

    /// <summary>
    /// The longest gap that is recovered from its own lead, in seconds; longer gaps stay missing, unless another lead survives. Null for no
    /// limit.
    /// </summary>
    public double? MaximumGapSeconds { get; init; } = DefaultMaximumGapSeconds;

    /// <summary>The longest gap that is recovered from other leads, in seconds. Null for no limit.</summary>
    public double? MaximumGapFromLeadsSeconds { get; init; } = DefaultMaximumGapFromLeadsSeconds;

    /// <summary>How much of the signal before a gap, and after it, a method looks at, in seconds. Memory and time grow with it.</summary>
    public double WindowSeconds { get; init; } = DefaultWindowSeconds;

    /// <summary>
    /// How many observed stretches of each length of gap and lead are hidden and recovered, to learn from the recording itself how large
    /// the errors are: for the intervals, and to leave missing what cannot be recovered. 0 for no such test: no intervals but those that a
    /// model has of its own, and every gap that the method can fill is filled.
    /// </summary>
    public int SelfTestGaps { get; init; } = DefaultSelfTestGaps;

    /// <summary>The probability that a true sample lies within its interval; one of <see cref="IntervalLevels"/>.</summary>
    public double IntervalLevel { get; init; } = DefaultIntervalLevel;

    /// <summary>Maximum number of threads. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Throws for a number out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The longest gap or the window is not above 0, the number of hidden gaps is below 0, or there is no such level.
    /// </exception>
    internal void Check()
    {
        if (MaximumGapSeconds is { } longest && !(longest > 0))
            throw new ArgumentOutOfRangeException(nameof(MaximumGapSeconds), longest, "The longest gap must be above 0 s.");
        if (MaximumGapFromLeadsSeconds is { } fromLeads && !(fromLeads > 0))
            throw new ArgumentOutOfRangeException(nameof(MaximumGapFromLeadsSeconds), fromLeads, "The longest gap must be above 0 s.");
        if (!(WindowSeconds > 0))
            throw new ArgumentOutOfRangeException(nameof(WindowSeconds), WindowSeconds, "The window must be above 0 s.");
        ArgumentOutOfRangeException.ThrowIfNegative(SelfTestGaps);
        if (!IntervalLevels.Contains(IntervalLevel))
        {
            throw new ArgumentOutOfRangeException(
                nameof(IntervalLevel), IntervalLevel, $"The level must be one of {string.Join(", ", IntervalLevels)}.");
        }
    }

    /// <summary>Returns why a run of missing samples is left missing without trying; empty where it is to be recovered.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sampleCount">Samples of the lead.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="fromLeads">Whether another lead is observed through the run, or has been used.</param>
    internal string ReasonToLeave(SampleSpan run, long sampleCount, double samplingFrequencyHz, bool fromLeads)
    {
        if (run.Length == sampleCount)
            return "no sample is observed";
        var seconds = run.Length / samplingFrequencyHz;
        if (!(seconds > MaximumGapSeconds) || (fromLeads && !(seconds > MaximumGapFromLeadsSeconds)))
            return "";
        return FormattableString.Invariant($"longer than {(fromLeads ? MaximumGapFromLeadsSeconds : MaximumGapSeconds)} s");
    }
}
