using System.Globalization;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>A time in a recording, in the notation of WFDB's programs.</summary>
/// <remarks>
/// <code>
/// 10  1:30  2:14.875  4:02:01     seconds, minutes and seconds, hours, minutes and seconds since the start
/// s12345                          samples since the start
/// [09:30:00]                      the first 09:30:00 after the start, by the recorder's clock: the next day's if the start is later
/// [09:30:00 1]                    09:30:00 on the day after the start
/// [09:30:00 2/1/1992]             09:30:00 on a date (day/month/year); also [09:30:00 1992-01-02]
/// e                               the end
/// </code>
/// A time is rounded to the nearest sample. Source: WFDB, strtim(3), https://physionet.org/physiotools/wpg/strtim.htm.
/// </remarks>
internal sealed class RecordTime
{
    // 31 years: longer than any recording, and no product overflows.
    private const decimal MaximumSeconds = 1e9m;
    private const int SecondsPerDay = 86_400;

    private static readonly string[] s_timesOfDay = ["H\\:m\\:s", "H\\:m\\:s.FFFFFFF"];
    private static readonly string[] s_dates = ["d/M/yyyy", "yyyy-MM-dd"];

    private readonly string _text;
    private decimal? _seconds;
    private long? _sample;
    private TimeOnly? _timeOfDay;
    private int? _days;
    private DateOnly? _date;

    private RecordTime(string text) => _text = text;

    /// <summary>Reads a time.</summary>
    /// <exception cref="FormatException">The text is not in the notation above.</exception>
    public static RecordTime Parse(string text)
    {
        var time = new RecordTime(text);
        if (text == "e" || time.ReadSample(text) || time.ReadClock(text) || time.ReadElapsed(text))
            return time;
        throw new FormatException(
            $"'{text}' is not a time; expected seconds, MM:SS, HH:MM:SS, sN for sample N, [HH:MM:SS] for a time of day, or e for the end");
    }

    /// <summary>Returns the sample at the time, counted as the record's annotations are.</summary>
    /// <exception cref="UsageException">The time lies outside the record, or the record's start is not known.</exception>
    public long Resolve(EcgRecord record)
    {
        if (_text == "e")
            return record.SampleCount;
        var sample = _sample
            ?? Math.Round((double)(_seconds ?? SinceStart(record)) * record.SamplingFrequencyHz, MidpointRounding.AwayFromZero);
        if (sample < 0)
            throw new UsageException($"{_text} is before the start of record {record.Name}, {StartOf(record)}");
        if (sample > record.SampleCount && IsBeforeStart(record))
        {
            throw new UsageException(
                $"{_text} is before the start of record {record.Name}, {StartOf(record)}, and the record ends before {_text} of the next "
                + $"day; it lasts {Describe(record.DurationSeconds)}");
        }

        return sample <= record.SampleCount
            ? (long)sample
            : throw new UsageException(
                $"{_text} is after the end of record {record.Name}: "
                + $"it lasts {Describe(record.DurationSeconds)}, {record.SampleCount} samples");
    }

    /// <summary>Returns a time since the start as <c>h:mm:ss.fff</c>, to the nearest millisecond.</summary>
    public static string Describe(double seconds)
    {
        var milliseconds = (long)Math.Round(seconds * 1000);
        return $"{milliseconds / 3_600_000}:{milliseconds / 60_000 % 60:D2}:{milliseconds / 1000 % 60:D2}.{milliseconds % 1000:D3}";
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private decimal SinceStart(EcgRecord record)
    {
        if (record.StartTime is not { } start)
        {
            throw new UsageException(
                $"{_text} is a time of day, and the start of record {record.Name} is not known; give a time since its start");
        }

        var seconds = (_timeOfDay!.Value.Ticks - start.Ticks) / (decimal)TimeSpan.TicksPerSecond;
        if (_days is { } days)
            return seconds + (days * (decimal)SecondsPerDay);
        if (_date is not { } date)
            return seconds < 0 ? seconds + SecondsPerDay : seconds;
        return record.StartDate is { } day
            ? seconds + ((date.DayNumber - day.DayNumber) * (decimal)SecondsPerDay)
            : throw new UsageException($"{_text} names a day, and the date of record {record.Name} is not known; leave the day out");
    }

    // A time of day without a day is that of the next day if the record starts later; recordings over midnight are common.
    private bool IsBeforeStart(EcgRecord record) => _days is null && _date is null && _timeOfDay < record.StartTime;

    private static string StartOf(EcgRecord record) =>
        $"{record.StartDate:yyyy-MM-dd} {record.StartTime:HH\\:mm\\:ss.FFF}".Trim();

    private bool ReadSample(string text)
    {
        if (!text.StartsWith('s') || !long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var sample))
            return false;
        _sample = sample;
        return true;
    }

    private bool ReadClock(string text)
    {
        if (text is not ['[', .., ']'])
            return false;
        var words = text[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 2)
            || !TimeOnly.TryParseExact(words[0], s_timesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        _timeOfDay = time;
        if (words.Length == 1)
            return true;
        if (int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            _days = days;
        else if (DateOnly.TryParseExact(words[1], s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            _date = date;
        return _days is not null || _date is not null;
    }

    private bool ReadElapsed(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 3
            || !decimal.TryParse(parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var total)
            || total > MaximumSeconds)
        {
            return false;
        }

        var unit = 1L;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var part = total;
            if (i < parts.Length - 1)
            {
                if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
                    return false;
                part = whole;
                total += part * unit;
            }

            // 1:75 is a mistake; 90 and 90:00 are allowed, because only the first number may exceed 59.
            if (i > 0 && part >= 60)
                return false;
            unit *= 60;
        }

        _seconds = total;
        return total <= MaximumSeconds;
    }
}
