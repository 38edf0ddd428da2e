using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Recovery.Records;

/// <summary>How a method did on a hidden gap. x: the hidden samples, y: the estimate, s: <see cref="GapOutcome.ErrorScale"/>.</summary>
internal sealed class HiddenGapScore
{
    /// <summary>An R peak counts as recovered within 150 ms; farther away it is another one.</summary>
    public const double PeakSeconds = 0.15;

    /// <summary>The method of a straight line.</summary>
    public const string LinearMethodName = "linear";

    /// <summary>The method that filled the gap.</summary>
    public required string Method { get; init; }

    /// <summary>Class of the gap's length.</summary>
    public required GapLength Length { get; init; }

    /// <summary>Duration of the gap.</summary>
    public required double Seconds { get; init; }

    /// <summary><c>√(mean (y − x)²)</c>, in the lead's unit.</summary>
    public required double Rmse { get; init; }

    /// <summary>The score of the straight line across the gap; null where this is it.</summary>
    public HiddenGapScore? Line { get; init; }

    /// <summary><c>|y − x|/s</c>, [samples]; s is 1 where the method estimates none.</summary>
    public required float[] Errors { get; init; }

    /// <summary>s, [samples].</summary>
    public required float[] Scale { get; init; }

    /// <summary>The places of the samples in the recovered beats, [samples].</summary>
    public required BeatPlace[] Places { get; init; }

    /// <summary>Seconds from each recovered R peak in the gap to the nearest true one; infinite where none is within 150 ms.</summary>
    public required double[] PeakErrors { get; init; }

    /// <summary>Number of true R peaks in the gap.</summary>
    public required int TruePeaks { get; init; }

    /// <summary>Compares a filled gap with the samples that were hidden.</summary>
    /// <param name="source">The lead before its samples were hidden.</param>
    /// <param name="filled">The filled gap.</param>
    public static HiddenGapScore Of(LeadSource source, FilledGap filled)
    {
        var (gap, hertz) = (filled.Span, source.SamplingFrequencyHz);
        var around = GapView.Around(gap, source.Samples.Count, hertz);
        var view = new GapView(new float[around.Length], gap.Shift(-around.Start), hertz);
        source.Samples.Read(around.Start, view.Samples);
        var truth = view.Samples.AsSpan(view.Gap.ToRange());
        long[] peaks = [.. view.Peaks().Select(peak => around.Start + peak)];
        var line = new HiddenGapScore
        {
            Method = LinearMethodName,
            Length = GapLength.Of(gap, hertz),
            Seconds = gap.Length / hertz,
            Rmse = Distance(filled.Line, truth),
            Errors = ErrorsOf(filled.Line, truth, Ones(filled.Line.Length)),
            Scale = Ones(filled.Line.Length),
            Places = BeatPlaces.Of(gap.Start, filled.Line.Length, filled.PeaksAround, hertz),
            PeakErrors = [],
            TruePeaks = peaks.Count(gap.Contains),
        };
        var scale = filled.Outcome.ErrorScale ?? Ones(filled.Line.Length);
        return new HiddenGapScore
        {
            Method = filled.Outcome.Method!,
            Length = line.Length,
            Seconds = line.Seconds,
            Rmse = Distance(filled.Samples, truth),
            Line = line,
            Errors = ErrorsOf(filled.Samples, truth, scale),
            Scale = scale,
            Places = line.Places,
            PeakErrors = [.. filled.PeaksAround.Where(gap.Contains).Select(peak => Nearest(peak, peaks, hertz))],
            TruePeaks = line.TruePeaks,
        };
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static float[] ErrorsOf(ReadOnlySpan<float> estimate, ReadOnlySpan<float> truth, ReadOnlySpan<float> scale)
    {
        var errors = new float[estimate.Length];
        for (var t = 0; t < errors.Length; t++)
            errors[t] = Math.Abs(estimate[t] - truth[t]) / scale[t];
        return errors;
    }

    private static double Distance(ReadOnlySpan<float> estimate, ReadOnlySpan<float> truth)
    {
        var sum = 0.0;
        for (var t = 0; t < truth.Length; t++)
            sum += ((double)estimate[t] - truth[t]) * ((double)estimate[t] - truth[t]);
        return Math.Sqrt(sum / truth.Length);
    }

    private static double Nearest(long peak, long[] peaks, double samplingFrequencyHz)
    {
        var seconds = peaks.Select(other => Math.Abs(other - peak) / samplingFrequencyHz).DefaultIfEmpty(double.PositiveInfinity).Min();
        return seconds <= PeakSeconds ? seconds : double.PositiveInfinity;
    }
}
