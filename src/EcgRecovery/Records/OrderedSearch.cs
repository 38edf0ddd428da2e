namespace EcgRecovery.Records;

/// <summary>Binary search in ordered lists.</summary>
internal static class OrderedSearch
{
    /// <summary>Counts the first items of a list for which a condition holds.</summary>
    /// <param name="count">Items of the list.</param>
    /// <param name="holds">The condition on an item, by index; it must not hold again after an item for which it does not.</param>
    public static int CountWhile(int count, Func<int, bool> holds)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(middle))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
