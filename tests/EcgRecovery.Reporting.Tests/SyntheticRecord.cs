using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Tests;

/// <summary>A synthetic recording with every feature of a drawing, made of parabolas, which all machines compute alike.</summary>
internal static class SyntheticRecord
{
    public const double FrequencyHz = 128;

    /// <summary>
    /// Lead 0 <c>II</c>: missing 1.5 s to 1.75 s, recovered 2.5 s to 2.875 s within bounds (leads 4 and 5), derived from 3.5 s on.
    /// Lead 1 <c>V5</c>: at −3.25 mV, missing from 3 s on. Lead 2 <c>ABP</c>: mmHg, 64 Hz. Lead 3 <c>resp</c>: mV by default gain.
    /// </summary>
    public static EcgRecord Create(double seconds = 8)
    {
        var count = (int)(seconds * FrequencyHz);
        var ii = Lead("II", [.. Enumerable.Range(0, count).Select(i => i is >= 192 and < 224 ? EcgLead.MissingAdcUnits : Adc(Beat(i)))]);
        var v5 = Lead("V5", [.. Enumerable.Range(0, count).Select(i => i >= 384 ? EcgLead.MissingAdcUnits : Adc((0.6 * Beat(i)) - 3.25))]);
        var abp = new EcgLead
        {
            Name = "ABP",
            Unit = "mmHg",
            SamplingFrequencyHz = FrequencyHz / 2,
            PhysicalValues = new MemorySamples<double>([.. Enumerable.Range(0, count / 2).Select(i => 80 + (40 * Bump(
                (i / 64.0 % 0.8) - 0.35, 0.3)))]),
        };
        var resp = new EcgLead
        {
            Name = "resp",
            SamplingFrequencyHz = FrequencyHz,
            IsCalibrated = false,
            AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, count).Select(i => (int)Math.Round(900 * Bump(
                (i / FrequencyHz % 4) - 2, 2)))]),
        };
        return new EcgRecord
        {
            Name = "made-up",
            SamplingFrequencyHz = FrequencyHz,
            Leads = [ii, v5, abp, resp, Bound("II lower", -0.2), Bound("II upper", 0.2)],
            Annotations =
            [
                new Annotation(10, 28, Aux: "(N\0"),
                new Annotation(38, 1),
                new Annotation(141, 1),
                new Annotation(243, 5),
                new Annotation(300, 28, Aux: "(AFIB"),
                new Annotation(345, 1),
                new Annotation(448, 1),
                new Annotation(470, 22, Aux: "the electrode of V5 came off, see the nurse's note"),
            ],
            Provenance =
            [
                new ProvenanceSpan(0, new SampleSpan(448, count), SampleOrigin.Derived, "resampling", "0.1.0"),
                new ProvenanceSpan(0, new SampleSpan(320, 368), SampleOrigin.Recovered, "locally-linear", "0.1.0", 0.95),
            ],
            StartDate = new DateOnly(2026, 3, 1),
            StartTime = new TimeOnly(23, 59, 58),
            Remarks = ["The file says that it has 7 leads; 6 are there."],
        };

        EcgLead Bound(string name, double offset) => new()
        {
            Name = name,
            SamplingFrequencyHz = FrequencyHz,
            PhysicalValues = new MemorySamples<double>(
                [.. Enumerable.Range(0, count).Select(i => i is >= 320 and < 368 ? Beat(i) + offset : double.NaN)]),
        };

        static double Beat(int i) => Heart(i / FrequencyHz);

        static int Adc(double milliVolts) => (int)Math.Round(200 * milliVolts);
    }

    /// <summary>A lead of 200 ADC units a millivolt.</summary>
    public static EcgLead Lead(string name, int[] adcUnits, double frequency = FrequencyHz) =>
        new() { Name = name, SamplingFrequencyHz = frequency, AdcUnits = new MemorySamples<int>(adcUnits) };

    /// <summary>A recording of one lead in millivolts; NaN = missing.</summary>
    public static EcgRecord Create(double[] milliVolts, double frequency) => new()
    {
        Name = "short",
        SamplingFrequencyHz = frequency,
        Leads = [new EcgLead { Name = "I", SamplingFrequencyHz = frequency, PhysicalValues = new MemorySamples<double>(milliVolts) }],
    };

    // P, Q, R, S, T of a beat every 0.8 s, in millivolts.
    private static double Heart(double seconds)
    {
        var t = seconds % 0.8;
        return (0.12 * Bump(t - 0.14, 0.05)) - (0.12 * Bump(t - 0.275, 0.012)) + (1.15 * Bump(t - 0.3, 0.02)) - (0.3 * Bump(
            t - 0.33, 0.018))
            + (0.3 * Bump(t - 0.56, 0.09));
    }

    private static double Bump(double t, double width) => Math.Max(0, 1 - (t * t / (width * width)));
}
