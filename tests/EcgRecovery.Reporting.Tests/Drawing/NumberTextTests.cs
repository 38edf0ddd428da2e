using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Drawing;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.04, "0")]
    [InlineData(12.34, "12.3")]
    [InlineData(12.35, "12.4")]
    [InlineData(-7, "-7")]
    [InlineData(1234567.89, "1234567.9")]
    public void Coordinates_have_one_decimal_and_no_negative_zero(double value, string expected) =>
        Assert.Equal(expected, NumberText.Coordinate(value));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_coordinate_must_be_finite(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Coordinate(value));

    [Theory]
    [InlineData(0.11054, "0.1105")]
    [InlineData(0, "0.0000")]
    [InlineData(double.NaN, "–")]
    public void Errors_have_four_decimals(double value, string expected) => Assert.Equal(expected, NumberText.Error(value));

    [Theory]
    [InlineData(0.0123, "0.0123")]
    [InlineData(1.13e-7, "1.1×10⁻⁷")]
    [InlineData(9.99e-7, "1.0×10⁻⁶")]
    [InlineData(123456, "1.2×10⁵")]
    [InlineData(0, "0.0000")]
    [InlineData(double.NaN, "–")]
    public void Small_losses_keep_their_digits(double value, string expected) => Assert.Equal(expected, NumberText.Loss(value));

    [Fact]
    public void Numbers_are_the_same_in_every_country()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        var commas = (System.Globalization.CultureInfo)before.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        Thread.CurrentThread.CurrentCulture = commas;
        try
        {
            Assert.Equal("1.5", NumberText.Coordinate(1.5));
            Assert.Equal("0.1105", NumberText.Error(0.1105));
            Assert.Equal("21,892", NumberText.Count(21892));
            Assert.Equal("4.3 %", NumberText.Percent(0.0432));
            Assert.Equal("−0.25", NumberText.Tick(-0.25, 2));
            Assert.Equal("0.05", NumberText.Plain(0.05));
            Assert.Equal("2×10⁻⁵", NumberText.Scientific(2e-5));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(0.12345, "0.123")]
    [InlineData(998.7, "999")]
    [InlineData(2048.4, "2048")]
    [InlineData(-32768, "-32768")]
    [InlineData(8388607, "8388607")]
    [InlineData(1e9, "1E+09")]
    public void A_value_of_a_converter_is_written_in_full(double value, string expected) => Assert.Equal(expected, NumberText.Value(value));
}
