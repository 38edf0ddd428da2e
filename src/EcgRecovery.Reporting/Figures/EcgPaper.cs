using System.Globalization;

namespace EcgRecovery.Reporting.Figures;

/// <summary>ECG paper: small boxes of 1 mm, large boxes of 5 mm.</summary>
/// <remarks>
/// Lengths are in tenths of a millimetre; coordinates have one decimal, 0.01 mm. At 25 mm/s and 10 mm/mV a small box is 0.04 s × 0.1 mV
/// and a large one 0.2 s × 0.5 mV. Source: Kligfield et al. 2007, Recommendations for the Standardization and Interpretation of the
/// Electrocardiogram, part I, doi:10.1161/CIRCULATIONAHA.106.180200.
/// </remarks>
internal static class EcgPaper
{
    /// <summary>A millimetre in units of a drawing.</summary>
    public const double Millimetre = 10;

    /// <summary>Side of a large box in millimetres.</summary>
    public const double LargeBoxMillimetres = 5;

    /// <summary>Side of a large box in units of a drawing.</summary>
    public const double LargeBox = LargeBoxMillimetres * Millimetre;
}

/// <summary>Speed and gain of ECG paper.</summary>
/// <param name="MillimetresPerSecond">Speed.</param>
/// <param name="MillimetresPerMilliVolt">Gain.</param>
internal sealed record EcgPaperScale(double MillimetresPerSecond, double MillimetresPerMilliVolt)
{
    /// <summary>Units of a drawing per second.</summary>
    public double UnitsPerSecond => MillimetresPerSecond * EcgPaper.Millimetre;

    /// <summary>Millivolts in a large box.</summary>
    public double MilliVoltsPerBox => EcgPaper.LargeBoxMillimetres / MillimetresPerMilliVolt;

    /// <summary>Whether the gain is smaller than usual, so that all leads fit on a sheet.</summary>
    public bool IsReduced { get; init; }

    /// <summary>The scale in words where no lead is in millivolts: of time alone.</summary>
    public string WordsOfTime => string.Create(
        CultureInfo.InvariantCulture,
        $"{MillimetresPerSecond:0.##} mm/s · small box {1 / MillimetresPerSecond:0.##} s, "
        + $"large box {EcgPaper.LargeBoxMillimetres / MillimetresPerSecond:0.##} s · each lead on its own scale");

    /// <summary>The scale in words, as on every paper ECG.</summary>
    public string Words
    {
        get
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{MillimetresPerSecond:0.##} mm/s · {MillimetresPerMilliVolt:0.##} mm/mV")
                + (IsReduced ? " (half gain: all leads on one sheet)" : "")
                + $" · small box {Box(1)}, large box {Box(EcgPaper.LargeBoxMillimetres)}";

            string Box(double side) => string.Create(
                CultureInfo.InvariantCulture, $"{side / MillimetresPerSecond:0.##} s × {side / MillimetresPerMilliVolt:0.##} mV");
        }
    }
}
