using System.Globalization;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Parses and formats the start of a WFDB record: <c>HH:MM:SS[.FRACTION] [DD/MM/YYYY]</c>.</summary>
/// <remarks>
/// As in WFDB's time conversion, two numbers are minutes and seconds (MIMIC writes 00:31:25 as <c>31:25</c>), one is seconds. <c>0/0/0</c>
/// means "not recorded", and so does <c>0:0:0</c> before it. Source: WFDB, header(5), and <c>strtim</c> in its library.
/// </remarks>
internal static class WfdbStart
{
    /// <summary>Parses a start.</summary>
    /// <returns>Time and date; null if the texts are no time and date.</returns>
    public static (TimeOnly? Time, DateOnly? Date)? Parse(string time, string? date)
    {
        if (ParseTime(time) is not { } ticks)
            return null;
        var start = new TimeOnly(ticks);
        if (date is null)
            return (start, null);
        var parts = date.Split('/');
        if (parts.Length != 3
            || !TryWhole(parts[0], out var day) || !TryWhole(parts[1], out var month) || !TryWhole(parts[2], out var year))
        {
            return null;
        }

        if ((day, month, year) == (0, 0, 0))
            return (ticks == 0 ? null : start, null);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        return (start, new DateOnly(year, month, day));
    }

    /// <summary>Formats a start; an unknown time becomes midnight if there is a date.</summary>
    /// <returns>The text; empty if neither is known.</returns>
    public static string Format(TimeOnly? time, DateOnly? date)
    {
        if (time is null && date is null)
            return "";
        var text = (time ?? TimeOnly.MinValue).ToString("HH':'mm':'ss.FFFFFFF", CultureInfo.InvariantCulture);
        return date is { } day ? $"{text} {day.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture)}" : text;
    }

    private static long? ParseTime(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 3
            || !decimal.TryParse(parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds >= (parts.Length == 1 ? 86_400 : 60))
        {
            return null;
        }

        var minutes = 0;
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            if (!TryWhole(part, out var value) || value >= (parts.Length == 3 ? 60 : 1440))
                return null;
            minutes = (minutes * 60) + value;
        }

        var ticks = (minutes * TimeSpan.TicksPerMinute) + (long)decimal.Round(seconds * TimeSpan.TicksPerSecond);
        return ticks < TimeSpan.TicksPerDay ? ticks : null;
    }

    private static bool TryWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
