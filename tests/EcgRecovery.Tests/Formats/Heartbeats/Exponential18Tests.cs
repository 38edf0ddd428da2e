using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Heartbeats;

namespace EcgRecovery.Tests.Formats.Heartbeats;

public class Exponential18Tests
{
    // python3 -c "import numpy as np; print('%.18e' % np.float32(X))"
    [Theory]
    [InlineData(0f, "0.000000000000000000e+00")]
    [InlineData(-0f, "-0.000000000000000000e+00")]
    [InlineData(1f, "1.000000000000000000e+00")]
    [InlineData(0.84341639f, "8.434163928031921387e-01")]
    [InlineData(0.1f, "1.000000014901161194e-01")]
    [InlineData(-0.001f, "-1.000000047497451305e-03")]
    [InlineData(0.000244140625f, "2.441406250000000000e-04")]
    [InlineData(16777215f, "1.677721500000000000e+07")]
    [InlineData(16777216f, "1.677721600000000000e+07")]
    [InlineData(9.99999996e-13f, "9.999999960041972003e-13")]
    [InlineData(9.99999996e-12f, "9.999999960041972003e-12")]
    [InlineData(3.4028235e38f, "3.402823466385288598e+38")]
    [InlineData(1.4e-45f, "1.401298464324817071e-45")]
    [InlineData(float.NaN, "nan")]
    [InlineData(float.PositiveInfinity, "inf")]
    [InlineData(float.NegativeInfinity, "-inf")]
    public void Prints_what_numpy_prints(float value, string expected) => Assert.Equal(expected, Print(value));

    [Fact]
    public void Prints_the_digits_of_the_runtime()
    {
        var random = new Random(4);
        for (var i = 0; i < 100_000; i++)
        {
            var value = i % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : random.NextSingle();
            if (!float.IsFinite(value))
                continue;
            // "1.5E+003" → "1.5e+03"
            var runtime = ((double)value).ToString("e18", CultureInfo.InvariantCulture);
            Assert.Equal(runtime.Remove(runtime.Length - 3, 1), Print(value));
        }
    }

    private static string Print(float value)
    {
        Span<byte> text = stackalloc byte[32];
        return Encoding.ASCII.GetString(text[..Exponential18.Format(value, text)]);
    }
}
