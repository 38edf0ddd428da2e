using System.Globalization;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The paper that electrocardiograms are drawn on: small boxes of 1 mm, large ones of 5 mm.</summary>
/// <remarks>
/// Lengths are in tenths of a millimetre, so that a coordinate's one decimal is a hundredth of one. At 25 mm/s and 10 mm/mV a small box is
/// 0.04 s × 0.1 mV and a large one 0.2 s × 0.5 mV; source: Kligfield et al. 2007, Recommendations for the Standardization and Interpretation of the
/// Electrocardiogram, part I, doi:10.1161/CIRCULATIONAHA.106.180200.
/// </remarks>
internal static class EcgPaper
{
    /// <summary>A millimetre.</summary>
    public const double Millimetre = 10;

    /// <summary>A large box's side in millimetres.</summary>
    public const double LargeBoxMillimetres = 5;

    /// <summary>A large box's side.</summary>
    public const double LargeBox = LargeBoxMillimetres * Millimetre;
}

/// <summary>How time and voltage become lengths on paper.</summary>
/// <param name="MillimetresPerSecond">The paper's speed.</param>
/// <param name="MillimetresPerMilliVolt">The gain.</param>
internal sealed record EcgPaperScale(double MillimetresPerSecond, double MillimetresPerMilliVolt)
{
    /// <summary>Units of a drawing per second.</summary>
    public double UnitsPerSecond => MillimetresPerSecond * EcgPaper.Millimetre;

    /// <summary>Millivolts in a large box.</summary>
    public double MilliVoltsPerBox => EcgPaper.LargeBoxMillimetres / MillimetresPerMilliVolt;

    /// <summary>The scale in words, as they stand on every paper ECG.</summary>
    public string Words
    {
        get
        {
            var box = EcgPaper.LargeBoxMillimetres;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{MillimetresPerSecond:0.##} mm/s · {MillimetresPerMilliVolt:0.##} mm/mV · small box {1 / MillimetresPerSecond:0.##} s × {1 / MillimetresPerMilliVolt:0.##} mV, ")
                + string.Create(CultureInfo.InvariantCulture, $"large box {box / MillimetresPerSecond:0.##} s × {box / MillimetresPerMilliVolt:0.##} mV");
        }
    }
}
