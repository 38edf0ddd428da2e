namespace EcgRecovery.Tests.Beats;

/// <summary>Signals without beats.</summary>
internal static class SyntheticNoise
{
    /// <summary>A sine of about 4.5 Hz whose frequency and height wander.</summary>
    public static float[] Fibrillation(double seconds, double samplingFrequencyHz) =>
        Samples(seconds, samplingFrequencyHz, t =>
            (1 + (0.3 * Math.Sin(2 * Math.PI * 0.31 * t))) * Math.Sin((2 * Math.PI * 4.5 * t) + (0.5 * Math.Sin(2 * Math.PI * 0.23 * t))));

    /// <summary>White noise, uniform.</summary>
    public static float[] White(double seconds, double samplingFrequencyHz)
    {
        var random = new Random(1);
        return Samples(seconds, samplingFrequencyHz, _ => random.NextDouble() - 0.5);
    }

    /// <summary>A signal that is a function of the time in seconds.</summary>
    public static float[] Samples(double seconds, double samplingFrequencyHz, Func<double, double> valueAt) =>
        [.. Enumerable.Range(0, (int)(seconds * samplingFrequencyHz)).Select(t => (float)valueAt(t / samplingFrequencyHz))];
}
