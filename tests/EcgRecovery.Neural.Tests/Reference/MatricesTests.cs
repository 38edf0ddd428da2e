using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural.Tests.Reference;

public class MatricesTests
{
    // M = [[1, 2, 3], [4, 5, 6]], x = [10, 100], z = [1, 0, -1]
    private static readonly double[] M = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Product_is_added()
    {
        double[] destination = [1, 1, 1];
        Matrices.AddProduct([10, 100], M, destination);
        Assert.Equal([411, 521, 631], destination);
    }

    [Fact]
    public void Transposed_product_is_added()
    {
        double[] destination = [1, 1];
        Matrices.AddTransposedProduct(M, [1, 0, -1], destination);
        Assert.Equal([-1, -1], destination);
    }

    [Fact]
    public void Outer_product_is_added()
    {
        var matrix = (double[])M.Clone();
        Matrices.AddOuterProduct([10, 100], [1, 0, -1], matrix);
        Assert.Equal([11, 2, -7, 104, 5, -94], matrix);
    }
}
