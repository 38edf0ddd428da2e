using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>Decides the unit of a lead: the file's, the options', or one for which the values speak.</summary>
internal static class CsvUnit
{
    private const int SamplesLookedAt = 1 << 14;

    // Whole millivolts would be of no use, so whole numbers that range further count something else.
    private const double WholeMilliVolts = 20;

    // The middle half of an electrocardiogram's samples lies within a millivolt or two.
    private const double MiddleHalfMilliVolts = 10;

    /// <summary>
    /// Gives the leads their units, and adds a remark where one was assumed or overruled. Leads of other signals by their name, such as a
    /// heart rate, are left without.
    /// </summary>
    /// <param name="leads">The leads; their own units are not looked at.</param>
    /// <param name="named">The units in the file; null where there is none.</param>
    /// <param name="wanted">The unit of the options; null if there is none.</param>
    /// <param name="remarks">Receives the remarks.</param>
    public static EcgLead[] Assign(EcgLead[] leads, string?[] named, string? wanted, List<string> remarks)
    {
        // Where all names are those of other signals, they are not: A1 and A2 are analogue inputs, not electrodes of the head.
        var hasOthers = leads.Any(lead => LeadNames.KindOf(lead.Name) != LeadKind.Other);
        var (assumed, counts, overruled) = (new List<string>(), new List<string>(), new List<string>());
        EcgLead[] result = [.. leads.Zip(named, (lead, unit) => lead with { Unit = Of(lead, unit) })];
        if (assumed.Count > 0)
            remarks.Add($"No unit is named for {string.Join(", ", assumed)}: mV was assumed ('unit' overrules).");
        if (counts.Count > 0)
        {
            remarks.Add(
                $"No unit is named for {string.Join(", ", counts)}, and the values are no millivolts: they were left as counts, "
                + $"{TextUnits.Counts} ('unit' overrules).");
        }

        if (overruled.Count > 0)
            remarks.Add($"The unit {wanted} was given for {string.Join(", ", overruled)}, overruling the file.");
        return result;

        bool IsOther(EcgLead lead) => hasOthers && LeadNames.KindOf(lead.Name) == LeadKind.Other;

        string Of(EcgLead lead, string? unit)
        {
            if (wanted is not null && (unit is null ? !IsOther(lead)
                    : TextUnits.IsVoltage(unit) || TextUnits.IsCount(unit)))
            {
                if (unit is not null && !unit.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    overruled.Add($"{lead.Name} ({unit})");
                return wanted;
            }

            if (unit is not null)
                return unit;
            if (IsOther(lead))
                return TextUnits.None;
            var isVoltage = MayBeMilliVolts(lead);
            (isVoltage ? assumed : counts).Add(lead.Name);
            return isVoltage ? "mV" : TextUnits.Counts;
        }
    }

    private static bool MayBeMilliVolts(EcgLead lead)
    {
        var values = Values(lead);
        if (values.Length == 0)
            return true;
        Array.Sort(values);
        var isWhole = lead.AdcUnits is not null && lead.Gain == 1;
        return !(isWhole && values[^1] - values[0] > WholeMilliVolts)
            && values[values.Length * 3 / 4] - values[values.Length / 4] <= MiddleHalfMilliVolts;
    }

    private static double[] Values(EcgLead lead)
    {
        var values = new double[Math.Min(SamplesLookedAt, lead.SampleCount)];
        lead.ReadPhysicalValues(0, values);
        return Array.FindAll(values, double.IsFinite);
    }
}
