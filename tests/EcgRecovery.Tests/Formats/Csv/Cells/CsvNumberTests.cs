using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Tests.Formats.Csv.Cells;

public class CsvNumberTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("-0.145", -145, 3)]
    [InlineData("+1.50", 150, 2)]
    [InlineData(".5", 5, 1)]
    [InlineData("5.", 5, 0)]
    [InlineData("12e3", 12000, 0)]
    [InlineData("1.25E-2", 125, 4)]
    [InlineData("0000000000000000000000001", 1, 0)]
    [InlineData("123456789012345678", 123456789012345678, 0)]
    public void A_decimal_fraction_is_held_exactly(string text, long mantissa, int decimals)
    {
        var number = Parse(text);

        Assert.Equal((CsvCellKind.Exact, mantissa, decimals), (number.Kind, number.Mantissa, number.Decimals));
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number.Value);
    }

    [Theory]
    [InlineData("0.1234567890123456789")]
    [InlineData("1.449999999999999956e-01")]
    [InlineData("1e300")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("9007199254740993e-30")]
    public void Every_number_is_the_nearest_double(string text) =>
        Assert.Equal(
            BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)),
            BitConverter.DoubleToInt64Bits(Parse(text).Value));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("NA")]
    public void An_empty_cell_NaN_NA_and_a_dash_are_missing(string text) => Assert.Equal(CsvCellKind.Missing, Parse(text).Kind);

    [Theory]
    [InlineData("x")]
    [InlineData("1x")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("1e99999")]
    [InlineData("1e400")]
    [InlineData("inf")]
    [InlineData("1,5")]
    [InlineData("1 5")]
    public void Anything_else_is_no_number(string text) => Assert.Equal(CsvCellKind.Bad, Parse(text).Kind);

    [Fact]
    public void A_decimal_comma_is_read_where_it_is_the_point() =>
        Assert.Equal(-0.145, CsvNumber.Parse("-0,145"u8, (byte)',').Value);

    private static CsvNumber Parse(string text) => CsvNumber.Parse(Encoding.ASCII.GetBytes(text), (byte)'.');
}
