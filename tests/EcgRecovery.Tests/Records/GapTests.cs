using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class GapTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        var gap = Gap.Parse("100..137");
        Assert.Equal(new Gap(100, 137), gap);
        Assert.Equal(37, gap.Length);
        Assert.Equal("100..137", gap.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("100")]
    [InlineData("137..100")]
    [InlineData("100..100")]
    [InlineData("-1..5")]
    [InlineData("a..b")]
    [InlineData("1..2..3")]
    public void Refuses_what_is_no_gap(string text) => Assert.Throws<FormatException>(() => Gap.Parse(text));
}
