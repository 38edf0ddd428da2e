using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EcgRecovery.Formats.Files;

/// <summary>Reads a decimal number as the nearest float32, correctly rounded, without making a string.</summary>
/// <remarks>
/// w·10ᵠ with w of at most 19 digits and |q| ≤ 22 takes two roundings in float64 (w, and the product or quotient with the exact power of
/// ten), so the float64 is within 2 units in its last place of the true value. Rounding it to float32 is right unless it lies that close
/// to the middle between two float32 values; those, and everything longer or larger, go to the runtime's own exact parser. Printed
/// float32 values never lie near a middle.
/// Source: Clinger 1990, doi:10.1145/93542.93557.
/// </remarks>
internal static class DecimalFloat
{
    private const int MaximumDigits = 19;
    private const int LargestExactPower = 22;
    private const double LargestFast = 1e38;

    // A float64 has 29 bits more than a float32; the middle between two float32 values has only the highest of them set.
    private const long ExtraBits = (1L << 29) - 1;
    private const long Middle = 1L << 28;
    private const long MiddleMargin = 4;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the number that the text starts with.</summary>
    /// <param name="text">[+|−]digits[.digits][e[+|−]digits], and whatever follows.</param>
    /// <param name="value">The number; infinite where it is too large for a float32.</param>
    /// <returns>Bytes read; 0 where the text starts with no number.</returns>
    public static int Parse(ReadOnlySpan<byte> text, out float value)
    {
        var at = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            at = 1;
        }

        var digits = 0UL;
        var start = at;
        ReadDigits(text, ref at, ref digits);
        var digitCount = at - start;
        var fractionCount = 0;
        if (at < text.Length && text[at] == '.')
        {
            start = ++at;
            ReadDigits(text, ref at, ref digits);
            fractionCount = at - start;
            digitCount += fractionCount;
        }

        value = 0;
        if (digitCount == 0)
            return 0;
        var exponent = ReadExponent(text, ref at);
        if (digitCount > MaximumDigits || exponent is < -9999 or > 9999)
            return ParseRare(text, at, out value);
        return TryRound(digits, exponent - fractionCount, negative, out value) ? at : ParseRare(text, at, out value);
    }

    private static void ReadDigits(ReadOnlySpan<byte> text, ref int at, ref ulong digits)
    {
        while (text.Length - at >= 8 && TryReadEight(text[at..], out var eight))
        {
            digits = (digits * 100_000_000) + eight;
            at += 8;
        }

        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            digits = (digits * 10) + (uint)(text[at] - '0');
            at++;
        }
    }

    /// <summary>Eight digits at once.</summary>
    /// <remarks>Source: Lemire 2021, "Number parsing at a gigabyte per second", doi:10.1002/spe.2984, section 6.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadEight(ReadOnlySpan<byte> text, out uint value)
    {
        var word = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var isDigits = ((word & 0xF0F0F0F0F0F0F0F0) | (((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;
        word -= 0x3030303030303030;
        word = (word * 10) + (word >> 8);
        value = (uint)((((word & 0x000000FF000000FF) * 0x000F424000000064) + (((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        return isDigits;
    }

    /// <summary>Reads e±digits; where no digits follow, the e is not part of the number.</summary>
    private static int ReadExponent(ReadOnlySpan<byte> text, ref int at)
    {
        if (at >= text.Length || (text[at] | 0x20) != 'e')
            return 0;
        var position = at + 1;
        var negative = position < text.Length && text[position] == '-';
        if (negative || (position < text.Length && text[position] == '+'))
            position++;
        var start = position;
        var exponent = 0;
        while (position < text.Length && (uint)(text[position] - '0') <= 9)
        {
            exponent = Math.Min((exponent * 10) + (text[position] - '0'), 100_000);
            position++;
        }

        if (position == start)
            return 0;
        at = position;
        return negative ? -exponent : exponent;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRound(ulong digits, int power, bool negative, out float value)
    {
        value = negative ? -0f : 0f;
        if (digits == 0)
            return true;
        if (power is < -LargestExactPower or > LargestExactPower)
            return false;
        var near = power < 0 ? digits / PowersOfTen[-power] : digits * PowersOfTen[power];
        if (near >= LargestFast || Math.Abs((BitConverter.DoubleToInt64Bits(near) & ExtraBits) - Middle) <= MiddleMargin)
            return false;
        value = (float)(negative ? -near : near);
        return true;
    }

    private static int ParseRare(ReadOnlySpan<byte> text, int length, out float value) =>
        float.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? length : 0;
}
