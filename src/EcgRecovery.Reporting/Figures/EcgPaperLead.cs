using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A lead as it stands on paper: in millivolts at the paper's gain, or, where it is no calibrated voltage, on a scale of its own.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="Provenance">Its own spans.</param>
/// <param name="UnitsPerBox">What a large box is worth, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit that it is drawn in.</param>
/// <param name="HasOwnScale">Whether the scale was fitted to the values.</param>
internal sealed record EcgPaperLead(EcgLead Lead, IReadOnlyList<ProvenanceSpan> Provenance, double UnitsPerBox, string Unit, bool HasOwnScale)
{
    // The range of a lead with a scale of its own fits four large boxes, as most leads at 10 mm/mV do.
    private const int BoxesOfOwnScale = 4;

    private static readonly int[] s_roundFactors = [1, 2, 5, 10];

    /// <summary>Whether a lead's amplitude is known in millivolts, so that the paper's gain and the calibration pulse say something of it.</summary>
    public static bool IsOnPaperScale(EcgLead lead) => lead.IsVoltage && lead.IsCalibrated;

    /// <summary>Chooses a lead's scale.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="provenance">Its own spans.</param>
    /// <param name="scale">The paper's.</param>
    /// <param name="range">The difference of its largest and its least value; NaN where there is none.</param>
    public static EcgPaperLead Create(EcgLead lead, IReadOnlyList<ProvenanceSpan> provenance, EcgPaperScale scale, double range)
    {
        var unit = lead.IsVoltage ? "mV" : lead.Unit.Length == 0 ? "units" : lead.Unit;
        return IsOnPaperScale(lead)
            ? new EcgPaperLead(lead, provenance, scale.MilliVoltsPerBox, unit, HasOwnScale: false)
            : new EcgPaperLead(lead, provenance, Round(range > 0 ? range / BoxesOfOwnScale : 1), unit, HasOwnScale: true);
    }

    /// <summary>A value with its unit, to three digits.</summary>
    public string Text(double value) => $"{(value + 0.0).ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−')} {FigureText.Shorten(Unit, 8)}";

    /// <summary>The next 1, 2 or 5 times a power of ten.</summary>
    private static double Round(double minimum)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(minimum)));
        return s_roundFactors.Select(factor => factor * power).First(step => step >= minimum * (1 - 1e-9));
    }
}
