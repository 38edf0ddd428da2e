using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Inputs;

public class RecordTimeTests
{
    // Two days from 1992-01-01 22:00:00 on, at 360 Hz.
    private const long Day = 24 * 60 * 60 * 360L;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 3600)]
    [InlineData("1:30", 90 * 360)]
    [InlineData("2:14.875", 48_555)]
    [InlineData("4:02:01", 14_521 * 360)]
    [InlineData("90:00", 90 * 60 * 360)]
    [InlineData("0.0042", 2)]
    [InlineData("s12345", 12_345)]
    [InlineData("e", 2 * Day)]
    [InlineData("[22:00:00]", 0)]
    [InlineData("[22:00:01.5]", 540)]
    [InlineData("[1:0:0]", 3 * 60 * 60 * 360)]
    [InlineData("[23:00:00 1]", Day + (60 * 60 * 360))]
    [InlineData("[23:00:00 0]", 60 * 60 * 360)]
    [InlineData("[9:30:0 2/1/1992]", 41_400 * 360)]
    [InlineData("[09:30:00 1992-01-02]", 41_400 * 360)]
    public void A_time_is_read_as_WFDBs_programs_read_it(string text, long sample) =>
        Assert.Equal(sample, RecordTime.Parse(text).Resolve(Record(new DateOnly(1992, 1, 1), new TimeOnly(22, 0))));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1:75")]
    [InlineData("1:60:00")]
    [InlineData("1:2:3:4")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("s")]
    [InlineData("s-1")]
    [InlineData("s1.5")]
    [InlineData("99999999999999999999999")]
    [InlineData("2147483647:00:00")]
    [InlineData("[9:30]")]
    [InlineData("[24:00:00]")]
    [InlineData("[09:30:00 x]")]
    [InlineData("[09:30:00 30/2/1992]")]
    [InlineData("[09:30:00")]
    [InlineData("[]")]
    public void What_is_no_time_is_refused(string text) =>
        Assert.Contains($"'{text}' is not a time", Assert.Throws<FormatException>(() => RecordTime.Parse(text)).Message);

    [Theory]
    [InlineData("s62208001", "after the end of record long: it lasts 48:00:00.000, 62208000 samples")]
    [InlineData("48:00:01", "after the end")]
    [InlineData("s9223372036854775807", "after the end")]
    [InlineData("[21:00:00 0]", "before the start of record long, 1992-01-01 22:00:00")]
    [InlineData("[21:00:00 2/1/1991]", "before the start")]
    public void A_time_outside_the_record_is_refused(string text, string expected)
    {
        var record = Record(new DateOnly(1992, 1, 1), new TimeOnly(22, 0));
        Assert.Contains(expected, Assert.Throws<UsageException>(() => RecordTime.Parse(text).Resolve(record)).Message);
    }

    [Fact]
    public void A_time_of_day_before_the_start_is_the_next_days_if_the_record_lasts_so_long()
    {
        var night = Record(null, new TimeOnly(23, 30));
        Assert.Equal(Day - (30 * 60 * 360), RecordTime.Parse("[23:00:00]").Resolve(night));
        var brief = Record(null, new TimeOnly(23, 30), 3600);
        Assert.Equal(
            "[23:00:00] is before the start of record long, 23:30:00, and the record ends before [23:00:00] of the next day; "
            + "it lasts 0:00:10.000",
            Assert.Throws<UsageException>(() => RecordTime.Parse("[23:00:00]").Resolve(brief)).Message);
        Assert.Contains(
            "[23:45:00] is after the end of record long: it lasts 0:00:10.000",
            Assert.Throws<UsageException>(() => RecordTime.Parse("[23:45:00]").Resolve(brief)).Message);
    }

    [Fact]
    public void A_time_of_day_needs_a_record_that_says_when_it_began()
    {
        Assert.Contains(
            "the start of record long is not known",
            Assert.Throws<UsageException>(() => RecordTime.Parse("[09:30:00]").Resolve(Record(null, null))).Message);
        var timeOnly = Record(null, new TimeOnly(9, 0));
        Assert.Equal(30 * 60 * 360, RecordTime.Parse("[09:30:00]").Resolve(timeOnly));
        Assert.Contains(
            "the date of record long is not known",
            Assert.Throws<UsageException>(() => RecordTime.Parse("[09:30:00 1/1/1992]").Resolve(timeOnly)).Message);
    }

    [Theory]
    [InlineData(0, "0:00:00.000")]
    [InlineData(1805.5556, "0:30:05.556")]
    [InlineData(59.9996, "0:01:00.000")]
    [InlineData(100_000, "27:46:40.000")]
    public void A_time_is_shown_to_the_millisecond(double seconds, string expected) => Assert.Equal(expected, RecordTime.Describe(seconds));

    private static EcgRecord Record(DateOnly? date, TimeOnly? time, long samples = 2 * Day) => new()
    {
        Name = "long",
        SamplingFrequencyHz = 360,
        Leads = [new EcgLead { Name = "II", SamplingFrequencyHz = 360, AdcUnits = new Zeros(samples) }],
        StartDate = date,
        StartTime = time,
    };

    private sealed class Zeros(long count) : ISamples<int>
    {
        public long Count => count;

        public void Read(long start, Span<int> destination) => destination.Clear();
    }
}
