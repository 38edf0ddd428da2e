namespace EcgRecovery.Evaluation.Scores;

/// <summary>Heart-rate variability of a recording, from its normal-to-normal (NN) intervals; NaN where too few are left.</summary>
/// <remarks>
/// <code>
/// SDNN  = √(Σ (x[i] − mean x)² / (n − 1))            x: the n NN intervals
/// RMSSD = √(Σ (x[i+1] − x[i])² / m)                  over the m pairs of adjacent intervals that both are NN
/// LF/HF = power in 0.04…0.15 Hz / power in 0.15…0.40 Hz      of the Lomb–Scargle periodogram, see LombScargle
/// </code>
/// An interval that is not NN is left out, never interpolated: what fills it would add power of its own (Clifford and Tarassenko 2005,
/// doi:10.1109/TBME.2005.844028).
/// <para>
/// Source: Task Force of the European Society of Cardiology and the North American Society of Pacing and Electrophysiology 1996,
/// doi:10.1161/01.CIR.93.5.1043.
/// </para>
/// </remarks>
/// <param name="Intervals">Number of NN intervals.</param>
/// <param name="Sdnn">In ms; NaN with fewer than <see cref="MinimumIntervals"/> intervals.</param>
/// <param name="Rmssd">In ms; NaN with fewer than <see cref="MinimumIntervals"/> pairs.</param>
/// <param name="LowToHigh">
/// NaN with less than <see cref="MinimumSpectrumSeconds"/> of NN intervals, or without power above 0.15 Hz.
/// </param>
internal sealed record HeartRateVariability(int Intervals, double Sdnn, double Rmssd, double LowToHigh)
{
    /// <summary>
    /// Minimum number of intervals, and of pairs: about 10 s, the shortest recording that was found to give a valid RMSSD; SDNN wants 30 s
    /// and more (Munoz et al. 2015, doi:10.1371/journal.pone.0138921).
    /// </summary>
    public const int MinimumIntervals = 10;

    /// <summary>Minimum sum of the intervals behind a spectrum: the Task Force asks for about 2 minutes for its low band.</summary>
    public const double MinimumSpectrumSeconds = 120;

    private const double LowestHz = 0.04;
    private const double BetweenHz = 0.15;
    private const double HighestHz = 0.40;
    private const double MilliSeconds = 1000;

    /// <summary>Computes the figures of a recording.</summary>
    /// <param name="rPeakSeconds">Times of the R peaks, [n], ascending.</param>
    /// <param name="isDropped">For each interval between two peaks, [n − 1], whether it is not counted; null for none.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public static HeartRateVariability Of(double[] rPeakSeconds, bool[]? isDropped = null)
    {
        double[] intervals = [.. rPeakSeconds.Skip(1).Zip(rPeakSeconds, (next, peak) => next - peak)];
        var isNormal = NormalIntervals.Find(intervals, isDropped ?? new bool[intervals.Length]);
        int[] normal = [.. Enumerable.Range(0, intervals.Length).Where(i => isNormal[i])];
        double[] values = [.. normal.Select(i => intervals[i])];
        double[] steps = [.. normal.Where(i => i > 0 && isNormal[i - 1]).Select(i => intervals[i] - intervals[i - 1])];
        return new HeartRateVariability(
            normal.Length,
            values.Length < MinimumIntervals ? double.NaN : MilliSeconds * Deviation(values),
            steps.Length < MinimumIntervals ? double.NaN : MilliSeconds * Math.Sqrt(steps.Average(step => step * step)),
            values.Sum() < MinimumSpectrumSeconds ? double.NaN : Ratio([.. normal.Select(i => rPeakSeconds[i + 1])], values));
    }

    /// <summary>Finds the intervals that lie at least partly in a gap.</summary>
    /// <param name="rPeakSeconds">Times of the R peaks, [n], ascending.</param>
    /// <param name="gaps">Start and end of each gap in seconds, ascending and without overlap.</param>
    /// <returns>For each interval between two peaks, [n − 1], whether a gap overlaps it.</returns>
    public static bool[] Across(double[] rPeakSeconds, IReadOnlyList<(double Start, double End)> gaps)
    {
        var isAcross = new bool[Math.Max(0, rPeakSeconds.Length - 1)];
        var gap = 0;
        for (var i = 0; i < isAcross.Length; i++)
        {
            while (gap < gaps.Count && gaps[gap].End <= rPeakSeconds[i])
                gap++;
            isAcross[i] = gap < gaps.Count && gaps[gap].Start < rPeakSeconds[i + 1];
        }

        return isAcross;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    // An interval counts at the time of the R peak that ends it.
    private static double Ratio(double[] seconds, double[] intervals)
    {
        var high = LombScargle.Power(seconds, intervals, BetweenHz, HighestHz);
        return high > 0 ? LombScargle.Power(seconds, intervals, LowestHz, BetweenHz) / high : double.NaN;
    }
}
