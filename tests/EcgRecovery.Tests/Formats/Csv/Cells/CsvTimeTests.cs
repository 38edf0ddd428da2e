using System.Text;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Tests.Formats.Csv.Cells;

public class CsvTimeTests
{
    [Theory]
    [InlineData("0:00.000", 0)]
    [InlineData("1:02:03.5", 3723.5)]
    [InlineData("30:05.556", 1805.556)]
    [InlineData("100:00:00", 360000)]
    [InlineData("[10:00:00.004]", 36000.004)]
    public void A_clock_is_read(string text, double seconds)
    {
        Assert.True(new CsvTime(CsvTimeKind.Clock, 0, 1, (byte)'.').TryParse(Encoding.ASCII.GetBytes(text), out var instant));
        Assert.Equal(seconds, instant.Seconds);
    }

    [Theory]
    [InlineData("2005-06-14T10:00:00.004")]
    [InlineData("2005-06-14 10:00:00.004")]
    [InlineData("2005-06-14T10:00:00.004Z")]
    [InlineData("2005-06-14T10:00:00.004+02:00")]
    [InlineData("2005/06/14 10:00:00,004")]
    [InlineData("2005-06-14 10:00:00.004000000")]
    [InlineData("[10:00:00.004 14/06/2005]")]
    public void A_day_and_a_time_are_read(string text)
    {
        Assert.True(CsvTime.TryParseDateTime(Encoding.ASCII.GetBytes(text), out _, out var start));
        Assert.Equal(new DateTime(2005, 6, 14, 10, 0, 0, 4, DateTimeKind.Unspecified), start);
    }

    [Theory]
    [InlineData("2005-13-14T10:00:00")]
    [InlineData("2005-02-30T10:00:00")]
    [InlineData("2005-02-20T25:00:00")]
    [InlineData("0000-02-20T05:00:00")]
    [InlineData("2005-02-20T")]
    public void No_day_and_time_are_made_up(string text) =>
        Assert.False(CsvTime.TryParseDateTime(Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("1:2:3:4")]
    [InlineData("1:75:00")]
    [InlineData("1:0")]
    [InlineData("1:-5")]
    [InlineData(":")]
    [InlineData("99999999999:00:00")]
    public void No_clock_is_made_up(string text) =>
        Assert.False(CsvTime.TryParseClock(Encoding.ASCII.GetBytes(text), (byte)'.', out _));

    [Fact]
    public void Differences_are_exact_whatever_the_digits() =>
        Assert.Equal(0.004, Number("1600000000.504").Since(Number("1600000000.5")));

    [Fact]
    public void Milliseconds_minutes_and_all_digits_of_a_double_are_read()
    {
        Assert.Equal(0.004, Number("4", unitDecimals: 3).Seconds);
        Assert.Equal(30, Number("0.5", unitSeconds: 60).Seconds);
        Assert.Equal(1 / 360.0, Number("0.002777777777777778").Seconds, 1e-12);
    }

    [Theory]
    [InlineData("1577872800.004000", 0, 1577872800004000, 6)]
    [InlineData("1577872800.0040000005", 0, 1577872800004000000, 9)]
    [InlineData("-1577872800004000000", 9, -1577872800004000000, 9)]
    public void Times_since_1970_are_exact(string text, int unitDecimals, long mantissa, int decimals) =>
        Assert.Equal(new CsvInstant(mantissa, decimals), Number(text, unitDecimals));

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("2305843009213693952")]
    [InlineData("12345678901234567890123")]
    public void Numbers_past_all_times_are_none(string text) =>
        Assert.False(new CsvTime(CsvTimeKind.Number, 0, 3600, (byte)'.').TryParse(Encoding.ASCII.GetBytes(text), out _));

    private static CsvInstant Number(string text, int unitDecimals = 0, int unitSeconds = 1)
    {
        Assert.True(
            new CsvTime(CsvTimeKind.Number, unitDecimals, unitSeconds, (byte)'.').TryParse(Encoding.ASCII.GetBytes(text), out var instant));
        return instant;
    }
}
