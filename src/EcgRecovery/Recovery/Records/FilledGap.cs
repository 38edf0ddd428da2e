using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>The samples that a method estimated for one gap.</summary>
/// <param name="Span">The gap.</param>
/// <param name="Outcome">What the method did with it.</param>
/// <param name="Samples">[length of the gap]; empty where the method has no estimate.</param>
internal sealed record FilledGap(SampleSpan Span, GapOutcome Outcome, float[] Samples)
{
    /// <summary>What the method did with the gap, whatever became of it later: see <see cref="Leave"/>.</summary>
    public GapOutcome Estimate { get; } = Outcome;

    /// <summary>
    /// [length of the gap]: the method's own samples, also where users get a straight line instead; empty without an estimate.
    /// </summary>
    public float[] EstimatedSamples { get; } = Samples;

    /// <summary>
    /// [length of the gap]: the straight line across it, see <see cref="Signals.MissingRuns.Line"/>; empty without samples.
    /// </summary>
    public float[] Line { get; init; } = [];

    /// <summary>The R peaks of the filled lead in the gap and beside it, ascending, in the lead's own samples.</summary>
    public IReadOnlyList<long> PeaksAround { get; init; } = [];

    /// <summary>Height of the signal around the gap, see <see cref="GapView.Height"/>; NaN where it is not known.</summary>
    public double Height { get; init; } = double.NaN;

    /// <summary>Why the signal around the gap is nothing to recover from; null where it is.</summary>
    public string? Doubt { get; init; }

    /// <summary>The interval of the level that was asked for; null where there is none.</summary>
    public GapInterval? Interval { get; init; }

    /// <summary>The intervals of all levels, lowest first; those that too few hidden gaps allow are left out.</summary>
    public IReadOnlyList<GapInterval> Intervals { get; init; } = [];

    /// <summary>The recovered R peaks; empty where the gap is left missing.</summary>
    public IReadOnlyList<RecoveredRPeak> RPeaks { get; init; } = [];

    /// <summary>Returns the samples of a part of a filled gap.</summary>
    public float[] SamplesOf(SampleSpan part) => Samples[part.Shift(-Span.Start).ToRange()];

    /// <summary>Returns a part of the gap as users get it.</summary>
    public RecoveredGap ToGap(SampleSpan part)
    {
        var inside = part.Shift(-Span.Start).ToRange();
        return new RecoveredGap(part, Outcome.Method, Outcome.Reason)
        {
            IntervalWidth = Interval is { } interval && Outcome.IsFilled
                ? new GapInterval(interval.Level, interval.Lower[inside], interval.Upper[inside]).Width
                : null,
            RPeaks = RPeaks.Where(peak => part.Contains(peak.Sample)).ToArray(),
        };
    }

    /// <summary>Returns the gap as left missing. Its samples stay here, for those who measure what would have been filled.</summary>
    public FilledGap Leave(string reason) => this with { Outcome = GapOutcome.Left(reason), RPeaks = [] };
}

/// <summary>The bounds of a gap's samples.</summary>
/// <param name="Level">The probability that a true sample lies between its bounds.</param>
/// <param name="Lower">[length of the gap].</param>
/// <param name="Upper">[length of the gap].</param>
internal sealed record GapInterval(double Level, float[] Lower, float[] Upper)
{
    /// <summary>Mean of upper − lower.</summary>
    public double Width
    {
        get
        {
            var sum = 0.0;
            for (var t = 0; t < Lower.Length; t++)
                sum += (double)Upper[t] - Lower[t];
            return sum / Lower.Length;
        }
    }
}
