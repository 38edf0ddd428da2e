using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>Prints the times of samples, with the fewest decimals from which a reader finds the exact frequency.</summary>
/// <remarks>The time of sample i is i/f seconds, rounded half up from the exact fraction: 0.003 for sample 1 at 360 Hz.</remarks>
internal sealed class CsvTimeWriter
{
    private const int MinimumDecimals = 3;
    private const int MaximumDecimals = 9;

    private readonly ulong _numerator;
    private readonly UInt128 _scaledDenominator;

    private CsvTimeWriter(double frequencyHz, int decimals)
    {
        Decimals = decimals;
        var (numerator, denominator) = Fraction(frequencyHz);
        _numerator = numerator;
        _scaledDenominator = (UInt128)denominator * (ulong)CsvNumber.PowerOfTen(decimals);
    }

    /// <summary>Digits behind the decimal point.</summary>
    public int Decimals { get; }

    /// <summary>Chooses the decimals.</summary>
    /// <param name="frequencyHz">Samples per second.</param>
    /// <param name="firstSamples">The samples of the first rows, from which a reader estimates the frequency.</param>
    /// <param name="isRecoverable">Whether the estimate is exact.</param>
    public static CsvTimeWriter Create(double frequencyHz, IReadOnlyList<long> firstSamples, out bool isRecoverable)
    {
        // The rounding error must be less than half a sample.
        var minimum = Math.Clamp((int)Math.Ceiling(Math.Log10(frequencyHz) - 1e-9), MinimumDecimals, MaximumDecimals);
        for (var decimals = minimum; decimals <= MaximumDecimals; decimals++)
        {
            var writer = new CsvTimeWriter(frequencyHz, decimals);
            var instants = firstSamples.Select(sample => new CsvInstant((long)writer.Units(sample), decimals)).ToArray();
            var rounding = new CsvTimeRounding();
            foreach (var instant in instants)
                rounding.Add(instant);
            isRecoverable = CsvFrequency.Estimate(instants, rounding, out var isRounded) is { } estimate && isRounded
                && CsvFrequency.Nominal(estimate, decimals) == frequencyHz;
            if (isRecoverable)
                return writer;
        }

        isRecoverable = false;
        return new CsvTimeWriter(frequencyHz, MaximumDecimals);
    }

    /// <summary>Prints a sample's time.</summary>
    /// <param name="sample">Counted from 0.</param>
    /// <param name="destination">Receives the text, at least 32 bytes.</param>
    /// <param name="point">The decimal point.</param>
    /// <returns>Bytes written.</returns>
    public int Write(long sample, Span<byte> destination, byte point)
    {
        var (whole, fraction) = Math.DivRem(Units(sample), (ulong)CsvNumber.PowerOfTen(Decimals));
        whole.TryFormat(destination, out var length);
        destination[length++] = point;
        for (var d = length + Decimals - 1; d >= length; d--)
        {
            destination[d] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        return length + Decimals;
    }

    /// <summary>Returns the time in units of the last decimal.</summary>
    private ulong Units(long sample)
    {
        var scaled = ((UInt128)(ulong)sample * _scaledDenominator * 2) + _numerator;
        // 64 bits, which divide ten times faster, suffice for whole frequencies.
        return scaled <= ulong.MaxValue && _numerator <= ulong.MaxValue / 2
            ? (ulong)scaled / (_numerator * 2)
            : (ulong)(scaled / ((UInt128)_numerator * 2));
    }

    /// <summary>
    /// Returns the frequency as a fraction: with a small denominator if there is one, otherwise from its shortest decimal.
    /// </summary>
    private static (ulong Numerator, ulong Denominator) Fraction(double frequency)
    {
        for (var denominator = 1UL; denominator <= 12; denominator++)
        {
            var numerator = Math.Round(frequency * denominator);
            if (numerator is > 0 and < 1e15 && numerator / denominator == frequency)
                return ((ulong)numerator, denominator);
        }

        var text = System.Text.Encoding.ASCII.GetBytes(frequency.ToString("R"));
        var number = CsvNumber.Parse(text, (byte)'.');
        return number is { Kind: CsvCellKind.Exact, Decimals: <= 17, Mantissa: > 0 }
            ? ((ulong)number.Mantissa, (ulong)CsvNumber.PowerOfTen(number.Decimals))
            : ((ulong)Math.Max(1, Math.Round(frequency * 1e9)), 1_000_000_000);
    }
}
