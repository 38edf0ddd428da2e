namespace EcgRecovery.Evaluation.Scores;

/// <summary>Amplitude of the recovered signal relative to the lost one: a mean of many shapes has a small error and no peak.</summary>
/// <remarks>
/// <code>
/// variance ratio = Σ SS(recovered) / Σ SS(original)        SS: squares about the mean of a gap's lost samples; sums over gaps
/// </code>
/// A tall peak is the highest lost sample of a gap, if it reaches a minimum height and is higher than the gap's first and last lost sample.
/// It stands in for an R peak where the place of R peaks is not known. Its recovered height is the highest recovered sample of the gap near
/// it, so that a peak recovered a little early or late still counts.
/// </remarks>
/// <param name="VarianceRatio">1 where the amplitude is kept, less for a blur.</param>
/// <param name="TallPeaks">Gaps that hold a tall peak.</param>
/// <param name="PeakRatio">Mean of recovered over true height; NaN without tall peaks.</param>
/// <param name="PeakBias">Mean of recovered minus true height, in the samples' unit; NaN without tall peaks.</param>
internal sealed record AmplitudeScore(double VarianceRatio, int TallPeaks, double PeakRatio, double PeakBias);

/// <summary>Running sums over gaps for an <see cref="AmplitudeScore"/>.</summary>
/// <param name="minimumHeight">Minimum height of a tall peak, in the samples' unit.</param>
/// <param name="samplesAround">Samples on each side of a true peak that are searched for the recovered one.</param>
internal sealed class AmplitudeSum(double minimumHeight, int samplesAround)
{
    private double _originalSquares;
    private double _recoveredSquares;
    private int _peaks;
    private double _ratios;
    private double _biases;

    /// <summary>Adds the lost samples of one gap.</summary>
    /// <param name="original">True values, [n]; n may be 0.</param>
    /// <param name="recovered">Recovered values, [n].</param>
    public void Add(ReadOnlySpan<float> original, ReadOnlySpan<float> recovered)
    {
        if (original.IsEmpty)
            return;
        _originalSquares += Statistics.SquaresAboutMean(original);
        _recoveredSquares += Statistics.SquaresAboutMean(recovered);
        var peak = IndexOfHighest(original);
        if (original[peak] < minimumHeight || original[peak] <= original[0] || original[peak] <= original[^1])
            return;
        var around = recovered[Math.Max(0, peak - samplesAround)..Math.Min(recovered.Length, peak + samplesAround + 1)];
        double height = around[IndexOfHighest(around)];
        _peaks++;
        _ratios += height / original[peak];
        _biases += height - original[peak];
    }

    /// <summary>Returns the score; null where no lost signal varied.</summary>
    public AmplitudeScore? Score() => _originalSquares == 0 ? null
        : new AmplitudeScore(_recoveredSquares / _originalSquares, _peaks, _ratios / _peaks, _biases / _peaks);

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
