using System.Globalization;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The start of a WFDB record.</summary>
/// <param name="Time">Time of day; null if not known.</param>
/// <param name="Date">Day; null if not known.</param>
/// <param name="Unclear">The header's text if a part of it could not be read, and is left out; otherwise null.</param>
internal readonly record struct WfdbStart(TimeOnly? Time, DateOnly? Date, string? Unclear)
{
    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly char[] s_dateSeparators = ['/', '-', '.'];

    /// <summary>Parses a start: <c>HH:MM:SS[.FRACTION] [DD/MM/YYYY]</c>.</summary>
    /// <param name="fields">The fields of the record line from the time on; none, one or two count.</param>
    /// <remarks>
    /// As in WFDB's time conversion, two numbers are minutes and seconds (MIMIC writes 00:31:25 as <c>31:25</c>). <c>0/0/0</c> means "not
    /// recorded", and so does <c>0:0:0</c> before it. The challenges of 2020 and 2021 write the date first and its month by name,
    /// <c>12-May-2020 12:33:59</c>. One number alone would be seconds in WFDB's library, but headers have a year there; a year of less than
    /// four digits has lost some. Source: WFDB, header(5), and <c>strtim</c> in its library.
    /// </remarks>
    public static WfdbStart Parse(ReadOnlySpan<string> fields)
    {
        if (fields.Length == 0)
            return default;
        var (first, second) = (fields[0], fields.Length > 1 ? fields[1] : null);
        var (time, date) = IsTime(first) || (second is not null && !IsTime(second)) ? (first, second) : (second, first);
        var ticks = time is null ? null : ParseTime(time);
        var day = date is null ? null : ParseDate(date);
        var isUnclear = (time is not null && ticks is null) || (date is not null && day is null);
        var isNotRecorded = day is { IsKnown: false } && ticks is 0;
        return new WfdbStart(
            ticks is { } known && !isNotRecorded ? new TimeOnly(known) : null,
            day?.Date,
            isUnclear ? string.Join(' ', fields[..Math.Min(2, fields.Length)]!) : null);
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

    private static bool IsTime(string text) => text.Contains(':', StringComparison.Ordinal);

    private static long? ParseTime(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3)
            || !decimal.TryParse(parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds >= 60)
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

    // Day, month and year, or the reverse; null if it is no date.
    private static (DateOnly? Date, bool IsKnown)? ParseDate(string text)
    {
        var parts = text.Split(s_dateSeparators);
        if (parts.Length != 3)
            return null;
        if (parts.All(part => part.Length > 0 && part.All(c => c == '0')))
            return (null, false);
        if (parts[0].Length == 4)
            Array.Reverse(parts);
        if (!TryWhole(parts[0], out var day) || !TryWhole(parts[2], out var year) || parts[2].Length != 4 || year == 0)
            return null;
        var month = Array.IndexOf(s_months, parts[1].Length >= 3 ? parts[1][..3].ToUpperInvariant() : "") + 1;
        if (month == 0 && !TryWhole(parts[1], out month))
            return null;
        return month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? null
            : (new DateOnly(year, month, day), true);
    }

    private static bool TryWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
