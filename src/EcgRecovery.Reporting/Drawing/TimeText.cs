using System.Globalization;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>Times as text, independent of the culture.</summary>
internal static class TimeText
{
    // Some 30,000 years. Longer times, which only a malformed header can hold, are written as a number of seconds.
    private const double MaximumSeconds = 1e12;

    /// <summary>Returns hours, minutes and seconds to the millisecond, as in <c>0:01:05</c> or <c>0:01:05.25</c>.</summary>
    public static string Elapsed(double seconds)
    {
        if (!(Math.Abs(seconds) < MaximumSeconds))
            return seconds.ToString("0.###E+0 s", CultureInfo.InvariantCulture);
        var milliseconds = (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
        var (whole, part) = Math.DivRem(milliseconds, 1000);
        var text = string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
        return part == 0 ? text : text + "." + part.ToString("000", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    /// <summary>Returns the time of day, as in <c>08:15:10</c>; null where the record's start is not known.</summary>
    /// <param name="start">Time of day of the record's first sample.</param>
    /// <param name="seconds">Seconds since then, from 0.</param>
    public static string? Clock(TimeOnly? start, double seconds) =>
        start is { } time && seconds < MaximumSeconds / 1000 // the range of a TimeSpan
            ? time.Add(TimeSpan.FromMilliseconds(Math.Round(seconds * 1000))).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : null;

    /// <summary>Returns a duration with units, as in <c>12.5 s</c>, <c>5 min 12 s</c> or <c>24 h 7 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!(seconds < MaximumSeconds))
            return Elapsed(seconds);
        var whole = (long)Math.Round(seconds);
        return seconds switch
        {
            < 59.95 => seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min{(whole % 60 == 0 ? "" : $" {whole % 60} s")}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole / 3600} h{(whole / 60 % 60 == 0 ? "" : $" {whole / 60 % 60} min")}"),
        };
    }
}
