using EcgRecovery.Recovery.Records.Intervals;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records;

/// <summary>How a method did on a hidden gap. x: the hidden samples, y: the estimate, s: <see cref="GapOutcome.ErrorScale"/>.</summary>
internal sealed class HiddenGapScore
{
    /// <summary>An R peak counts as recovered within 150 ms; farther away it is another one.</summary>
    public const double PeakSeconds = 0.15;

    /// <summary>The method that filled the gap.</summary>
    public required string Method { get; init; }

    /// <summary>Class of the gap's length.</summary>
    public required GapLength Length { get; init; }

    /// <summary>Duration of the gap.</summary>
    public required double Seconds { get; init; }

    /// <summary><c>√(mean (y − x)²)</c>, in the lead's unit.</summary>
    public required double Rmse { get; init; }

    /// <summary>The same of the straight line across the gap.</summary>
    public required double LineRmse { get; init; }

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
        var line = new float[gap.Length];
        MissingRuns.Line<float>(view.Samples, view.Gap, line);
        var scale = filled.Outcome.ErrorScale ?? Enumerable.Repeat(1f, line.Length).ToArray();
        var errors = new float[line.Length];
        for (var t = 0; t < errors.Length; t++)
            errors[t] = Math.Abs(filled.Samples[t] - truth[t]) / scale[t];
        long[] peaks = [.. view.Peaks().Select(peak => around.Start + peak)];
        return new HiddenGapScore
        {
            Method = filled.Outcome.Method!,
            Length = GapLength.Of(gap, hertz),
            Seconds = gap.Length / hertz,
            Rmse = Distance(filled.Samples, truth),
            LineRmse = Distance(line, truth),
            Errors = errors,
            Scale = scale,
            Places = BeatPlaces.Of(gap.Start, errors.Length, filled.PeaksAround, hertz),
            PeakErrors = [.. filled.PeaksAround.Where(gap.Contains).Select(peak => Nearest(peak, peaks, hertz))],
            TruePeaks = peaks.Count(gap.Contains),
        };
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
