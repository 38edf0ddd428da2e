using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbStartTests
{
    [Theory]
    [InlineData("", null, null)]
    [InlineData("13:05:00", "13:05:00.0000000", null)]
    [InlineData("13:5:0 25/4/1989", "13:05:00.0000000", "1989-04-25")]
    [InlineData("01:56:25.894 09/10/2896", "01:56:25.8940000", "2896-10-09")]
    [InlineData("31:25.894", "00:31:25.8940000", null)]
    [InlineData("0:00 01/01/2001", "00:00:00.0000000", "2001-01-01")]
    [InlineData("0:0:0", "00:00:00.0000000", null)]
    [InlineData("0:0:0 0/0/0", null, null)]
    [InlineData("7:0:0 0/0/0", "07:00:00.0000000", null)]
    [InlineData("12-May-2020 12:33:59", "12:33:59.0000000", "2020-05-12")]
    [InlineData("12:33:59 12-MAY-2020", "12:33:59.0000000", "2020-05-12")]
    [InlineData("3/september/2020 12:33:59", "12:33:59.0000000", "2020-09-03")]
    [InlineData("03-Dec-2013", null, "2013-12-03")]
    [InlineData("19/07/1989", null, "1989-07-19")]
    [InlineData("2020-05-12 1:2:3", "01:02:03.0000000", "2020-05-12")]
    [InlineData("1:2:3 12.05.2020 more", "01:02:03.0000000", "2020-05-12")]
    public void Reads_every_way_to_say_it(string text, string? time, string? date)
    {
        var start = WfdbStart.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((time, date, null), (start.Time?.ToString("O"), start.Date?.ToString("O"), start.Unclear));
    }

    [Theory]
    [InlineData("2006", null, null)]
    [InlineData("75.5", null, null)]
    [InlineData("10:00:00 5/2/199", "10:00:00.0000000", null)]
    [InlineData("10:00:00 19/7/89", "10:00:00.0000000", null)]
    [InlineData("19/7/89", null, null)]
    [InlineData("19-Jul-89 10:00:00", "10:00:00.0000000", null)]
    [InlineData("2006 12/05/2020", null, "2020-05-12")]
    [InlineData("24:00:00", null, null)]
    [InlineData("23:59:59.99999999", null, null)]
    [InlineData("1:60:00", null, null)]
    [InlineData("1:00:60", null, null)]
    [InlineData("-1:00:00", null, null)]
    [InlineData("1:2:3:4", null, null)]
    [InlineData("noon", null, null)]
    [InlineData("99999999999:00", null, null)]
    [InlineData("1:00:00 1/1", "01:00:00.0000000", null)]
    [InlineData("1:00:00 1/1/0", "01:00:00.0000000", null)]
    [InlineData("1:00:00 1/1/0000", "01:00:00.0000000", null)]
    [InlineData("1:00:00 1/1/10000", "01:00:00.0000000", null)]
    [InlineData("1:00:00 0/1/2000", "01:00:00.0000000", null)]
    [InlineData("1:00:00 29/2/2001", "01:00:00.0000000", null)]
    [InlineData("1:00:00 1/13/2001", "01:00:00.0000000", null)]
    [InlineData("1:00:00 1-Foo-2001", "01:00:00.0000000", null)]
    public void Leaves_out_what_is_no_start_and_keeps_its_text(string text, string? time, string? date)
    {
        var start = WfdbStart.Parse(text.Split(' '));
        Assert.Equal((time, date, text), (start.Time?.ToString("O"), start.Date?.ToString("O"), start.Unclear));
    }

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
