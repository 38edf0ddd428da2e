namespace EcgRecovery.Formats.Arrays;

/// <summary>Counts numbers whose dimensions come from a file.</summary>
internal static class ArraySize
{
    /// <summary>Returns the product of dimensions, at most <see cref="long.MaxValue"/>; 0 if one of them is 0 or less.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="each">What one stands for, as in the bytes of a number.</param>
    public static long Product(IReadOnlyList<long> dimensions, long each = 1)
    {
        var product = (Int128)each;
        foreach (var length in dimensions)
            product = Int128.Min(long.MaxValue, product * Math.Max(0, length));
        return (long)product;
    }
}
