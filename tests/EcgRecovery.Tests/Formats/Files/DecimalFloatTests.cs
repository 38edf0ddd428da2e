using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Tests.Formats.Files;

public class DecimalFloatTests
{
    [Theory]
    [InlineData("8.434163928031921387e-01", 24)]
    [InlineData("0.000000000000000000e+00", 24)]
    [InlineData("1,2", 1)]
    [InlineData("-0", 2)]
    [InlineData("+.5x", 3)]
    [InlineData("5.", 2)]
    [InlineData("1e", 1)]
    [InlineData("1e+", 1)]
    [InlineData("1E2", 3)]
    [InlineData("123456789012345678901234567890", 30)]
    [InlineData("0.00000000000000000000000000000000000000000000012", 49)]
    [InlineData("3.4028235e38", 12)]
    [InlineData("1e-400", 6)]
    [InlineData("1e99999999999", 13)]
    [InlineData("1e-99999999999", 14)]
    [InlineData("0e99999999999", 13)]
    public void Reads_what_the_runtime_reads(string text, int length)
    {
        Assert.Equal(length, DecimalFloat.Parse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(Bits(float.Parse(text.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture)), Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData(" 1")]
    public void Reads_nothing_where_no_number_starts(string text) => Assert.Equal(0, DecimalFloat.Parse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Gives_back_every_printed_float()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            // All magnitudes in one half, those of heartbeats in the other.
            var value = i % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : random.NextSingle();
            if (float.IsFinite(value))
                AssertReads(((double)value).ToString("E18", CultureInfo.InvariantCulture), value);
        }
    }

    [Fact]
    public void Rounds_once_beside_the_middle_of_two_floats()
    {
        var random = new Random(2);
        for (var i = 0; i < 10_000; i++)
        {
            var low = random.NextSingle();
            var middle = ((double)low + MathF.BitIncrement(low)) / 2;
            foreach (var near in new[] { middle, Math.BitIncrement(middle), Math.BitDecrement(middle) })
            {
                foreach (var format in new[] { "E16", "E17", "E18", "E25" })
                    AssertMatchesRuntime(near.ToString(format, CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void Rounds_random_digits_as_the_runtime_does()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 22)).Select(_ => random.Next(10)));
            AssertMatchesRuntime(digits.Insert(random.Next(digits.Length + 1), ".") + (i % 3 == 0 ? "" : $"e{random.Next(-50, 45)}"));
        }
    }

    private static void AssertMatchesRuntime(string text) => AssertReads(text, float.Parse(text, CultureInfo.InvariantCulture));

    private static void AssertReads(string text, float expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (DecimalFloat.Parse(bytes, out var value) != bytes.Length || Bits(value) != Bits(expected))
            Assert.Fail($"{text}: {value:R}; expected {expected:R}");
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
