using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.Commands;

public class ManCommandTests
{
    [Fact]
    public void The_page_has_the_programs_name_and_version()
    {
        var result = InProcess.Run("man");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^\.TH ECG\\-RECOVERY 1 \d{4}-\d\d-\d\d ""ecg\\-recovery 0\.1\.0"" ""User Commands""\n", result.Output);
    }

    [Theory]
    [InlineData("0", "1970-01-01")]
    [InlineData("1767225599", "2025-12-31")]
    [InlineData("253402300799", "9999-12-31")]
    [InlineData(null, "2026-02-03")]
    [InlineData("", "2026-02-03")]
    public void The_date_is_that_of_SOURCE_DATE_EPOCH_or_today(string? variable, string expected) =>
        Assert.Equal(expected, $"{ManCommand.DateOf(variable, new FixedClock()):yyyy-MM-dd}");

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("253402300800")]
    public void A_date_that_is_no_number_of_seconds_is_refused(string variable)
    {
        var refused = Assert.Throws<UsageException>(() => ManCommand.DateOf(variable, new FixedClock()));
        Assert.Equal($"SOURCE_DATE_EPOCH is '{variable}'; expected seconds since 1970, up to the year 9999", refused.Message);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 2, 3, 23, 59, 0, TimeSpan.Zero);
    }
}
