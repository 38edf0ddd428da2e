namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The forms of times in a column.</summary>
internal enum CsvTimeKind
{
    /// <summary>A number in a unit of time.</summary>
    Number,

    /// <summary>The sample's number, which may begin again and again.</summary>
    SampleIndex,

    /// <summary>A clock time, <c>h:mm:ss.sss</c> or <c>m:ss.sss</c>.</summary>
    Clock,

    /// <summary>A day and a time of day in ISO 8601, or <c>[hh:mm:ss.mmm dd/mm/yyyy]</c> as rdsamp writes it.</summary>
    DateTime,
}

/// <summary>A decimal time, exactly: <c>Mantissa·10^(−Decimals)</c> seconds.</summary>
/// <param name="Mantissa">The digits.</param>
/// <param name="Decimals">Digits behind the decimal point of the seconds, as written.</param>
internal readonly record struct CsvInstant(long Mantissa, int Decimals)
{
    /// <summary>Digits before the decimal point, at least 1.</summary>
    public int WholeDigits
    {
        get
        {
            var digits = 1;
            for (var rest = Math.Abs(Seconds); rest >= 10 && digits < 20; rest /= 10)
                digits++;
            return digits;
        }
    }

    /// <summary>The time in seconds, to within the rounding of one division.</summary>
    public double Seconds => Mantissa / CsvNumber.PowerOfTen(Decimals);

    /// <summary>
    /// Returns the seconds from another instant to this one; the difference is exact before the division if the digits fit.
    /// </summary>
    public double Since(CsvInstant other)
    {
        if (Decimals == other.Decimals)
            return (Mantissa - other.Mantissa) / CsvNumber.PowerOfTen(Decimals);
        var decimals = Math.Max(Decimals, other.Decimals);
        return TryScale(this, decimals, out var mine) && TryScale(other, decimals, out var others)
            ? (mine - others) / CsvNumber.PowerOfTen(decimals)
            : Seconds - other.Seconds;
    }

    private static bool TryScale(CsvInstant instant, int decimals, out long mantissa)
    {
        var by = decimals - instant.Decimals;
        var product = instant.Mantissa * (by > 18 ? Int128.MaxValue : (Int128)CsvNumber.PowerOfTen(by));
        mantissa = (long)Int128.Clamp(product, long.MinValue / 4, long.MaxValue / 4);
        return mantissa == product;
    }
}

