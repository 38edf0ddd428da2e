namespace EcgRecovery.Neural.Reference;

/// <summary>Products of one row and a matrix M [K, J], row-major.</summary>
internal static class Matrices
{
    /// <summary>Adds a product: destination += x·M.</summary>
    /// <param name="x">[K].</param>
    /// <param name="matrix">M, [K, J].</param>
    /// <param name="destination">[J].</param>
    public static void AddProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> matrix, Span<double> destination)
    {
        for (var k = 0; k < x.Length; k++)
        {
            var row = matrix.Slice(k * destination.Length, destination.Length);
            for (var j = 0; j < row.Length; j++)
                destination[j] += x[k] * row[j];
        }
    }

    /// <summary>Adds a transposed product: destination += M·z = z·Mᵀ.</summary>
    /// <param name="matrix">M, [K, J].</param>
    /// <param name="z">[J].</param>
    /// <param name="destination">[K].</param>
    public static void AddTransposedProduct(ReadOnlySpan<double> matrix, ReadOnlySpan<double> z, Span<double> destination)
    {
        for (var k = 0; k < destination.Length; k++)
        {
            var row = matrix.Slice(k * z.Length, z.Length);
            var sum = 0.0;
            for (var j = 0; j < row.Length; j++)
                sum += row[j] * z[j];
            destination[k] += sum;
        }
    }

    /// <summary>Adds an outer product: M += x ⊗ z.</summary>
    /// <param name="x">[K].</param>
    /// <param name="z">[J].</param>
    /// <param name="matrix">M, [K, J].</param>
    public static void AddOuterProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> z, Span<double> matrix)
    {
        for (var k = 0; k < x.Length; k++)
        {
            var row = matrix.Slice(k * z.Length, z.Length);
            for (var j = 0; j < row.Length; j++)
                row[j] += x[k] * z[j];
        }
    }
}
