using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>
/// Reads sampling frequencies as people and programs write them: <c>1,000 Hz</c>, <c>1.000,5 hertz</c>, <c>1e3</c>, <c>1 kHz</c>,
/// <c>4 ms</c>.
/// </summary>
internal static partial class RateText
{
    private const double PeriodRounding = 1e-6;

    /// <summary>Returns the frequency that a line states of its sampling; null if it states none, or one behind a filter.</summary>
    public static double? OfLine(string line)
    {
        if (Key().Match(line) is not { Success: true } key || NamesFilter(line))
            return null;
        var value = line[(key.Index + key.Length)..];
        // The unit may stand in parentheses before the number: "(kHz):= 1".
        var before = Enclosed().Match(value) is { Success: true } enclosed ? enclosed.Groups["unit"].Value : "";
        if (Quantity().Match(value) is not { Success: true } quantity)
            return null;
        var unit = quantity.Groups["unit"].Value is { Length: > 0 } behind ? behind : before;
        return key.Groups["period"].Success
            ? OfPeriod($"{quantity.Groups["number"].Value} {(unit.Length > 0 ? unit : "s")}")
            : OfNumber(quantity.Groups["number"].Value, unit);
    }

    /// <summary>Returns whether a text names a filter, whose frequency is not that of the samples.</summary>
    public static bool NamesFilter(string text) => Filter().IsMatch(text);

    /// <summary>Returns the frequency of a value such as <c>512 hertz</c>, <c>1 kHz</c> or <c>4 ms</c>; null if it is none.</summary>
    public static double? OfValue(string text) =>
        Quantity().Match(text.Trim()) is { Success: true, Index: 0 } quantity
            ? OfNumber(quantity.Groups["number"].Value, quantity.Groups["unit"].Value)
            : null;

    /// <summary>Returns the frequency of a period, as in <c>0.008 s</c> or <c>4 ms</c>; null if it is none.</summary>
    public static double? OfPeriod(string text)
    {
        if (Quantity().Match(text.Trim()) is not { Success: true } match || Number(match.Groups["number"].Value) is not (> 0 and var period)
            || CsvHeading.UnitOfTime(match.Groups["unit"].Value) is not { } unit)
        {
            return null;
        }

        // 0.002777778 s is 360 Hz.
        var seconds = period * unit.Seconds / CsvNumber.PowerOfTen(unit.Decimals);
        return CsvFrequency.Simplest(seconds * (1 - PeriodRounding), seconds * (1 + PeriodRounding), _ => true);
    }

    /// <summary>Reads a number without sign, with a decimal point or comma, groups of thousands and exponent; null if it is none.</summary>
    public static double? Number(string text)
    {
        var compact = Blanks().Replace(text, "");
        var (comma, point) = (compact.LastIndexOf(','), compact.LastIndexOf('.'));
        // Of two kinds of marks the last is the decimal one.
        compact = comma >= 0 && point >= 0
            ? compact.Replace(comma > point ? "." : ",", "", StringComparison.Ordinal)
            : compact;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(compact.Replace(',', '.'), Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static double? OfNumber(string number, string unit)
    {
        if (CsvHeading.UnitOfTime(unit) is not null)
            return OfPeriod($"{number} {unit}");
        if (Number(number) is not (> 0 and var value))
            return null;
        var scale = unit.StartsWith('k') || unit.StartsWith('K') ? 1000 : 1;
        if (value * scale < CsvFrequency.SlowestHz && Thousands().IsMatch(number))
            value *= 1000;
        return value * scale;
    }

    [GeneratedRegex(
        @"\b((sampl\w*[ _-]?(rate|freq\w*)|fs\b|abtast(rate|frequenz)|fréquence d.échantillonnage|frecuencia de muestreo"
        + @"|frequenza di campionamento|frequência de amostragem)|^\W{0,4}frequency(?=\W)|(?<period>\bsampl\w*[ _-]?(interval|period)))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex("filter|notch|pass|cut", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Filter();

    [GeneratedRegex(@"^\s*[([](?<unit>[a-zµμ]{1,12})[)\]]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Enclosed();

    // Behind at most twenty other characters, such as "(Hz):= ".
    [GeneratedRegex(
        @"^[^0-9]{0,20}(?<number>[0-9]{1,12}([ '][0-9]{3})*([.,][0-9]{1,12}){0,3}(e[+-]?[0-9]{1,2})?)\s*(?<unit>[\p{L}µμ]{1,12})?",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^[0-9]{1,3}([.,][0-9]{3})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();

    [GeneratedRegex("[ ']")]
    private static partial Regex Blanks();
}
