using System.Globalization;
using EcgRecovery.Benchmarks.Cases;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>Formats of figures in the tables; a dash for null.</summary>
internal static class Cell
{
    public const string None = "–";

    public static string Milliseconds(double? value) => value is { } ms ? $"{Digits(ms)} ms" : None;

    public static string Percent(double? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{100 * s:F1} %") : None;

    public static string Gigaflops(double? value) => value is { } g ? string.Create(CultureInfo.InvariantCulture, $"{g:F1}") : None;

    /// <summary>Formats a ratio with two decimals below 10, one from 10 on.</summary>
    public static string Times(double? value) => value is { } times
        ? $"{times.ToString(times < 10 ? "F2" : "F1", CultureInfo.InvariantCulture)} ×"
        : None;

    /// <summary>Formats a rival's time and the ratio of speeds.</summary>
    public static string Rival(double? milliseconds, double? timesAsFast) =>
        milliseconds is null ? None : $"{Milliseconds(milliseconds)}, {Times(timesAsFast)}";

    public static string Error(double? value) => value is { } error ? ValueErrors.Text(error) : None;

    /// <summary>Formats a number with three or more significant digits.</summary>
    private static string Digits(double value) =>
        value.ToString(value < 1 ? "F4" : value < 100 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
