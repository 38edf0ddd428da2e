using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Tests.Recovery.Beats;

public sealed class EvenRowsTests
{
    [Theory]
    [InlineData(10, 4, new[] { 0, 2, 5, 7 })]
    [InlineData(3, 9, new[] { 0, 1, 2 })]
    public void Are_spread_over_all_rows(int count, int maximum, int[] expected) =>
        Assert.Equal(expected, EvenRows.Of(count, maximum));
}
