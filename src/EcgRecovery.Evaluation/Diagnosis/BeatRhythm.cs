namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>What the beat classifier knows of the rhythm around a beat: intervals between R peaks, relative to medians of others.</summary>
/// <remarks>
/// <code>
/// RR[i] = t[i] − t[i − 1]      m = median of the RR between the beats i − 8 … i + 8      M = the same of i − 100 … i + 100
/// ln(RR[i]/m)   ln(RR[i + 1]/m)   ln(RR[i − 1]/m)   mean of |ln(RR/m)| of i − 8 … i + 8   ln(m / 0.8 s)   ln(RR[i]/M)   ln(RR[i + 1]/M)
/// </code>
/// Logarithms are within ±1.5; that of a missing interval is 0. Ratios to the local mean are features of de Chazal, O'Dwyer and Reilly
/// 2004, doi:10.1109/TBME.2004.827359; unlike a mean the median ignores ectopic beats, and M also runs of them. The mean of |ln| is
/// large in atrial fibrillation, where an early beat is not ectopic.
/// </remarks>
internal static class BeatRhythm
{
    /// <summary>Number of values of a beat.</summary>
    public const int Count = 7;

    /// <summary>Beats to each side that are the surroundings of a beat, about 80 s.</summary>
    public const int Surroundings = 100;

    private const int Neighbours = 8;

    // A ratio of 4.5: a gap without beats, or a false detection.
    private const double MaximumLogarithm = 1.5;

    private const double UsualSeconds = 0.8;

    /// <summary>Writes the values of one beat; all are 0 where there is only one.</summary>
    /// <param name="rPeaks">Samples of the R peaks, ascending.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="beat">Index into <paramref name="rPeaks"/>.</param>
    /// <param name="destination">[<see cref="Count"/>].</param>
    public static void Write(ReadOnlySpan<int> rPeaks, double samplingFrequencyHz, int beat, Span<float> destination)
    {
        destination.Clear();
        if (rPeaks.Length < 2)
            return;
        Span<double> intervals = stackalloc double[2 * Surroundings];
        var wideMedian = SortedMedian.Of<double>(Sorted(rPeaks, beat, Surroundings, intervals));
        var near = Sorted(rPeaks, beat, Neighbours, intervals);
        var median = SortedMedian.Of<double>(near);
        destination[0] = Logarithm(rPeaks, beat, median);
        destination[1] = Logarithm(rPeaks, beat + 1, median);
        destination[2] = Logarithm(rPeaks, beat - 1, median);
        destination[3] = Spread(near, median);
        destination[4] = Logarithm(median / samplingFrequencyHz / UsualSeconds);
        destination[5] = Logarithm(rPeaks, beat, wideMedian);
        destination[6] = Logarithm(rPeaks, beat + 1, wideMedian);
    }

    /// <summary>Returns the intervals between the beats around one, in samples, ascending.</summary>
    private static ReadOnlySpan<double> Sorted(ReadOnlySpan<int> rPeaks, int beat, int toEachSide, Span<double> buffer)
    {
        var first = Math.Max(1, beat - toEachSide + 1);
        var end = Math.Min(rPeaks.Length, beat + toEachSide + 1);
        var intervals = buffer[..(end - first)];
        for (var i = first; i < end; i++)
            intervals[i - first] = rPeaks[i] - rPeaks[i - 1];
        intervals.Sort();
        return intervals;
    }

    private static float Spread(ReadOnlySpan<double> intervals, double median)
    {
        var sum = 0.0;
        foreach (var interval in intervals)
            sum += Math.Abs(Logarithm(interval / median));
        return (float)(sum / intervals.Length);
    }

    /// <summary>Returns the logarithm of the interval before a beat over a median; 0 where there is none.</summary>
    private static float Logarithm(ReadOnlySpan<int> rPeaks, int beat, double median) =>
        beat >= 1 && beat < rPeaks.Length ? Logarithm((rPeaks[beat] - rPeaks[beat - 1]) / median) : 0;

    private static float Logarithm(double ratio) => (float)Math.Clamp(Math.Log(ratio), -MaximumLogarithm, MaximumLogarithm);
}
