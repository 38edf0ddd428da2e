using System.Buffers.Text;
using System.Globalization;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>
/// Prints a number as <c>%.18e</c> of C and numpy: <c>8.434163928031921387e-01</c>, rounded correctly from the exact value.
/// </summary>
internal static class Exponential18
{
    private const int Decimals = 18;
    private const ulong Smallest19Digits = 1_000_000_000_000_000_000;

    // v = m·2⁻ᵏ with m < 2²⁴, so m·10³⁰ < 2¹²⁴ is exact in 128 bits: enough for 10⁻¹¹ ≤ v < 2²⁴.
    private const float SmallestFast = 1e-11f;
    private const float LargestFast = 1 << 24;
    private static readonly UInt128[] PowersOfTen =
        [.. Enumerable.Range(0, 31).Select(p => UInt128.Parse("1" + new string('0', p), CultureInfo.InvariantCulture))];

    /// <summary>Writes the number; returns the bytes written.</summary>
    /// <param name="value">Any value; NaN and the infinities are written as numpy writes them.</param>
    /// <param name="destination">At least 32 bytes.</param>
    public static int Format(float value, Span<byte> destination)
    {
        var magnitude = Math.Abs(value);
        var start = 0;
        if (float.IsNegative(value) && !float.IsNaN(value))
            destination[start++] = (byte)'-';
        if (magnitude == 0)
            return start + Write(0, 0, destination[start..]);
        if (magnitude is < SmallestFast or >= LargestFast || !float.IsFinite(magnitude))
            return start + FormatRare(magnitude, destination[start..]);

        var exponent = (int)MathF.Floor(MathF.Log10(magnitude));
        var digits = Digits(magnitude, exponent);
        // The logarithm may be off by one beside a power of ten.
        if (digits < Smallest19Digits)
            digits = Digits(magnitude, --exponent);
        else if (digits >= Smallest19Digits * 10)
            digits = Digits(magnitude, ++exponent);
        return start + Write((ulong)digits, exponent, destination[start..]);
    }

    /// <summary>Returns value·10^(18 − exponent), rounded half to even.</summary>
    private static UInt128 Digits(float value, int exponent)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var mantissa = (bits & 0x7F_FFFF) | 0x80_0000;
        var shift = 150 - (int)(bits >> 23);
        var scaled = mantissa * PowersOfTen[Decimals - exponent];
        if (shift == 0)
            return scaled;
        var whole = scaled >> shift;
        var rest = scaled - (whole << shift);
        var half = UInt128.One << (shift - 1);
        return rest > half || (rest == half && UInt128.IsOddInteger(whole)) ? whole + 1 : whole;
    }

    /// <summary>Writes <c>d.dddddddddddddddddde±xx</c>.</summary>
    private static int Write(ulong digits, int exponent, Span<byte> destination)
    {
        var (first, rest) = Math.DivRem(digits, Smallest19Digits);
        destination[0] = (byte)('0' + first);
        destination[1] = (byte)'.';
        var (high, low) = Math.DivRem(rest, 1_000_000_000);
        WriteNine((uint)high, destination[2..]);
        WriteNine((uint)low, destination[11..]);
        destination[20] = (byte)'e';
        destination[21] = (byte)(exponent < 0 ? '-' : '+');
        var size = Math.Abs(exponent);
        destination[22] = (byte)('0' + (size / 10));
        destination[23] = (byte)('0' + (size % 10));
        return 24;
    }

    private static void WriteNine(uint value, Span<byte> destination)
    {
        for (var i = 8; i >= 0; i--)
        {
            var quotient = value / 10;
            destination[i] = (byte)('0' + (value - (quotient * 10)));
            value = quotient;
        }
    }

    /// <summary>Writes the runtime's exact digits, with an exponent of two digits as in C instead of three.</summary>
    private static int FormatRare(float magnitude, Span<byte> destination)
    {
        if (!float.IsFinite(magnitude))
        {
            (float.IsNaN(magnitude) ? "nan"u8 : "inf"u8).CopyTo(destination);
            return 3;
        }

        Utf8Formatter.TryFormat((double)magnitude, destination, out _, new System.Buffers.StandardFormat('e', Decimals));
        // "1.000000000000000000e+030": a float's exponent has two digits, so the first of the three is 0.
        destination[23..25].CopyTo(destination[22..]);
        return 24;
    }
}
