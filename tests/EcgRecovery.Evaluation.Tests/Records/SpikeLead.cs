using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Tests.Records;

/// <summary>A lead of beats without P and T waves: Gaussian spikes of 1 mV, σ = 12 ms, every 0.8 s from 0.4 s on, at samples.</summary>
internal static class SpikeLead
{
    public const double Frequency = 250;

    private const double PeriodSeconds = 0.8;
    private const double WidthSeconds = 0.012;

    public static TestedLead Of(string record = "x", double seconds = 60, double frequency = Frequency)
    {
        var period = (int)(PeriodSeconds * frequency);
        var count = (int)(seconds / PeriodSeconds);
        TestedBeat[] beats = [.. Enumerable.Range(0, count).Select(beat => new TestedBeat((period / 2) + (beat * period)))];
        var milliVolts = new float[(int)(seconds * frequency)];
        for (var t = 0; t < milliVolts.Length; t++)
        {
            var distance = ((t % period) - (period / 2)) / (WidthSeconds * frequency);
            milliVolts[t] = (float)Math.Exp(-distance * distance / 2);
        }

        return new TestedLead(record, milliVolts, frequency, beats);
    }
}
