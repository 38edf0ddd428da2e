using System.Globalization;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>Numbers as text, independent of the culture.</summary>
internal static class NumberText
{
    /// <summary>Text for a value that does not exist.</summary>
    public const string None = "–";

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Returns a coordinate to a tenth: far below a line's width, and half the file size of full precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static string Coordinate(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A coordinate must be finite.");

        // Adding zero turns −0 into 0; −0 would be written "-0".
        return (Math.Round(value, 1, MidpointRounding.AwayFromZero) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns an error to four decimals, as in the original notebook.</summary>
    public static string Error(double value) => double.IsFinite(value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : None;

    /// <summary>Returns a loss to four decimals, or as <c>1.1×10⁻⁷</c> where it is too small or too large for them.</summary>
    public static string Loss(double value)
    {
        if (!double.IsFinite(value))
            return None;
        return value == 0 || (Math.Abs(value) >= 0.001 && Math.Abs(value) < 10000)
            ? value.ToString("0.0000", CultureInfo.InvariantCulture)
            : Scientific(value, "0.0");
    }

    /// <summary>Returns a value to three digits, and never as <c>2.05E+03</c>: raw counts have four digits and more.</summary>
    public static string Value(double value) =>
        Math.Abs(value) is >= 999.5 and < 1e7
            ? Math.Round(value).ToString("0", CultureInfo.InvariantCulture)
            : (value + 0.0).ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>Returns a count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns a share of 1 in per cent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Returns a tick's label on a linear axis, with a true minus sign.</summary>
    public static string Tick(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>Returns a tick's label on a logarithmic axis without small values.</summary>
    public static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Returns a tick's label on a logarithmic axis with small values: <c>10⁻⁷</c>, <c>2×10⁻⁷</c>.</summary>
    public static string Scientific(double value) => Scientific(value, "0");

    private static string Scientific(double value, string mantissaFormat)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var mantissa = (value / Math.Pow(10, exponent)).ToString(mantissaFormat, CultureInfo.InvariantCulture);
        if (mantissa.StartsWith("10", StringComparison.Ordinal))
            (mantissa, exponent) = (1.0.ToString(mantissaFormat, CultureInfo.InvariantCulture), exponent + 1);
        var power = "10" + (exponent < 0 ? "⁻" : "")
            + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
        return mantissa == "1" ? power : $"{mantissa}×{power}";
    }
}
