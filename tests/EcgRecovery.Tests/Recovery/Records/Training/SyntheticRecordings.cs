using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Training;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records.Training;

/// <summary>Recordings of two leads and a minute, to learn from.</summary>
internal static class SyntheticRecordings
{
    public const double FrequencyHz = 120;

    /// <summary>A recording; each seed has another rhythm.</summary>
    public static TrainingRecording Make(string name, string? patient = null, double seconds = 60) =>
        new(name, patient ?? name, () => Record(name, seconds));

    /// <summary>Recordings of three patients, one of whom has two.</summary>
    public static RecordTrainingData Data(double seconds = 60) => new(
    [
        Make("c", seconds: seconds), Make("a", seconds: seconds), Make("b", "a", seconds), Make("d", seconds: seconds),
    ]);

    public static EcgRecord Record(string name, double seconds, string unit = "mV")
    {
        var beats = SyntheticLead.IrregularBeats(seconds, first: 0.3 + (0.1 * (name[0] % 7)));
        var first = new SyntheticLead(FrequencyHz, seconds, beats);
        var second = new SyntheticLead(FrequencyHz, seconds, beats, tWave: -0.3, gain: _ => 0.6);
        return new EcgRecord
        {
            Name = name,
            SamplingFrequencyHz = FrequencyHz,
            Leads = [Lead("I", first.MilliVolts, unit), Lead("II", second.MilliVolts, unit)],
        };
    }

    private static EcgLead Lead(string name, float[] milliVolts, string unit) => new()
    {
        Name = name,
        Unit = unit,
        SamplingFrequencyHz = FrequencyHz,
        PhysicalValues = new ArrayOfSamples(milliVolts),
    };

    private sealed class ArrayOfSamples(float[] values) : ISamples<double>
    {
        public long Count => values.Length;

        public void Read(long start, Span<double> destination)
        {
            for (var t = 0; t < destination.Length; t++)
                destination[t] = values[(int)start + t];
        }
    }
}
