namespace EcgRecovery.Records;

/// <summary>One lead of a recording: its samples as the converter gave them, and how they become millivolts.</summary>
/// <remarks>
/// <code>physical value = (AdcUnits[t] − AdcBaseline) / Gain</code>
/// Source: WFDB, header(5), https://physionet.org/physiotools/wag/header-5.htm.
/// </remarks>
public sealed class EcgLead
{
    /// <summary>Name of the lead, as in <c>MLII</c> or <c>V5</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of the physical value, as in <c>mV</c>.</summary>
    public string Unit { get; init; } = "mV";

    /// <summary>ADC units per <see cref="Unit"/>.</summary>
    public double Gain { get; init; } = 200;

    /// <summary>Whether <see cref="Gain"/> was measured; false where it is only the format's default.</summary>
    public bool IsCalibrated { get; init; } = true;

    /// <summary>The ADC value that means a physical value of 0.</summary>
    public int AdcBaseline { get; init; }

    /// <summary>The ADC value in the middle of the converter's range.</summary>
    public int AdcZero { get; init; }

    /// <summary>Samples per second.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>The samples, in ADC units.</summary>
    public required int[] AdcUnits { get; init; }

    /// <summary>The ADC value that marks a missing sample; null where the format has none.</summary>
    public int? MissingAdcValue { get; init; }

    /// <summary>The samples in millivolts; NaN = missing.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Unit"/> is not a voltage.</exception>
    public float[] ToMilliVolts()
    {
        var unitsPerMilliVolt = Gain * Unit switch
        {
            "mV" => 1,
            "uV" or "µV" => 1e3,
            "V" => 1e-3,
            _ => throw new InvalidOperationException($"Lead {Name} is in {Unit}; expected V, mV or uV."),
        };
        var milliVolts = new float[AdcUnits.Length];
        for (var t = 0; t < milliVolts.Length; t++)
            milliVolts[t] = AdcUnits[t] == MissingAdcValue ? float.NaN : (float)(((double)AdcUnits[t] - AdcBaseline) / unitsPerMilliVolt);
        return milliVolts;
    }
}
