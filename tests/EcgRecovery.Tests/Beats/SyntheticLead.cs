namespace EcgRecovery.Tests.Beats;

/// <summary>A lead whose R peaks are known: every beat a sum of Gaussians, on wandering baseline, with a little noise.</summary>
internal sealed class SyntheticLead
{
    // Seconds from the R peak, standard deviation in seconds, millivolts: P, Q, R, S, T.
    private static readonly (double Offset, double Width, double Height)[] Waves =
    [
        (-0.16, 0.020, 0.12), (-0.030, 0.008, -0.10), (0, 0.011, 1.0), (0.030, 0.009, -0.20), (0.28, 0.045, 0.25),
    ];

    private readonly double[] _beatSeconds;

    public SyntheticLead(
        double samplingFrequencyHz, double durationSeconds, double[] beatSeconds, double tWave = 0.25, Func<double, double>? gain = null)
    {
        _beatSeconds = beatSeconds;
        SamplingFrequencyHz = samplingFrequencyHz;
        MilliVolts = new float[(int)(durationSeconds * samplingFrequencyHz)];
        var random = new Random(1);
        for (var t = 0; t < MilliVolts.Length; t++)
        {
            var seconds = t / samplingFrequencyHz;
            var value = (0.3 * Math.Sin(2 * Math.PI * 0.25 * seconds)) + (0.02 * (random.NextDouble() - 0.5));
            foreach (var beat in beatSeconds)
            {
                if (Math.Abs(beat - seconds) < 0.6)
                    value += (gain?.Invoke(beat) ?? 1) * Beat(seconds - beat, tWave);
            }

            MilliVolts[t] = (float)value;
        }
    }

    public double SamplingFrequencyHz { get; }

    public float[] MilliVolts { get; }

    public int[] Peaks => [.. _beatSeconds.Select(beat => (int)Math.Round(beat * SamplingFrequencyHz))];

    /// <summary>Beats from <paramref name="first"/> on, their intervals 0.6 to 1.1 s, none later than 0.5 s before the end.</summary>
    public static double[] IrregularBeats(double durationSeconds, double first = 0.4)
    {
        var beats = new List<double>();
        for (var beat = first; beat < durationSeconds - 0.5; beat += 0.85 + (0.25 * Math.Sin(1.7 * beats.Count)))
            beats.Add(beat);
        return [.. beats];
    }

    private static double Beat(double seconds, double tWave)
    {
        var value = 0d;
        foreach (var (offset, width, height) in Waves)
        {
            var z = (seconds - offset) / width;
            value += (offset > 0.1 ? tWave : height) * Math.Exp(-0.5 * z * z);
        }

        return value;
    }
}
