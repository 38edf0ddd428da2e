using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A lead on paper: in millivolts at the paper's gain, or on its own scale where it is not a calibrated voltage.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="Provenance">Spans of the lead.</param>
/// <param name="UnitsPerBox">Value of a large box, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit of the drawing.</param>
/// <param name="HasOwnScale">Whether the scale was fitted to the values.</param>
internal sealed record EcgPaperLead(
    EcgLead Lead, IReadOnlyList<ProvenanceSpan> Provenance, double UnitsPerBox, string Unit, bool HasOwnScale)
{
    // The range of a lead with its own scale fits four large boxes, as that of most leads does at 10 mm/mV.
    private const int BoxesOfOwnScale = 4;

    private static readonly int[] s_roundFactors = [1, 2, 5, 10];

    /// <summary>Returns whether a lead's amplitude is known in millivolts, so that the paper's gain and its pulse hold for it.</summary>
    public static bool IsOnPaperScale(EcgLead lead) => lead.IsVoltage && lead.IsCalibrated;

    /// <summary>Chooses a lead's scale.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="provenance">Spans of the lead.</param>
    /// <param name="scale">Scale of the paper.</param>
    /// <param name="range">Difference between its maximum and minimum; NaN where there is no value.</param>
    public static EcgPaperLead Create(EcgLead lead, IReadOnlyList<ProvenanceSpan> provenance, EcgPaperScale scale, double range)
    {
        var unit = lead.IsVoltage ? "mV" : lead.Unit.Length == 0 ? "units" : lead.Unit;
        return IsOnPaperScale(lead)
            ? new EcgPaperLead(lead, provenance, scale.MilliVoltsPerBox, unit, HasOwnScale: false)
            : new EcgPaperLead(lead, provenance, Round(range > 0 ? range / BoxesOfOwnScale : 1), unit, HasOwnScale: true);
    }

    /// <summary>Returns a value to three digits, with its unit.</summary>
    public string Text(double value)
    {
        var digits = NumberText.Value(value).Replace('-', '−');
        return $"{digits} {FigureText.Shorten(Unit, 8)}";
    }

    /// <summary>Returns the next 1, 2 or 5 times a power of ten.</summary>
    private static double Round(double minimum)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(minimum)));
        return s_roundFactors.Select(factor => factor * power).First(step => step >= minimum * (1 - 1e-9));
    }
}
