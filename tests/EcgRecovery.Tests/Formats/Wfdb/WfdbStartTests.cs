using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbStartTests
{
    [Theory]
    [InlineData("13:05:00", null, "13:05:00.0000000", null)]
    [InlineData("13:5:0", "25/4/1989", "13:05:00.0000000", "1989-04-25")]
    [InlineData("01:56:25.894", "09/10/2896", "01:56:25.8940000", "2896-10-09")]
    [InlineData("31:25.894", null, "00:31:25.8940000", null)]
    [InlineData("0:00", "01/01/2001", "00:00:00.0000000", "2001-01-01")]
    [InlineData("75.5", null, "00:01:15.5000000", null)]
    [InlineData("0:0:0", null, "00:00:00.0000000", null)]
    [InlineData("0:0:0", "0/0/0", null, null)]
    [InlineData("7:0:0", "0/0/0", "07:00:00.0000000", null)]
    [InlineData("23:59:59.99999999", null, null, null)]
    public void Reads_every_way_to_say_it(string time, string? date, string? expectedTime, string? expectedDate)
    {
        var start = WfdbStart.Parse(time, date);
        Assert.Equal((expectedTime, expectedDate), (start?.Time?.ToString("O"), start?.Date?.ToString("O")));
    }

    [Theory]
    [InlineData("24:00:00", null)]
    [InlineData("1:60:00", null)]
    [InlineData("1:00:60", null)]
    [InlineData("-1:00:00", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("noon", null)]
    [InlineData("99999999999:00", null)]
    [InlineData("1:00:00", "1/1")]
    [InlineData("1:00:00", "1/1/0")]
    [InlineData("1:00:00", "1/1/10000")]
    [InlineData("1:00:00", "0/1/2000")]
    [InlineData("1:00:00", "29/2/2001")]
    [InlineData("1:00:00", "1/13/2001")]
    public void Refuses_what_is_no_start(string time, string? date) => Assert.Null(WfdbStart.Parse(time, date));

    [Fact]
    public void Writes_what_is_known()
    {
        var (time, date) = (new TimeOnly(1, 2, 3).Add(TimeSpan.FromTicks(4_500_000)), new DateOnly(2006, 2, 1));
        Assert.Equal("", WfdbStart.Format(null, null));
        Assert.Equal("01:02:03.45", WfdbStart.Format(time, null));
        Assert.Equal("01:02:03.45 01/02/2006", WfdbStart.Format(time, date));
        Assert.Equal("00:00:00 01/02/2006", WfdbStart.Format(null, date));
    }
}