/// <summary>Reads the cells of a time column.</summary>
/// <param name="Kind">The form of the times.</param>
/// <param name="UnitDecimals">The unit of numbers: 0 for seconds, 3 for milliseconds, 6 and 9.</param>
/// <param name="UnitSeconds">60 for numbers in minutes, 3600 for hours, otherwise 1.</param>
/// <param name="DecimalPoint">The decimal point of numbers and of a clock's seconds.</param>
/// <param name="Counter">How a <see cref="CsvTimeKind.SampleIndex"/> counts; by ones without end, if not given.</param>
internal readonly record struct CsvTime(
    CsvTimeKind Kind, int UnitDecimals, int UnitSeconds, byte DecimalPoint, CsvCounter? Counter = null)
{
    // More decimals are cut off, which changes less than a picosecond.
    private const int MaximumDecimals = 12;

    // A .NET tick is 100 ns.
    private const int TickDecimals = 7;

    private const int LongestTime = 60;

    // No zone is further from UTC.
    private const int LargestOffsetMinutes = 18 * 60;

    // Differences of two fit in a long, and nanoseconds since 1970 fit until 2043.
    private const long LargestMantissa = long.MaxValue / 4;

    /// <summary>Reads a cell; returns false if it is no time of this form.</summary>
    public bool TryParse(ReadOnlySpan<byte> cell, out CsvInstant instant)
    {
        if (Kind == CsvTimeKind.DateTime)
            return TryParseDateTime(cell, out instant, out _);
        return Kind == CsvTimeKind.Clock
            ? TryParseTimeOfDay(Unbracket(cell), DecimalPoint, out instant)
            : TryParseNumber(cell, out instant);
    }

    /// <summary>Reads a day and a time of day.</summary>
    /// <param name="cell">
    /// As in <c>2005-06-14T10:00:00.004</c>, with a blank for the T or a zone behind it, or <c>[10:00:00.004 14/06/2005]</c>.
    /// </param>
    /// <param name="instant">Seconds since the beginning of year 1, in UTC if the cell has an offset from it.</param>
    /// <param name="start">The day and the time of the recorder's clock, to 100 ns.</param>
    public static bool TryParseDateTime(ReadOnlySpan<byte> cell, out CsvInstant instant, out DateTime start)
    {
        instant = default;
        start = default;
        var text = Unbracket(cell);
        text = Spread(text) ?? text;
        if (text.Length is < 12 or > LongestTime)
            return false;
        int year, month, day;
        var offsetMinutes = 0;
        ReadOnlySpan<byte> time;
        if (text is [_, _, _, _, (byte)'-' or (byte)'/', _, _, (byte)'-' or (byte)'/', _, _, (byte)'T' or (byte)' ' or (byte)'t', ..])
        {
            if (!TryDigits(text[..4], out year) || !TryDigits(text[5..7], out month) || !TryDigits(text[8..10], out day))
                return false;
            if (!TryUnzone(text[11..], out time, out offsetMinutes))
                return false;
        }
        else if (text is [.., (byte)' ', _, _, (byte)'/', _, _, (byte)'/', _, _, _, _])
        {
            if (!TryDigits(text[^4..], out year) || !TryDigits(text[^7..^5], out month) || !TryDigits(text[^10..^8], out day))
                return false;
            time = text[..^11];
        }
        else
        {
            return false;
        }

        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || !TryParseClock(time, time.Contains((byte)',') ? (byte)',' : (byte)'.', out var clock) || clock.Seconds >= 86_400)
        {
            return false;
        }

        while (clock.Decimals > TickDecimals)
            clock = new CsvInstant(clock.Mantissa / 10, clock.Decimals - 1);
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        var power = (long)CsvNumber.PowerOfTen(clock.Decimals);
        var midnight = (date.Ticks / TimeSpan.TicksPerSecond) - (offsetMinutes * 60L);
        instant = new CsvInstant((midnight * power) + clock.Mantissa, clock.Decimals);
        start = date.AddTicks(clock.Mantissa * (TimeSpan.TicksPerSecond / power));
        return true;
    }

    /// <summary>
    /// Returns how long a day such as <c>04/03/2021</c> or <c>4.3.2021</c> is, with the blank behind it; 0 if a cell begins with none.
    /// Whether the month or the day comes first is not known, so that only the time of day counts.
    /// </summary>
    public static int LengthOfDay(ReadOnlySpan<byte> cell)
    {
        var end = cell.IndexOf((byte)' ');
        var day = end is >= 8 and <= 10 ? cell[..end] : default;
        var parts = 0;
        var digits = 0;
        foreach (var character in day)
        {
            if (char.IsAsciiDigit((char)character))
                digits++;
            else if (character is not ((byte)'/' or (byte)'.' or (byte)'-') || digits is < 1 or > 2)
                return 0;
            else
                (parts, digits) = (parts + 1, 0);
        }

        return parts == 2 && digits == 4 ? end + 1 : 0;
    }

    /// <summary>Reads a time, perhaps behind a day and before <c>AM</c> or <c>PM</c>.</summary>
    private static bool TryParseTimeOfDay(ReadOnlySpan<byte> cell, byte point, out CsvInstant instant)
    {
        var text = cell[LengthOfDay(cell)..];
        var half = text.Length > 3 && System.Text.Ascii.EqualsIgnoreCase(text[^1..], "m"u8) ? text[^2] | 0x20 : 0;
        if (half is not ('a' or 'p'))
            return TryParseClock(text, point, out instant);
        if (!TryParseClock(text[..^2].TrimEnd((byte)' '), point, out instant))
            return false;
        var hours = (int)(instant.Seconds / 3600);
        if (hours is < 1 or > 12)
            return false;
        // 12 AM is midnight, 12 PM noon.
        var moved = (hours == 12 ? -12 : 0) + (half == 'p' ? 12 : 0);
        instant = instant with { Mantissa = instant.Mantissa + (moved * 3600L * (long)CsvNumber.PowerOfTen(instant.Decimals)) };
        return true;
    }

    /// <summary>Reads <c>h:mm:ss.sss</c> or <c>m:ss.sss</c>.</summary>
    public static bool TryParseClock(ReadOnlySpan<byte> cell, byte point, out CsvInstant instant)
    {
        instant = default;
        if (cell.Length > LongestTime)
            return false;
        var whole = 0L;
        var parts = 0;
        while (cell.IndexOf((byte)':') is var colon and >= 0)
        {
            if (++parts > 2 || colon > 6 || !TryDigits(cell[..colon], out var part) || (parts == 2 && part > 59))
                return false;
            whole = (whole * 60) + part;
            cell = cell[(colon + 1)..];
        }

        if (parts == 0 || cell.Length < 2 || !char.IsAsciiDigit((char)cell[0]) || !char.IsAsciiDigit((char)cell[1]))
            return false;
        var seconds = CsvNumber.Parse(cell, point);
        if (seconds.Kind is not (CsvCellKind.Exact or CsvCellKind.Rounded) || seconds.Value is < 0 or > 60
            || !TryCut(cell, point, out var exact))
        {
            return false;
        }

        var mantissa = (whole * 60 * (Int128)CsvNumber.PowerOfTen(exact.Decimals)) + exact.Mantissa;
        instant = exact with { Mantissa = (long)Int128.Min(mantissa, long.MaxValue / 8) };
        return mantissa < long.MaxValue / 8;
    }

    private bool TryParseNumber(ReadOnlySpan<byte> cell, out CsvInstant instant)
    {
        if (!TryCut(cell, DecimalPoint, out instant))
            return false;
        var mantissa = instant.Mantissa * (Int128)UnitSeconds;
        instant = new CsvInstant((long)Int128.Clamp(mantissa, -LargestMantissa, LargestMantissa), instant.Decimals + UnitDecimals);
        return Int128.Abs(mantissa) < LargestMantissa;
    }

    /// <summary>Reads a number and cuts it after twelve decimals: <c>0.002777777777777778</c>.</summary>
    private static bool TryCut(ReadOnlySpan<byte> cell, byte point, out CsvInstant instant)
    {
        var number = CsvNumber.Parse(cell, point);
        instant = new CsvInstant(number.Mantissa, number.Decimals);
        if (number.Kind == CsvCellKind.Rounded)
        {
            if (TryCutDigits(cell, point, out instant))
                return true;
            var scaled = Math.Round(number.Value * CsvNumber.PowerOfTen(MaximumDecimals));
            instant = new CsvInstant((long)scaled, MaximumDecimals);
            return Math.Abs(scaled) < 1e17;
        }

        while (instant.Decimals > MaximumDecimals)
            instant = new CsvInstant(instant.Mantissa / 10, instant.Decimals - 1);
        return number.Kind == CsvCellKind.Exact && Math.Abs(instant.Mantissa) < LargestMantissa;
    }

    /// <summary>
    /// Reads more digits than <see cref="CsvNumber"/> holds, such as nanoseconds since 1970; decimals that do not fit are cut off.
    /// </summary>
    private static bool TryCutDigits(ReadOnlySpan<byte> cell, byte point, out CsvInstant instant)
    {
        instant = default;
        var negative = cell is [(byte)'-', ..];
        var digits = cell is [(byte)'-' or (byte)'+', ..] ? cell[1..] : cell;
        var at = digits.IndexOf(point);
        var (mantissa, decimals) = (0L, 0);
        for (var d = 0; d < digits.Length; d++)
        {
            if (d == at)
                continue;
            if (!char.IsAsciiDigit((char)digits[d]))
                return false;
            var isDecimal = at >= 0 && d > at;
            if (isDecimal && decimals == MaximumDecimals)
                continue;
            if (mantissa >= LargestMantissa / 10)
            {
                if (!isDecimal)
                    return false;
                continue;
            }

            mantissa = (mantissa * 10) + (digits[d] - '0');
            decimals += isDecimal ? 1 : 0;
        }

        instant = new CsvInstant(negative ? -mantissa : mantissa, decimals);
        return true;
    }

    private static ReadOnlySpan<byte> Unbracket(ReadOnlySpan<byte> cell) =>
        cell is [(byte)'[', .., (byte)']'] or [(byte)'(', .., (byte)')'] ? cell[1..^1].Trim((byte)' ') : cell;

    /// <summary>
    /// Writes <c>20050614T100000.004</c>, or <c>20050614100000004</c> as some loggers count, with the signs of
    /// <c>2005-06-14T10:00:00.004</c>; null if a cell is neither.
    /// </summary>
    private static byte[]? Spread(ReadOnlySpan<byte> text)
    {
        var hasT = text.Length > 8 && text[8] == 'T';
        var time = hasT ? text[9..] : text.Length is 14 or 17 ? text[8..] : default;
        if (time.Length is < 6 or > 20 || text[..8].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || time[..6].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || text[0] is not ((byte)'1' or (byte)'2'))
        {
            return null;
        }

        byte[] parts = [.. text[..4], (byte)'-', .. text[4..6], (byte)'-', .. text[6..8], (byte)'T'];
        parts = [.. parts, .. time[..2], (byte)':', .. time[2..4], (byte)':', .. time[4..6]];
        parts = hasT ? [.. parts, .. time[6..]] : time.Length > 6 ? [.. parts, (byte)'.', .. time[6..]] : parts;
        return parts;
    }

    /// <summary>
    /// Splits a time from its offset from UTC, <c>Z</c>, <c>+02:00</c>, <c>+0200</c> or <c>+02</c>: clocks are put back and forward within
    /// a recording, and only with their offset do times keep rising.
    /// </summary>
    private static bool TryUnzone(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> time, out int offsetMinutes)
    {
        offsetMinutes = 0;
        time = text;
        if (text is [.., (byte)'Z' or (byte)'z'])
            time = text[..^1];
        if (text.EndsWith(" UTC"u8) || text.EndsWith(" GMT"u8))
            time = text[..^4];
        var sign = time.LastIndexOfAny((byte)'+', (byte)'-');
        if (sign <= 0)
            return true;
        var offset = time[(sign + 1)..];
        var isRead = offset switch
        {
            [_, _] => TryDigits(offset, out offsetMinutes) && (offsetMinutes *= 60) >= 0,
            [_, _, (byte)':', _, _] => TryMinutes(offset[..2], offset[3..], out offsetMinutes),
            [_, _, _, _] => TryMinutes(offset[..2], offset[2..], out offsetMinutes),
            _ => false,
        };
        offsetMinutes = time[sign] == '-' ? -offsetMinutes : offsetMinutes;
        time = time[..sign].Trim((byte)' ');
        return isRead && Math.Abs(offsetMinutes) <= LargestOffsetMinutes;
    }

    private static bool TryMinutes(ReadOnlySpan<byte> hours, ReadOnlySpan<byte> minutes, out int sum)
    {
        var isRead = TryDigits(hours, out var whole) & TryDigits(minutes, out var rest);
        sum = (whole * 60) + rest;
        return isRead && rest < 60;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character))
                return false;
            value = (value * 10) + (character - '0');
        }

        return !text.IsEmpty;
    }
}
