using EcgRecovery.Signals;

namespace EcgRecovery.Beats;

/// <summary>Measures the quality of a stretch of one lead: whether its beats are alike, and how much of it is hum.</summary>
/// <remarks>
/// Every beat of an ECG resembles another one; what a detector finds in noise does not. Orphanidou et al. 2015,
/// doi:10.1109/JBHI.2014.2338351, average the correlations of the beats with their mean. Here each beat is compared with every other one
/// and the best correlation counts, so that ectopic beats do not lower the quality:
/// <code>
/// similarity = mean over i of max over j ≠ i of corr(x[rᵢ − w … rᵢ + w], x[rⱼ − w … rⱼ + w])
/// </code>
/// x is the lead in the band 1–40 Hz, rᵢ are its R peaks (<see cref="RPeakDetector"/>), w is 0.1 s. Neither unit nor sign matters. The
/// thresholds and their results are in docs/quality.md.
/// </remarks>
internal static class SignalQuality
{
    /// <summary>The observed seconds that are needed: with few beats, the best correlation is low in a clean ECG too.</summary>
    public const double MinimumSeconds = 8;

    private const double ThinnedHz = 180;
    private const double HalfBeatSeconds = 0.1;
    private const double HumHz = 40;

    // The best of more correlations is higher in noise too: about as many as in 10 s of noise, however long the stretch.
    private const int MaximumNeighbours = 12;

    /// <summary>Measures a stretch, of about 10 s.</summary>
    /// <param name="samples">[N], in any unit; NaN = missing. Beats with missing samples do not count.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <returns>
    /// Null where it is not known: less than <see cref="MinimumSeconds"/> of observed samples, or a sampling frequency below
    /// <see cref="RPeakDetector.MinimumSamplingFrequencyHz"/>.
    /// </returns>
    public static LeadQuality? Of(ReadOnlySpan<float> samples, double samplingFrequencyHz)
    {
        if (samplingFrequencyHz < RPeakDetector.MinimumSamplingFrequencyHz)
            return null;
        var thinned = ThinnedLead.Of(samples, samplingFrequencyHz, ThinnedHz);
        if (thinned.ObservedSeconds + 0.01 < MinimumSeconds)
            return null;

        var hz = thinned.SamplingFrequencyHz;
        var peaks = RPeakDetector.Detect(Array.ConvertAll(thinned.Samples, sample => (float)sample), hz);
        var bridged = thinned.Samples.ToArray();
        MissingRuns.Bridge<double>(bridged);
        return new LeadQuality(
            BeatSimilarity(ThinnedLead.BandPass(bridged, hz, 1, 40), thinned.Samples, peaks, hz), HumShare(bridged, hz));
    }

    /// <summary>Returns Σ x(t)².</summary>
    internal static double Power(ReadOnlySpan<double> samples) => InnerProduct.Of(samples, samples);

    private static double HumShare(double[] bridged, double hz)
    {
        var high = ButterworthSection.HighPass(HumHz, hz);
        var low = ButterworthSection.HighPass(1, hz);
        double hum = 0, all = 0;
        foreach (var sample in bridged)
        {
            var value = low.Next(sample - bridged[0]);
            all += value * value;
            value = high.Next(value);
            hum += value * value;
        }

        return all > 0 ? hum / all : 0;
    }

    private static double BeatSimilarity(double[] band, double[] samples, int[] peaks, double hz)
    {
        var half = (int)Math.Round(HalfBeatSeconds * hz);
        var beats = new List<double[]>();
        foreach (var peak in peaks)
        {
            var (start, end) = (peak - half, peak + half + 1);
            if (start >= 0 && end <= samples.Length && !samples.AsSpan(start, end - start).Contains(double.NaN))
                beats.Add(Normalised(band.AsSpan(start, end - start)));
        }

        if (beats.Count < 2)
            return 0;
        var sum = 0d;
        for (var i = 0; i < beats.Count; i++)
        {
            var best = -1d;
            for (var j = Math.Max(0, i - MaximumNeighbours); j < Math.Min(beats.Count, i + MaximumNeighbours + 1); j++)
                best = j == i ? best : Math.Max(best, InnerProduct.Of(beats[i], beats[j]));
            sum += best;
        }

        return Math.Max(0, sum / beats.Count);
    }

    // Without its mean, and of length 1, so that an inner product is a correlation.
    private static double[] Normalised(ReadOnlySpan<double> beat)
    {
        var normalised = beat.ToArray();
        var mean = normalised.Average();
        foreach (ref var value in normalised.AsSpan())
            value -= mean;
        var norm = Math.Sqrt(Power(normalised));
        foreach (ref var value in normalised.AsSpan())
            value = norm > 0 ? value / norm : 0;
        return normalised;
    }
}
