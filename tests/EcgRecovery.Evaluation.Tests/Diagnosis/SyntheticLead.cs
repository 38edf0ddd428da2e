using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

/// <summary>
/// A lead of Gaussian waves: beats of 75 per minute with P, QRS and T, and every tenth one a wide premature beat without P, whose T points
/// the other way, followed by a pause.
/// </summary>
internal static class SyntheticLead
{
    private const double PeriodSeconds = 0.8;
    private const double EarlySeconds = 0.3;
    private const int EctopicEvery = 10;

    // Height in mV, centre in s from the R peak, σ in s.
    private static readonly (double Height, double Center, double Width)[] s_normal =
        [(0.15, -0.16, 0.022), (-0.1, -0.026, 0.01), (1.1, 0, 0.011), (-0.2, 0.03, 0.011), (0.3, 0.27, 0.045)];

    private static readonly (double Height, double Center, double Width)[] s_ectopic = [(1.6, 0, 0.04), (-0.6, 0.25, 0.06)];

    /// <summary>Returns the lead; its R peaks are those put in, to the nearest sample.</summary>
    public static LabelledLead Of(double frequency = 360, int beats = 150)
    {
        var milliVolts = new float[(int)((beats + 1) * PeriodSeconds * frequency)];
        var rPeaks = new int[beats];
        var classes = new AamiClass?[beats];
        for (var beat = 0; beat < beats; beat++)
        {
            var isEctopic = beat % EctopicEvery == EctopicEvery - 1;
            var at = ((beat + 1) * PeriodSeconds) - (isEctopic ? EarlySeconds : 0);
            rPeaks[beat] = (int)Math.Round(at * frequency);
            classes[beat] = isEctopic ? AamiClass.V : AamiClass.N;
            foreach (var wave in isEctopic ? s_ectopic : s_normal)
                Add(milliVolts, frequency, at + wave.Center, wave.Height, wave.Width);
        }

        return new LabelledLead("synthetic", milliVolts, frequency, rPeaks, classes);
    }

    private static void Add(float[] milliVolts, double frequency, double center, double height, double width)
    {
        var first = Math.Max(0, (int)((center - (6 * width)) * frequency));
        var end = Math.Min(milliVolts.Length, (int)((center + (6 * width)) * frequency));
        for (var t = first; t < end; t++)
        {
            var distance = ((t / frequency) - center) / width;
            milliVolts[t] += (float)(height * Math.Exp(-distance * distance / 2));
        }
    }
}
