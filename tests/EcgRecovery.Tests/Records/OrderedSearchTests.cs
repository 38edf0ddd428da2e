using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public sealed class OrderedSearchTests
{
    [Fact]
    public void Counts_the_first_items_for_which_a_condition_holds()
    {
        for (var count = 0; count < 20; count++)
        {
            for (var first = 0; first <= count; first++)
                Assert.Equal(first, OrderedSearch.CountWhile(count, i => i < first));
        }
    }
}
