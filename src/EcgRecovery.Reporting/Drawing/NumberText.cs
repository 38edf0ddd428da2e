using System.Globalization;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>How numbers are written: the same in every country.</summary>
internal static class NumberText
{
    /// <summary>What stands where there is no value.</summary>
    public const string None = "–";

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A coordinate in a drawing, to a tenth: far below a line's width, and half the file of full precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite: it has no place in a drawing.</exception>
    public static string Coordinate(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A coordinate must be finite.");

        // Adding zero turns −0, which would be written "-0", into 0.
        return (Math.Round(value, 1, MidpointRounding.AwayFromZero) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>An error, to four decimals as the original printed it.</summary>
    public static string Error(double value) => double.IsFinite(value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : None;

    /// <summary>A loss: four decimals, or <c>1.1×10⁻⁷</c> where those would hide it.</summary>
    public static string Loss(double value)
    {
        if (!double.IsFinite(value))
            return None;
        return value == 0 || (Math.Abs(value) >= 0.001 && Math.Abs(value) < 10000)
            ? value.ToString("0.0000", CultureInfo.InvariantCulture)
            : Scientific(value, "0.0");
    }

    /// <summary>A count, with thousands set apart.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 1 in per cent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A tick's label on a linear axis, with a true minus sign.</summary>
    public static string Tick(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A tick's label on a logarithmic axis that holds no small values.</summary>
    public static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A tick's label on a logarithmic axis that does: <c>10⁻⁷</c>, <c>2×10⁻⁷</c>.</summary>
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
