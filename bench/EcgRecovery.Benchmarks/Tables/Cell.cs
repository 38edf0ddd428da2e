using System.Globalization;
using EcgRecovery.Benchmarks.Cases;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>Figures as the tables show them; a dash where there is none.</summary>
internal static class Cell
{
    public const string None = "–";

    public static string Milliseconds(double? value) => value is { } ms ? $"{Digits(ms)} ms" : None;

    public static string Percent(double? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{100 * s:F1} %") : None;

    public static string Gigaflops(double? value) => value is { } g ? string.Create(CultureInfo.InvariantCulture, $"{g:F1}") : None;

    /// <summary>A ratio with two digits after the point, or one where it is large.</summary>
    public static string Times(double? value) => value is { } times ? $"{times.ToString(times < 10 ? "F2" : "F1", CultureInfo.InvariantCulture)} ×" : None;

    /// <summary>A rival's time and how often as fast we are.</summary>
    public static string Rival(double? milliseconds, double? timesAsFast) => milliseconds is null ? None : $"{Milliseconds(milliseconds)}, {Times(timesAsFast)}";

    public static string Error(double? value) => value is { } error ? ValueErrors.Text(error) : None;

    /// <summary>Three or more significant digits.</summary>
    private static string Digits(double value) => value.ToString(value < 1 ? "F4" : value < 100 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
