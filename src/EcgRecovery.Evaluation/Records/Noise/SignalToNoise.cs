using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Records.Noise;

/// <summary>The signal-to-noise ratio of an ECG as PhysioNet's <c>nst</c> and <c>sigamp</c> define it.</summary>
/// <remarks>
/// <code>
/// SNR = 10·log₁₀(S/N) dB,  S = a²/8,  N = r²
/// </code>
/// a: trimmed mean of the QRS complexes' peak-to-peak amplitudes, each within ± 50 ms of the R peak; a sine of this amplitude has the power
/// S. r: trimmed mean of the noise's root mean squares over whole seconds, each about its own mean; it does not count how the baseline
/// moves from one second to the next, which may be several times as much. Both means leave out the lowest and the highest 5 %. <c>nst</c>
/// looks at the first 300 normal beats and seconds, this at all seconds and at all R peaks that it is given.
/// <para>
/// Source: Moody, Muldrow and Mark, A noise stress test for arrhythmia detectors, Computers in Cardiology 11, 1984, 381–384, and the
/// manual page of <c>nst</c>.
/// </para>
/// </remarks>
internal static class SignalToNoise
{
    private const double QrsSeconds = 0.05;
    private const int TrimmedPart = 20;

    /// <summary>Returns the factor that gives noise its ratio to a signal: <c>a / (r·√8·10^(SNR/20))</c>.</summary>
    /// <param name="qrsAmplitude">a, in the signal's unit.</param>
    /// <param name="noiseLevel">r, in the noise's unit.</param>
    /// <param name="decibels">The signal-to-noise ratio in dB.</param>
    public static double Gain(double qrsAmplitude, double noiseLevel, double decibels) =>
        qrsAmplitude / (noiseLevel * Math.Sqrt(8) * Math.Pow(10, decibels / 20));

    /// <summary>Returns a, in mV; NaN where no QRS complex is observed as a whole.</summary>
    /// <param name="milliVolts">The lead, [N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="rPeaks">Samples of the R peaks.</param>
    public static double QrsAmplitude(float[] milliVolts, double samplingFrequencyHz, IEnumerable<int> rPeaks)
    {
        var reach = RPeakMatching.ToleranceSamples(QrsSeconds, samplingFrequencyHz);
        return TrimmedMean(rPeaks
            .Where(peak => peak >= reach && peak + reach < milliVolts.Length)
            .Select(peak => milliVolts[(peak - reach)..(peak + reach + 1)])
            .Where(qrs => MissingRuns.Next<float>(qrs, 0).IsEmpty)
            .Select(qrs => (double)qrs.Max() - qrs.Min()));
    }

    /// <summary>Returns r, in the noise's unit; NaN where it is shorter than a second.</summary>
    /// <param name="noise">[N].</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    public static double NoiseLevel(double[] noise, double samplingFrequencyHz)
    {
        var second = (int)Math.Round(samplingFrequencyHz);
        return TrimmedMean(noise.Chunk(second).Where(part => part.Length == second).Select(Deviation));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double TrimmedMean(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var cut = sorted.Length / TrimmedPart;
        return sorted[cut..(sorted.Length - cut)].DefaultIfEmpty(double.NaN).Average();
    }
}
