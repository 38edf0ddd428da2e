using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Whether what was recovered is as tall as what was lost: an average of many shapes has a small error and no peak.</summary>
/// <remarks>
/// <code>
/// variance ratio = Σ SS(recovered) / Σ SS(original)        SS: squares about the mean over a gap's real samples; sums over rows
/// </code>
/// A tall peak is the highest real sample of a gap where it reaches 0.8 of the beat's height and lies inside the gap: higher than the gap's
/// first and last real sample. It stands in for the R peak, whose place a row does not tell. Its recovered height is the highest recovered
/// sample of the gap within 5 samples (42 ms) of it, so that a peak a little early or late still counts as one.
/// </remarks>
/// <param name="VarianceRatio">1 where the amplitude is kept, less for a blur.</param>
/// <param name="TallPeaks">Rows whose gap holds a tall peak.</param>
/// <param name="PeakRatio">Mean of recovered over true height; NaN where there is no tall peak.</param>
/// <param name="PeakBias">Mean of recovered less true height, in units of the beat's height; NaN where there is none.</param>
public sealed record AmplitudeScore(double VarianceRatio, int TallPeaks, double PeakRatio, double PeakBias);

/// <summary>Adds up rows for an <see cref="AmplitudeScore"/>.</summary>
internal sealed class AmplitudeSum
{
    private const double MinimumTall = 0.8;
    private const int SamplesAround = 5;

    private double _originalSquares;
    private double _recoveredSquares;
    private int _peaks;
    private double _ratios;
    private double _biases;

    /// <param name="original">[187].</param>
    /// <param name="recovered">[187].</param>
    /// <param name="gap">The samples that were missing.</param>
    /// <param name="realLength">Samples before the padding.</param>
    public void Add(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered, SampleSpan gap, int realLength)
    {
        var real = (int)gap.Start..(int)Math.Clamp(realLength, gap.Start, gap.End);
        var truth = original[real];
        var filled = recovered[real];
        if (truth.IsEmpty)
            return;
        _originalSquares += SquaresAboutMean(truth);
        _recoveredSquares += SquaresAboutMean(filled);
        var peak = IndexOfHighest(truth);
        if (truth[peak] < MinimumTall || truth[peak] <= truth[0] || truth[peak] <= truth[^1])
            return;
        var around = filled[Math.Max(0, peak - SamplesAround)..Math.Min(filled.Length, peak + SamplesAround + 1)];
        double height = around[IndexOfHighest(around)];
        _peaks++;
        _ratios += height / truth[peak];
        _biases += height - truth[peak];
    }

    /// <summary>The score; null where no lost signal varied.</summary>
    public AmplitudeScore? Score() => _originalSquares == 0 ? null
        : new AmplitudeScore(_recoveredSquares / _originalSquares, _peaks, _ratios / _peaks, _biases / _peaks);

    private static double SquaresAboutMean(ReadOnlySpan<float> samples)
    {
        var total = 0.0;
        foreach (var sample in samples)
            total += sample;
        var mean = total / samples.Length;
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (sample - mean) * (sample - mean);
        return sum;
    }

    private static int IndexOfHighest(ReadOnlySpan<float> samples)
    {
        var highest = 0;
        for (var t = 1; t < samples.Length; t++)
        {
            if (samples[t] > samples[highest])
                highest = t;
        }

        return highest;
    }
}
