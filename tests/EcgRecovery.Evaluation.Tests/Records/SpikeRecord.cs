using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Tests.Records;

/// <summary>
/// A recording of ten seconds of twelve leads, as printed on a page: spikes as of <see cref="SpikeLead"/>, a wider one behind each, and a
/// slow wave. Limb leads follow from I and II to the step of the converter, 1/250 mV.
/// </summary>
internal static class SpikeRecord
{
    public const int StepsPerMilliVolt = 250;

    private static readonly string[] s_names = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    public static TestedRecord Of(string name = "x", double seconds = 10, double frequency = SpikeLead.Frequency)
    {
        var spikes = SpikeLead.Of(name, seconds, frequency);
        // Even steps: the mean of two leads is a step too.
        int[][] independent = [.. Enumerable.Range(0, 8).Select(lead => Array.ConvertAll(
            [.. Enumerable.Range(0, spikes.MilliVolts.Length)], t => 2 * (int)Math.Round(125 * Wave(spikes, t, lead))))];
        var (i, ii) = (independent[0], independent[1]);
        int[][] limbs =
        [
            i, ii, Sum((i, ii), (one, two) => two - one), Sum((i, ii), (one, two) => -(one + two) / 2),
            Sum((i, ii), (one, two) => one - (two / 2)), Sum((i, ii), (one, two) => two - (one / 2)),
        ];
        return new TestedRecord(
        [
            .. limbs.Concat(independent[2..]).Select((steps, number) =>
                new TestedLead(name, Array.ConvertAll(steps, step => step / (float)StepsPerMilliVolt), frequency, spikes.Beats)
                {
                    Number = number,
                    Name = s_names[number],
                    StepsPerMilliVolt = StepsPerMilliVolt,
                }),
        ]);
    }

    private static double Wave(TestedLead spikes, int t, int lead)
    {
        var behind = spikes.MilliVolts[Math.Max(0, t - (int)(0.2 * spikes.SamplingFrequencyHz))];
        var slow = 0.1 * Math.Sin(2 * Math.PI * (0.3 + (0.02 * lead)) * t / spikes.SamplingFrequencyHz);
        return ((1 - (0.15 * lead)) * spikes.MilliVolts[t]) + ((0.1 + (0.03 * lead)) * behind) + slow;
    }

    private static int[] Sum((int[] One, int[] Two) leads, Func<int, int, int> sum) => [.. leads.One.Zip(leads.Two, sum)];
}
