namespace EcgRecovery.Beats;

/// <summary>Decides whether a stretch of a lead is ventricular fibrillation or flutter.</summary>
/// <remarks>
/// Three indices of the band 1–30 Hz must agree, because a false alarm leaves a gap missing that could have been recovered:
/// <list type="bullet">
/// <item><see cref="FibrillationIndices.Leakage"/>, low where the stretch is nearly one sine: Kuo and Dillman 1978 (Computers in
/// Cardiology, 347–349), in the form of Amann et al. 2005, doi:10.1186/1475-925X-4-60.</item>
/// <item><see cref="FibrillationIndices.CrossingShare"/>, high where there is no flat line between deflections: Arafat, Chowdhury and
/// Hasan 2011, doi:10.1007/s11760-009-0136-1.</item>
/// <item><see cref="FibrillationIndices.HighFrequencyShare"/>, low where there is neither a steep QRS complex nor noise: an energy ratio
/// as in Barro et al. 1989, doi:10.1016/0141-5425(89)90067-8, of two bands instead of multiples of the main frequency.</item>
/// </list>
/// No index depends on the unit or the sign. The thresholds and their results are in docs/quality.md.
/// </remarks>
internal static class VentricularFibrillation
{
    /// <summary>The shortest stretch that is judged, in seconds.</summary>
    public const double MinimumSeconds = 4;

    // Chosen on DS1 and LUDB 1–160.
    private const double MaximumLeakage = 0.56;
    private const double MinimumCrossingShare = 0.48;
    private const double MaximumHighFrequencyShare = 0.10;

    private const double ThinnedHz = 100;
    private const double MaximumBridgeSeconds = 0.2;
    private const double HighFrequencyHz = 12;

    // Arafat et al. 2011: segments of 3 s, one a second, a taper of 0.25 s, a threshold of 20 % of the segment's maximum.
    private const double SegmentSeconds = 3;
    private const double TaperSeconds = 0.25;
    private const double CrossingThreshold = 0.2;

    /// <summary>Decides on a stretch of several seconds.</summary>
    /// <param name="samples">[N], in any unit; NaN = missing. The longest stretch with short runs of missing samples is judged.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>
    /// Null where it is not known: less than <see cref="MinimumSeconds"/> of signal, or a sampling frequency below
    /// <see cref="RPeakDetector.MinimumSamplingFrequencyHz"/>.
    /// </returns>
    public static bool? IsIn(ReadOnlySpan<float> samples, double samplingFrequencyHz) =>
        Measure(samples, samplingFrequencyHz) is not { } indices
            ? null
            : indices is
            {
                Leakage: < MaximumLeakage,
                CrossingShare: > MinimumCrossingShare,
                HighFrequencyShare: < MaximumHighFrequencyShare,
            };

    /// <summary>Measures the indices of a stretch; null where <see cref="IsIn"/> is.</summary>
    /// <inheritdoc cref="IsIn"/>
    public static FibrillationIndices? Measure(ReadOnlySpan<float> samples, double samplingFrequencyHz)
    {
        if (samplingFrequencyHz < RPeakDetector.MinimumSamplingFrequencyHz)
            return null;
        var thinned = ThinnedLead.Of(samples, samplingFrequencyHz, ThinnedHz);
        var hz = thinned.SamplingFrequencyHz;
        var stretch = thinned.LongestStretch(MaximumBridgeSeconds);
        if (stretch.Length + 1 < MinimumSeconds * hz)
            return null;

        var band = ThinnedLead.BandPass(stretch, hz, 1, 30);
        var high = ThinnedLead.BandPass(band, hz, HighFrequencyHz, 30);
        var power = SignalQuality.Power(band);
        return power > 0
            ? new FibrillationIndices(Leakage(band), CrossingShare(band, hz), SignalQuality.Power(high) / power)
            : new FibrillationIndices(1, 0, 0);
    }

    // N = ⌊π·Σ|x(t)| / Σ|x(t) − x(t−1)| + ½⌋ samples are half a period of the mean frequency;
    // leakage = Σ|x(t) + x(t−N)| / Σ(|x(t)| + |x(t−N)|).
    private static double Leakage(double[] x)
    {
        double sum = 0, difference = 0;
        for (var t = 1; t < x.Length; t++)
        {
            sum += Math.Abs(x[t]);
            difference += Math.Abs(x[t] - x[t - 1]);
        }

        var halfPeriod = (int)Math.Min((Math.PI * sum / difference) + 0.5, x.Length);
        double left = 0, whole = 0;
        for (var t = halfPeriod; t < x.Length; t++)
        {
            left += Math.Abs(x[t] + x[t - halfPeriod]);
            whole += Math.Abs(x[t]) + Math.Abs(x[t - halfPeriod]);
        }

        return whole > 0 ? left / whole : 1;
    }

    // The share of samples with |w(t)·x(t)| > 0.2·max |w·x|, w a window with cosine tapers; the mean over the segments.
    private static double CrossingShare(double[] x, double hz)
    {
        var segment = new double[(int)(SegmentSeconds * hz)];
        var taper = (int)(TaperSeconds * hz);
        var sum = 0d;
        var segments = 0;
        for (var start = 0; start + segment.Length <= x.Length; start += (int)hz)
        {
            var maximum = 0d;
            for (var t = 0; t < segment.Length; t++)
            {
                var edge = Math.Min(t, segment.Length - 1 - t);
                var weight = edge < taper ? 0.5 * (1 - Math.Cos(Math.PI * edge / taper)) : 1;
                segment[t] = Math.Abs(weight * x[start + t]);
                maximum = Math.Max(maximum, segment[t]);
            }

            sum += segment.Count(value => value > CrossingThreshold * maximum) / (double)segment.Length;
            segments++;
        }

        return sum / segments;
    }
}

/// <summary>The indices from which <see cref="VentricularFibrillation"/> decides.</summary>
/// <param name="Leakage">What a filter that stops the mean frequency leaves, 0 (one sine) to 1.</param>
/// <param name="CrossingShare">Mean share of the samples beyond 20 % of the maximum of 3 s, 0 to 1.</param>
/// <param name="HighFrequencyShare">Power above 12 Hz as a share of that of 1–30 Hz.</param>
internal readonly record struct FibrillationIndices(double Leakage, double CrossingShare, double HighFrequencyShare);
