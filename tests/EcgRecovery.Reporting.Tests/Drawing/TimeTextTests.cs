using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Drawing;

public class TimeTextTests
{
    [Theory]
    [InlineData(0, "0:00:00")]
    [InlineData(65.25, "0:01:05.25")]
    [InlineData(59.9996, "0:01:00")]
    [InlineData(86400, "24:00:00")]
    [InlineData(3599.001, "0:59:59.001")]
    [InlineData(1e300, "1E+300 s")]
    public void Elapsed_time_is_hours_minutes_and_seconds(double seconds, string text) => Assert.Equal(text, TimeText.Elapsed(seconds));

    [Fact]
    public void The_clock_continues_over_midnight_and_is_null_where_it_is_not_known()
    {
        Assert.Equal("00:00:01", TimeText.Clock(new TimeOnly(23, 59, 58), 3));
        Assert.Null(TimeText.Clock(null, 3));
        Assert.Null(TimeText.Clock(new TimeOnly(1, 2), 1e300));
    }

    [Theory]
    [InlineData(12.5, "12.5 s")]
    [InlineData(59.97, "1 min")]
    [InlineData(312, "5 min 12 s")]
    [InlineData(3600, "1 h")]
    [InlineData(86820, "24 h 7 min")]
    public void A_duration_is_in_words(double seconds, string text) => Assert.Equal(text, TimeText.Duration(seconds));
}
