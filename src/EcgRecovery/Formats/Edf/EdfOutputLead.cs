using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>A lead to be written: its header fields and its digital samples.</summary>
internal sealed record EdfOutputLead
{
    /// <summary>The label: at most 16 characters, different from all others.</summary>
    public required string Label { get; init; }

    /// <summary>The unit, in ASCII.</summary>
    public required string Unit { get; init; }

    /// <summary>The transducer, in ASCII.</summary>
    public required string Transducer { get; init; }

    /// <summary>The filters, in ASCII.</summary>
    public required string Prefiltering { get; init; }

    /// <summary>The scale.</summary>
    public required EdfRange Range { get; init; }

    /// <summary>The samples; <see cref="EcgLead.MissingAdcUnits"/> = missing.</summary>
    public required ISamples<int> Samples { get; init; }

    /// <summary>The value of a missing sample in the file: the digital minimum, below every sample if there is room.</summary>
    public int Filler => Range.DigitalMinimum;

    /// <summary>Prepares a lead for writing.</summary>
    /// <exception cref="InvalidDataException">The samples do not fit the format.</exception>
    public static EdfOutputLead From(EcgLead lead, string label, EdfSurvey survey, EdfKind kind, List<string> lost)
    {
        var unit = EdfText.Unit(lead.Unit, lost);
        var (samples, gain, baseline, used) = lead.AdcUnits is { } adcUnits
            ? (adcUnits, lead.Gain, lead.AdcBaseline, Used(lead, survey, kind))
            : Digitise(lead, survey, kind, lost);
        if (!lead.IsCalibrated)
        {
            lost.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"That lead {label} is not calibrated: EDF says {gain} per {(unit.Length == 0 ? "unit" : unit)}."));
        }

        (int, int)? preferred = lead is { AdcMinimum: { } low, AdcMaximum: { } high } ? (low, high) : null;
        var scale = EdfScale.ToRange(gain, baseline, preferred, used, (kind.Minimum, kind.Maximum));
        var (range, isExact) = scale ?? throw new InvalidDataException(
            string.Create(CultureInfo.InvariantCulture, $"Lead {lead.Name} has {gain} ADC units per {lead.Unit}, baseline {baseline}: ")
                + "EDF's 8 characters cannot hold its physical range.");
        if (!isExact)
            lost.Add(ScaleError(label, unit, gain, baseline, range, used));
        var middle = (int)(((long)range.DigitalMinimum + range.DigitalMaximum + 1) / 2);
        // A zero of 0 without a range was never stated.
        if (lead.AdcUnits is not null && lead.AdcZero != middle && (preferred is not null || lead.AdcZero != 0))
        {
            lost.Add(
                $"That the converter's zero of lead {label} is {lead.AdcZero}: "
                + $"EDF has no field for it, and {middle} is the middle of its range.");
        }

        return new EdfOutputLead
        {
            Label = label,
            Unit = unit,
            Transducer = EdfText.Fit(lead.Transducer, EdfStart.IdentificationLength, "transducer", lost),
            Prefiltering = EdfText.Fit(lead.Prefiltering, EdfStart.IdentificationLength, "prefiltering", lost),
            Range = range,
            Samples = samples,
        };
    }

    private static (int Low, int High) Used(EcgLead lead, EdfSurvey survey, EdfKind kind)
    {
        if (double.IsNaN(survey.Minimum))
            return (0, 0);
        var (low, high) = ((int)survey.Minimum, (int)survey.Maximum);
        if (low >= kind.Minimum && high <= kind.Maximum)
            return (low, high);
        var fitsBdf = kind == EdfKind.Edf && low >= EdfKind.Bdf.Minimum && high <= EdfKind.Bdf.Maximum;
        throw new InvalidDataException(
            $"Lead {lead.Name} has ADC units {low}..{high}; {kind.Name} holds {kind.Minimum}..{kind.Maximum}."
            + (fitsBdf ? " Write a .bdf file, which holds 24 bits." : ""));
    }

    // The smallest step of 1, 2 or 5 times a power of ten with which all values fit.
    private static (ISamples<int> Samples, double Gain, double Baseline, (int Low, int High) Used) Digitise(
        EcgLead lead, EdfSurvey survey, EdfKind kind, List<string> lost)
    {
        var (minimum, largest) = double.IsNaN(survey.Minimum) ? (0, 0) : (survey.Minimum, survey.Maximum);
        var width = largest > minimum ? largest - minimum : Math.Max(double.Abs(minimum), 1);
        var levels = kind.Maximum * 1.9;
        var power = Math.Pow(10, Math.Floor(Math.Log10(width / levels)));
        var factor = width / power <= levels ? 1 : width / (2 * power) <= levels ? 2 : width / (5 * power) <= levels ? 5 : 10;
        // A quotient if the step is a fraction, so that the gain is a whole number to the bit.
        var gain = power < 1 ? Math.Round(1 / power) / factor : 1 / (factor * power);
        var fits = largest * gain < kind.Maximum && minimum * gain > kind.Minimum + 1;
        var baseline = fits ? 0 : -Math.Round((minimum + largest) / 2 * gain);
        lost.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Lead {lead.Name} has no ADC units: "
            + $"its values are rounded to steps of {1 / gain:G6} {lead.Unit}, by at most {0.5 / gain:G6}."));
        var digitised = new DigitisedSamples(lead, gain, baseline);
        return (digitised, gain, baseline, (digitised.Digital(minimum), digitised.Digital(largest)));
    }

    private static string ScaleError(string label, string unit, double gain, double baseline, EdfRange range, (int Low, int High) used)
    {
        var (back, zero) = EdfScale
            .FromRange(range.PhysicalMinimum, range.PhysicalMaximum, range.DigitalMinimum, range.DigitalMaximum)!.Value;
        double Error(int digital) => double.Abs(((digital - zero) / back) - ((digital - baseline) / gain));
        var error = Math.Max(Error(used.Low), Error(used.High));
        return string.Create(
                CultureInfo.InvariantCulture,
                $"The scale of lead {label} to the last digit: EDF's 8 characters say {back:G8} per {unit} for {gain:G8}; ")
            + string.Create(CultureInfo.InvariantCulture, $"values change by at most {error:G2} {unit}, digital values not at all.");
    }
}
