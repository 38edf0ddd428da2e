namespace EcgRecovery.Records;

/// <summary>One lead of a recording: its samples, read by windows, and their scale.</summary>
/// <remarks>
/// A lead has the converter's ADC units or, where its file is text, physical values.
/// <code>physical value = (ADC units − AdcBaseline) / Gain</code>
/// Source: WFDB, header(5), https://physionet.org/physiotools/wag/header-5.htm.
/// </remarks>
public sealed record EcgLead
{
    /// <summary>The value of a missing sample in <see cref="AdcUnits"/>, whatever value the file uses.</summary>
    public const int MissingAdcUnits = int.MinValue;

    /// <summary>Name of the lead, as in <c>MLII</c> or <c>V5</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of the physical value, as in <c>mV</c>.</summary>
    public string Unit { get; init; } = "mV";

    /// <summary>ADC units per <see cref="Unit"/>; never 0, negative where the polarity is reversed.</summary>
    public double Gain { get; init; } = 200;

    /// <summary>Whether <see cref="Gain"/> is known; false where it is only the format's default.</summary>
    public bool IsCalibrated { get; init; } = true;

    /// <summary>The ADC value that means a physical value of 0; whole in WFDB, not always in EDF.</summary>
    public double AdcBaseline { get; init; }

    /// <summary>The ADC value in the middle of the converter's range.</summary>
    public int AdcZero { get; init; }

    /// <summary>The converter's smallest value; null where not known.</summary>
    public int? AdcMinimum { get; init; }

    /// <summary>The converter's largest value; null where not known.</summary>
    public int? AdcMaximum { get; init; }

    /// <summary>The transducer, EDF's text; empty where not known.</summary>
    public string Transducer { get; init; } = "";

    /// <summary>The recorder's filters, EDF's text, as in <c>HP:0.1Hz LP:75Hz</c>; empty where not known.</summary>
    public string Prefiltering { get; init; } = "";

    /// <summary>Samples per second.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>
    /// The samples in ADC units, <see cref="MissingAdcUnits"/> where one is missing; null where the file has physical values only.
    /// </summary>
    public ISamples<int>? AdcUnits { get; init; }

    /// <summary>
    /// The samples in <see cref="Unit"/>, NaN where one is missing; given where there are no ADC units, otherwise computed from them.
    /// </summary>
    public ISamples<double>? PhysicalValues { get; init; }

    /// <summary>
    /// The spans for which the file's structure holds no samples (null segments, time gaps), in order; they are missing when read.
    /// </summary>
    public IReadOnlyList<MissingSpan> UnrecordedSpans { get; init; } = [];

    /// <summary>
    /// How the file says of a single sample that it is missing: <see cref="MissingCause.Sentinel"/> where there are ADC units,
    /// <see cref="MissingCause.NotANumber"/> where there are none; readers of text say the latter of ADC units too.
    /// </summary>
    public MissingCause MissingMark
    {
        get => _missingMark ?? (AdcUnits is null ? MissingCause.NotANumber : MissingCause.Sentinel);
        init => _missingMark = value;
    }

    /// <summary>Number of samples.</summary>
    public long SampleCount => AdcUnits?.Count ?? PhysicalValues?.Count ?? 0;

    /// <summary>Whether <see cref="Unit"/> is a voltage; only then can the lead be read in millivolts.</summary>
    public bool IsVoltage => UnitsPerMilliVolt is not null;

    private readonly MissingCause? _missingMark;

    /// <summary>
    /// Microvolts of one ADC unit, or of one <see cref="Unit"/> where there are no ADC units; null where <see cref="Unit"/> is no voltage.
    /// </summary>
    internal double? MicroVoltsPerUnit => 1000 / ((AdcUnits is null ? 1 : Math.Abs(Gain)) * UnitsPerMilliVolt);

    /// <summary>Units of <see cref="Unit"/> in a millivolt; null where it is no voltage.</summary>
    internal double? UnitsPerMilliVolt => UnitText.UnitsPerMilliVolt(Unit);

    /// <summary>
    /// Whether <see cref="Unit"/> is no physical unit but a converter's counts: ECG is often exported without its scale. Such a lead is
    /// taken for ECG where the recording has no voltage.
    /// </summary>
    internal bool IsInCounts => UnitText.IsCount(Unit);

    /// <summary>Reads a window in ADC units; <see cref="MissingAdcUnits"/> = missing.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="destination">Receives the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window reaches outside the lead.</exception>
    /// <exception cref="InvalidOperationException">The lead has physical values only.</exception>
    public void ReadAdcUnits(long start, Span<int> destination)
    {
        var samples = AdcUnits
            ?? throw new InvalidOperationException($"Lead {Name} has physical values only; expected one with ADC units.");
        samples.Read(start, destination);
    }

    /// <summary>Reads a window in <see cref="Unit"/>; NaN = missing.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="destination">Receives the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window reaches outside the lead.</exception>
    public void ReadPhysicalValues(long start, Span<double> destination)
    {
        if (AdcUnits is null)
        {
            PhysicalValues?.Read(start, destination);
            return;
        }

        Span<int> part = stackalloc int[Math.Min(destination.Length, StackSamples)];
        for (var from = 0; from < destination.Length; from += part.Length)
        {
            var adcUnits = part[..Math.Min(part.Length, destination.Length - from)];
            AdcUnits.Read(start + from, adcUnits);
            for (var t = 0; t < adcUnits.Length; t++)
                destination[from + t] = adcUnits[t] == MissingAdcUnits ? double.NaN : (adcUnits[t] - AdcBaseline) / Gain;
        }
    }

    /// <summary>Reads a window in millivolts; NaN = missing.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="destination">Receives the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window reaches outside the lead.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Unit"/> is not a voltage.</exception>
    public void ReadMilliVolts(long start, Span<float> destination)
    {
        var scale = UnitsPerMilliVolt ?? throw new InvalidOperationException($"Lead {Name} is in {Unit}; expected V, mV, uV or nV.");
        Span<double> part = stackalloc double[Math.Min(destination.Length, StackSamples)];
        for (var from = 0; from < destination.Length; from += part.Length)
        {
            var physical = part[..Math.Min(part.Length, destination.Length - from)];
            ReadPhysicalValues(start + from, physical);
            for (var t = 0; t < physical.Length; t++)
                destination[from + t] = (float)(physical[t] / scale);
        }
    }

    /// <summary>Returns all samples in millivolts; NaN = missing.</summary>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Unit"/> is not a voltage, or there are too many samples for one array.
    /// </exception>
    public float[] ToMilliVolts()
    {
        var milliVolts = new float[Length()];
        ReadMilliVolts(0, milliVolts);
        return milliVolts;
    }

    /// <summary>Returns all samples in ADC units; <see cref="MissingAdcUnits"/> = missing.</summary>
    /// <exception cref="InvalidOperationException">The lead has physical values only, or too many samples for one array.</exception>
    public int[] ToAdcUnits()
    {
        var adcUnits = new int[Length()];
        ReadAdcUnits(0, adcUnits);
        return adcUnits;
    }

    // Enough to make the calls cheap, small enough for any thread's stack.
    private const int StackSamples = 1024;

    private int Length() => SampleCount <= Array.MaxLength
        ? (int)SampleCount
        : throw new InvalidOperationException($"Lead {Name} has {SampleCount} samples, too many for one array; read it by windows.");
}
