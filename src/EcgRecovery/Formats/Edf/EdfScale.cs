using System.Globalization;

namespace EcgRecovery.Formats.Edf;

/// <summary>Converts between EDF's scale, two pairs of numbers, and the gain and baseline of a lead.</summary>
/// <remarks>
/// <code>
/// gain = (digital maximum − digital minimum) / (physical maximum − physical minimum)
/// physical value = physical minimum + (digital value − digital minimum) / gain = (digital value − baseline) / gain
/// </code>
/// Source: EDF, Kemp et al. 1992.
/// </remarks>
internal static class EdfScale
{
    /// <summary>Characters of a number in the header.</summary>
    public const int FieldLength = 8;

    // The largest number of 8 digits.
    private const double LargestNumber = 1e8;

    // Number of digital values to try on each side of the samples; the digits of a gain of four digits repeat sooner.
    private const int Tries = 1 << 16;

    // Number of exact ends to try as pairs: the quotient of two exact ends may still be rounded.
    private const int PairTries = 16;

    /// <summary>Returns gain and baseline of two pairs; null if the pairs are no scale.</summary>
    public static (double Gain, double Baseline)? FromRange(
        string physicalMinimum, string physicalMaximum, int digitalMinimum, int digitalMaximum)
    {
        if (digitalMinimum == digitalMaximum
            || !TryParse(physicalMinimum, out var low) || !TryParse(physicalMaximum, out var high))
        {
            return null;
        }

        var scale = Exact(low, high, digitalMinimum, digitalMaximum) ?? Rounded(low, high, digitalMinimum, digitalMaximum);
        return double.IsFinite(scale.Gain) && double.IsFinite(scale.Baseline) && double.Abs(scale.Gain) is > 1e-100 and < 1e100
            ? scale
            : null;
    }

    /// <summary>Returns the narrowest range around the samples whose numbers of 8 characters have a gain and a baseline exactly.</summary>
    /// <param name="gain">Digital values per physical unit.</param>
    /// <param name="baseline">The digital value of 0.</param>
    /// <param name="preferred">The range to try first: that of the lead.</param>
    /// <param name="used">
    /// The samples' range, which the result covers, with room below for the value of missing samples if possible.
    /// </param>
    /// <param name="allowed">The range of a sample in the format.</param>
    /// <returns>The range, and whether it has gain and baseline to the bit; null if 8 characters cannot distinguish its two ends.</returns>
    public static (EdfRange Range, bool IsExact)? ToRange(
        double gain, double baseline, (int Low, int High)? preferred, (int Low, int High) used, (int Low, int High) allowed)
    {
        EdfRange? rounded = null;
        if (preferred is { } known && known.Low < known.High
            && known.Low <= used.Low && known.High >= used.High && known.Low >= allowed.Low && known.High <= allowed.High)
        {
            rounded = Range(gain, baseline, known.Low, known.High);
            if (IsExact(rounded, gain, baseline))
                return (rounded, true);
        }

        // From the samples outwards: the smaller a number, the more of its decimals fit. One value more on each side, for readers that take
        // a sample at an end of the range for an overflow, and to distinguish a missing sample from the smallest measured one.
        var highs = Ends(Math.Min(allowed.High, used.High + 1), allowed.High, gain, baseline);
        foreach (var low in Ends(Math.Max(allowed.Low, used.Low - 1), allowed.Low, gain, baseline))
        {
            foreach (var high in highs)
            {
                if (low < high && Range(gain, baseline, low, high) is { } range && IsExact(range, gain, baseline))
                    return (range, true);
            }
        }

        rounded ??= Range(gain, baseline, allowed.Low, allowed.High);
        return FromRange(rounded.PhysicalMinimum, rounded.PhysicalMaximum, rounded.DigitalMinimum, rounded.DigitalMaximum) is null
            ? null
            : (rounded, false);
    }

    /// <summary>
    /// Formats a number in at most 8 characters, without an exponent, as near as possible; returns null if it is too large.
    /// </summary>
    public static string? Format(double value)
    {
        if (!(double.Abs(value) < LargestNumber))
            return null;
        // Makes 0 of −0, whose sign takes a character.
        value += 0.0;
        for (var decimals = FieldLength - 2; decimals >= 0; decimals--)
        {
            var text = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
            if (text.Contains('.', StringComparison.Ordinal))
                text = text.TrimEnd('0').TrimEnd('.');
            if (text is "-0")
                text = "0";
            if (text.Length <= FieldLength)
                return text;
        }

        return null;
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    // Numbers of 8 characters and their sums are exact in decimal arithmetic, so a gain of 200 stays 200 and a baseline of 0 stays 0.
    private static (double Gain, double Baseline)? Exact(double low, double high, int digitalLow, int digitalHigh)
    {
        if (double.Abs(low) is not (0 or (> 1e-9 and < 1e9)) || double.Abs(high) is not (0 or (> 1e-9 and < 1e9)) || low == high)
            return null;
        decimal from = (decimal)low, to = (decimal)high;
        var gain = (digitalHigh - (decimal)digitalLow) / (to - from);
        return (ToDouble(gain), ToDouble(((digitalLow * to) - (digitalHigh * from)) / (to - from)));
    }

    /// <summary>Returns the double nearest to a decimal number; a cast would round twice.</summary>
    public static double ToDouble(decimal value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static (double Gain, double Baseline) Rounded(double low, double high, int digitalLow, int digitalHigh)
    {
        var gain = (digitalHigh - (double)digitalLow) / (high - low);
        return (gain, digitalLow - (low * gain));
    }

    private static EdfRange Range(double gain, double baseline, int low, int high) =>
        new(Format((low - baseline) / gain) ?? "", Format((high - baseline) / gain) ?? "", low, high);

    private static bool IsExact(EdfRange range, double gain, double baseline) =>
        FromRange(range.PhysicalMinimum, range.PhysicalMaximum, range.DigitalMinimum, range.DigitalMaximum) == (gain, baseline);

    // The first digital values, from one end towards the other, whose physical values 8 characters hold to a double's last digits.
    private static List<int> Ends(int from, int to, double gain, double baseline)
    {
        var ends = new List<int>(PairTries);
        var step = Math.Sign(to.CompareTo(from));
        var count = Math.Min(Tries, Math.Abs((long)to - from) + 1);
        for (var i = 0; i < count && ends.Count < PairTries; i++)
        {
            var digital = from + (i * step);
            var physical = (digital - baseline) / gain;
            // 8 characters hold at most six decimals; rounding to them first is faster than formatting the number.
            if (double.Abs(Math.Round(physical, FieldLength - 2) - physical) > 4e-16 * Math.Max(double.Abs(physical), 1e-6))
                continue;
            if (Format(physical) is { } text && TryParse(text, out var back) && double.Abs(back - physical) <= 4e-16 * double.Abs(physical))
                ends.Add(digital);
        }

        return ends;
    }
}

/// <summary>The scale in a header.</summary>
internal sealed record EdfRange(string PhysicalMinimum, string PhysicalMaximum, int DigitalMinimum, int DigitalMaximum);
