using System.Globalization;

namespace EcgRecovery.Formats.Csv.Cells;

/// <summary>The kinds of cells in a lead's column.</summary>
internal enum CsvCellKind
{
    /// <summary>A missing sample: empty, <c>NaN</c>, <c>NA</c>, <c>null</c> or <c>-</c>.</summary>
    Missing,

    /// <summary>A decimal fraction that <see cref="CsvNumber.Mantissa"/> and <see cref="CsvNumber.Decimals"/> hold exactly.</summary>
    Exact,

    /// <summary>A number with more digits; <see cref="CsvNumber.Value"/> is the nearest double.</summary>
    Rounded,

    /// <summary>No number.</summary>
    Bad,
}

/// <summary>A decimal number, exactly: <c>Mantissa·10^(−Decimals)</c>.</summary>
/// <param name="Kind">The kind of cell.</param>
/// <param name="Mantissa">The digits, at most 18, with sign.</param>
/// <param name="Decimals">Digits behind the decimal point, 0…300, as written: 1.50 has two.</param>
/// <param name="Value">The nearest double, rounded correctly.</param>
internal readonly record struct CsvNumber(CsvCellKind Kind, long Mantissa, int Decimals, double Value)
{
    private const int MaximumDigits = 18;
    private const int MaximumDecimals = 300;

    // Larger powers of ten are not exact as doubles.
    private const int LargestExactPower = 22;
    private const long LargestExactInteger = 1L << 53;

    // Nothing prints a longer number.
    private const int LongestNumber = 400;

    private static readonly double[] s_powersOfTen =
        [.. Enumerable.Range(0, LargestExactPower + 1).Select(p => double.Parse($"1e{p}", CultureInfo.InvariantCulture))];

    private static CsvNumber Missing => new(CsvCellKind.Missing, 0, 0, double.NaN);

    private static CsvNumber Bad => new(CsvCellKind.Bad, 0, 0, double.NaN);

    /// <summary>Returns 10^<paramref name="power"/>; exact for powers up to 22.</summary>
    public static double PowerOfTen(int power) => power <= LargestExactPower ? s_powersOfTen[power] : Math.Pow(10, power);

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell, without blanks around it.</param>
    /// <param name="point">The decimal point.</param>
    public static CsvNumber Parse(ReadOnlySpan<byte> cell, byte point)
    {
        if (cell is [0xE2, 0x88, 0x92, ..])
            return ParseTypographic(cell, point);
        var at = 0;
        var negative = cell.Length > 0 && cell[0] == '-';
        if (negative || (cell.Length > 0 && cell[0] == '+'))
            at = 1;

        var mantissa = 0L;
        var digits = 0;
        var significant = 0;
        var decimals = -1;
        for (; at < cell.Length; at++)
        {
            var digit = (uint)(cell[at] - '0');
            if (digit <= 9)
            {
                digits++;
                // Leading zeros are not significant.
                significant += mantissa != 0 || digit != 0 ? 1 : 0;
                if (significant <= MaximumDigits)
                    mantissa = (mantissa * 10) + digit;
                if (decimals >= 0)
                    decimals++;
            }
            else if (cell[at] == point && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                break;
            }
        }

        if (digits == 0)
            return IsMissing(cell) ? Missing : Bad;
        decimals = Math.Max(decimals, 0);
        if (at < cell.Length)
        {
            if ((cell[at] | 0x20) != 'e' || !TryReadExponent(cell[(at + 1)..], out var exponent))
                return Bad;
            decimals -= exponent;
        }

        if (significant > MaximumDigits || !TryMakeDecimals(ref mantissa, ref decimals))
            return ParseRounded(cell, point);
        var signed = negative ? -mantissa : mantissa;
        return mantissa <= LargestExactInteger && decimals <= LargestExactPower
            ? new CsvNumber(CsvCellKind.Exact, signed, decimals, signed / s_powersOfTen[decimals])
            : ParseRounded(cell, point) with { Kind = CsvCellKind.Exact, Mantissa = signed, Decimals = decimals };
    }

    /// <summary>Reads a number with a minus sign, U+2212, in place of a hyphen: Swedish, Norwegian and Finnish programs write it.</summary>
    private static CsvNumber ParseTypographic(ReadOnlySpan<byte> cell, byte point)
    {
        if (cell.Length > LongestNumber || cell.Length == 3)
            return Bad;
        Span<byte> text = stackalloc byte[LongestNumber];
        text[0] = (byte)'-';
        cell[3..].CopyTo(text[1..]);
        return Parse(text[..(cell.Length - 2)], point);
    }

    /// <summary>Returns whether a cell stands for a missing sample.</summary>
    private static bool IsMissing(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty
        || cell is [(byte)'-']
        || IsWord(cell, "nan"u8) || IsWord(cell, "na"u8) || IsWord(cell, "n/a"u8) || IsWord(cell, "#n/a"u8)
        || IsWord(cell, "null"u8) || IsWord(cell, "none"u8);

    private static bool IsWord(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(cell, word);

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
            text = text[1..];
        if (text.IsEmpty || text.Length > 4)
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character))
                return false;
            exponent = (exponent * 10) + (character - '0');
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <summary>Brings a number such as 12e3 to decimals that are not negative.</summary>
    private static bool TryMakeDecimals(ref long mantissa, ref int decimals)
    {
        if (mantissa == 0)
            decimals = Math.Clamp(decimals, 0, MaximumDecimals);
        for (; decimals < 0; decimals++)
        {
            if (mantissa > long.MaxValue / 100)
                return false;
            mantissa *= 10;
        }

        return decimals <= MaximumDecimals;
    }

    private static CsvNumber ParseRounded(ReadOnlySpan<byte> cell, byte point)
    {
        if (cell.Length > LongestNumber)
            return Bad;
        Span<byte> text = stackalloc byte[LongestNumber];
        cell.CopyTo(text);
        text = text[..cell.Length];
        text.Replace(point, (byte)'.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new CsvNumber(CsvCellKind.Rounded, 0, 0, value)
            : Bad;
    }
}
