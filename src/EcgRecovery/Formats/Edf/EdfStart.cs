using System.Globalization;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Edf;

/// <summary>The start of a recording and the identification fields, one of which decides the date in EDF+.</summary>
internal static class EdfStart
{
    /// <summary>Characters of the patient and of the recording identification.</summary>
    public const int IdentificationLength = 80;

    private const string Prefix = "Startdate ";

    // Years of two digits: 85…99 are 1985…1999, 00…84 are 2000…2084 (EDF+, 2.1.3.2). s_unknown stands for an unknown date (EDF+ FAQ).
    private const int PivotYear = 85;
    private static readonly DateOnly s_unknown = new(1985, 1, 1);

    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Reads the start of a file.</summary>
    /// <param name="header">The header.</param>
    /// <param name="offset">Seconds from the header's time to the first data record: EDF+'s fraction of a second.</param>
    /// <param name="remarks">Receives a sentence for each decision.</param>
    public static (DateOnly? Date, TimeOnly? Time) Read(EdfHeader header, decimal offset, List<string> remarks)
    {
        var date = HeaderDate(header.StartDate);
        if (date is null)
            remarks.Add($"Start date is \"{InputFile.Shorten(header.StartDate)}\" in the header; expected dd.mm.yy.");
        var time = HeaderTime(header.StartTime);
        if (time is null)
            remarks.Add($"Start time is \"{InputFile.Shorten(header.StartTime)}\" in the header; expected hh.mm.ss.");
        if (header.Continuity != EdfContinuity.Plain && header.Recording.StartsWith(Prefix, StringComparison.Ordinal))
            (date, time) = Judge(header.Recording[Prefix.Length..].Split(' ')[0], date, time, offset, remarks);
        if (time is not { } known || offset == 0)
            return (date, time);
        time = known.Add(TimeSpan.FromTicks((long)(offset * TimeSpan.TicksPerSecond)), out var days);
        return (date?.DayNumber + days is >= 0 and <= 3652058 ? date?.AddDays(days) : null, time);
    }

    /// <summary>Returns the header's date and time, and the recording identification with the full date.</summary>
    /// <param name="date">The date; null = not known.</param>
    /// <param name="time">The time; null = not known. Its fraction of a second is not part of the header.</param>
    /// <param name="recording">The recording identification of the record.</param>
    /// <param name="lost">Receives a sentence for each thing that is lost.</param>
    public static (string Date, string Time, string Recording) Write(DateOnly? date, TimeOnly? time, string recording, List<string> lost)
    {
        if (date is not null && time is null)
            lost.Add("That the time of day is not known: EDF has no word for it, 00.00.00 is written.");
        var day = date is { } d ? string.Create(CultureInfo.InvariantCulture, $"{d.Day:00}-{s_months[d.Month - 1]}-{d.Year:0000}") : "X";
        // Behind the date: hospital code, technician, equipment, then anything else.
        var words = recording.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = words is ["Startdate", _, ..] ? words[2..] : ["X", "X", "X", .. words];
        if (rest.Length < 3)
            rest = [.. rest, .. Enumerable.Repeat("X", 3 - rest.Length)];
        var text = EdfText.Fit($"{Prefix}{day} {string.Join(' ', rest)}", IdentificationLength, "recording identification", lost);
        return (
            (date ?? s_unknown).ToString("dd.MM.yy", CultureInfo.InvariantCulture),
            (time ?? default).ToString("HH.mm.ss", CultureInfo.InvariantCulture),
            text);
    }

    /// <summary>Returns the patient identification in EDF+'s form: code, sex, birthdate, name, each one word, X = not known.</summary>
    public static string Patient(string patient, List<string> lost)
    {
        var words = patient.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var conforms = words.Length >= 4 && words[1] is "M" or "F" or "X" && (words[2] == "X" || LongDate(words[2]) is not null);
        var text = string.Join(' ', conforms ? words : ["X", "X", "X", "X", .. words]);
        return EdfText.Fit(text, IdentificationLength, "patient identification", lost);
    }

    private static (DateOnly? Date, TimeOnly? Time) Judge(string word, DateOnly? date, TimeOnly? time, decimal offset, List<string> remarks)
    {
        if (word == "X")
            return date == s_unknown ? (null, time == default(TimeOnly) && offset == 0 ? null : time) : (date, time);
        if (LongDate(word) is not { } full)
        {
            remarks.Add($"The recording identification has \"Startdate {InputFile.Shorten(word)}\"; expected dd-MMM-yyyy or X.");
            return (date, time);
        }

        if (date is { } other && (other.Day, other.Month, other.Year % 100) != (full.Day, full.Month, full.Year % 100))
        {
            remarks.Add(
                $"The header's start date is {other:yyyy-MM-dd}, the recording identification's {full:yyyy-MM-dd}; "
                + "the latter is taken, as EDF+ wants it.");
        }

        return (full, time);
    }

    private static DateOnly? LongDate(string word)
    {
        if (word is not [_, _, '-', _, _, _, '-', _, _, _, _])
            return null;
        return int.TryParse(word[7..], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(word[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
                ? Date(year, Array.IndexOf(s_months, word[3..6].ToUpperInvariant()) + 1, day)
                : null;
    }

    // Some recorders write other separators, or a blank for a leading 0.
    private static DateOnly? HeaderDate(string text)
    {
        var parts = Parts(text);
        return parts is [var day, { } month, { } year] && year is >= 0 and < 100
            ? Date(year < PivotYear ? 2000 + year : 1900 + year, month, day)
            : null;
    }

    private static TimeOnly? HeaderTime(string text) =>
        Parts(text) is [>= 0 and < 24 and var hour, >= 0 and < 60 and var minute, >= 0 and < 60 and var second]
            ? new TimeOnly(hour, minute, second)
            : null;

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int[] Parts(string text)
    {
        var parts = text.Split('.', ':', '/', '-');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return [];
        }

        return numbers;
    }
}
