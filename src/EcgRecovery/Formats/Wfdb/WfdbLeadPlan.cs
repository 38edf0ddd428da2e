using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>A lead to be written: its whole numbers and their scale.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="AdcUnits">The whole numbers.</param>
/// <param name="Gain">ADC units per unit.</param>
/// <param name="AdcBaseline">ADC value of a physical 0.</param>
/// <param name="Unit">The unit, without blanks.</param>
internal sealed record WfdbLeadPlan(EcgLead Lead, ISamples<int> AdcUnits, double Gain, int AdcBaseline, string Unit)
{
    // WFDB's name for "no unit"; an empty field would mean mV.
    private const string NoUnit = "NU";

    private const int MaximumDecimals = 9;

    /// <summary>
    /// Plans a lead. Physical values are digitised: exactly if they are decimal fractions, otherwise to the format's range.
    /// </summary>
    /// <param name="lead">The lead.</param>
    /// <param name="format">The signal format; null = not chosen yet.</param>
    /// <param name="lost">Receives a sentence for each thing that is lost.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    /// <exception cref="InvalidDataException">A value is infinite, or so large or small that no gain can be written.</exception>
    public static WfdbLeadPlan For(EcgLead lead, WfdbSignalFormat? format, List<string> lost, CancellationToken cancellationToken)
    {
        var unit = UnitOf(lead, lost);
        // The baseline must fit 32 bits.
        if (lead.AdcUnits is { } adcUnits && double.IsFinite(lead.Gain) && lead.Gain != 0 && Math.Abs(lead.AdcBaseline) < int.MaxValue)
        {
            var baseline = (int)Math.Round(lead.AdcBaseline);
            if (baseline != lead.AdcBaseline)
            {
                lost.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Lead {lead.Name} has its zero at {lead.AdcBaseline:R} ADC units; "
                    + $"WFDB holds whole ones only, so all its values move by {(lead.AdcBaseline - baseline) / lead.Gain:G3} {unit}."));
            }

            return new WfdbLeadPlan(lead, adcUnits, lead.Gain, baseline, unit);
        }

        var (largest, decimals) = Scan(lead, cancellationToken);
        if (decimals is { } exact && largest * Math.Pow(10, exact) <= (format?.Maximum ?? int.MaxValue))
            return Digitised(lead, Math.Pow(10, exact), unit);
        var gain = (format?.Maximum ?? int.MaxValue) / largest;
        if (!double.IsFinite(gain) || gain <= 0)
        {
            throw new InvalidDataException(
                $"Lead {lead.Name} has values up to {largest} {unit}; expected such that a gain can be written for.");
        }

        lost.Add(string.Create(CultureInfo.InvariantCulture, $"Lead {lead.Name} is rounded to steps of {1 / gain:G3} {unit}."));
        return Digitised(lead, gain, unit);
    }

    private static WfdbLeadPlan Digitised(EcgLead lead, double gain, string unit) =>
        new(lead, new DigitisedSamples(lead, gain, baseline: 0), gain, 0, unit);

    private static string UnitOf(EcgLead lead, List<string> lost)
    {
        var unit = string.Concat(lead.Unit.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));
        if (unit.Length == 0)
            unit = NoUnit;
        if (unit != lead.Unit)
            lost.Add($"The unit '{lead.Unit}' of lead {lead.Name} is written as {unit}.");
        return unit;
    }

    /// <summary>
    /// Finds the largest magnitude and the decimals that all values have exactly; null if a value needs more, or then does not fit 32 bits.
    /// </summary>
    private static (double Largest, int? Decimals) Scan(EcgLead lead, CancellationToken cancellationToken)
    {
        var window = new double[SampleWindow.Length];
        var largest = 0d;
        var decimals = 0;
        for (long start = 0; start < lead.SampleCount; start += window.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = window.AsSpan(0, (int)Math.Min(window.Length, lead.SampleCount - start));
            lead.ReadPhysicalValues(start, values);
            foreach (var value in values)
            {
                if (double.IsNaN(value))
                    continue;
                if (double.IsInfinity(value))
                    throw new InvalidDataException($"Lead {lead.Name} has an infinite value; expected numbers.");
                largest = Math.Max(largest, Math.Abs(value));
                while (decimals <= MaximumDecimals && Math.Round(value * Math.Pow(10, decimals)) / Math.Pow(10, decimals) != value)
                    decimals++;
            }
        }

        return (largest, decimals <= MaximumDecimals && largest * Math.Pow(10, decimals) <= int.MaxValue ? decimals : null);
    }
}
