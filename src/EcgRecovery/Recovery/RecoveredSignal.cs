using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>The result of a recovery: every sample with its origin and its interval.</summary>
/// <remarks>A signal is one lead, [N], or rows of heartbeats one after the other, [rows · 187].</remarks>
public sealed class RecoveredSignal
{
    /// <summary>
    /// Name of the method that was asked for, as in <c>linear</c>, or the model file. A gap that a simpler method recovered has that one's
    /// name in <see cref="RecoveredGap.Method"/>.
    /// </summary>
    public required string Method { get; init; }

    /// <summary>[N]; observed samples unchanged to the bit, recovered ones finite, NaN where a sample is still missing.</summary>
    public required float[] Samples { get; init; }

    /// <summary>
    /// [N]; <see cref="SampleOrigin.Measured"/>, <see cref="SampleOrigin.Recovered"/> or <see cref="SampleOrigin.Missing"/>.
    /// </summary>
    public required SampleOrigin[] Origin { get; init; }

    /// <summary>
    /// [N]; lower bound of every recovered sample; an observed sample is its own bound; NaN where a sample is still missing, or is
    /// recovered without an interval. Null where no sample has one.
    /// </summary>
    public float[]? Lower { get; init; }

    /// <summary>[N]; upper bound, as <see cref="Lower"/>.</summary>
    public float[]? Upper { get; init; }

    /// <summary>The probability that a true value lies between its bounds, as in 0.95; null without bounds.</summary>
    public double? IntervalLevel { get; init; }

    /// <summary>The runs of missing samples of the input, in order.</summary>
    public required IReadOnlyList<RecoveredGap> Gaps { get; init; }

    /// <summary>
    /// What is special about the input, one sentence each: that its rhythm is not what the intervals of a model of beats are calibrated
    /// on.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Number of missing samples of the input.</summary>
    public long MissingCount => Gaps.Sum(gap => gap.Span.Length);

    /// <summary>Number of recovered samples.</summary>
    public int RecoveredCount => Origin.Count(origin => origin == SampleOrigin.Recovered);
}

/// <summary>A run of missing samples of the input, recovered or not.</summary>
/// <param name="Span">The samples.</param>
/// <param name="Method">The method that recovered all of them, as in <c>linear</c>; null where they are still missing.</param>
/// <param name="Reason">
/// Why they are still missing, as in <c>longer than 2 s</c>, or why a simpler method than the one asked for recovered them; otherwise
/// empty.
/// </param>
public sealed record RecoveredGap(SampleSpan Span, string? Method, string Reason = "")
{
    /// <summary>Whether all of the samples are recovered.</summary>
    public bool IsRecovered => Method is not null;

    /// <summary>
    /// <see cref="SampleOrigin.Derived"/> where the samples are computed exactly from other leads of the same time, otherwise
    /// <see cref="SampleOrigin.Recovered"/>; <see cref="SampleOrigin.Missing"/> where they are still missing.
    /// </summary>
    public SampleOrigin Origin { get; init; } = Method is null ? SampleOrigin.Missing : SampleOrigin.Recovered;

    /// <summary>Mean width of the samples' interval, in the lead's unit; null without an interval.</summary>
    public double? IntervalWidth { get; init; }

    /// <summary>The R peaks of the recovered samples; empty where there are none or they are not looked for.</summary>
    public IReadOnlyList<RecoveredRPeak> RPeaks { get; init; } = [];
}
