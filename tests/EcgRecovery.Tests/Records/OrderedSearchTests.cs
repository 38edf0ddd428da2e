using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public sealed class OrderedSearchTests
{
    [Fact]
    public void CountsTheFirstItemsForWhichAConditionHolds()
    {
        for (var count = 0; count < 20; count++)
        {
            for (var first = 0; first <= count; first++)
                Assert.Equal(first, OrderedSearch.CountWhile(count, i => i < first));
        }
    }
}
