using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class RowProductsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 16)]
    [InlineData(5, 40)]
    [InlineData(8, 17)]
    [InlineData(11, 33)]
    public void Gram_holds_the_inner_products_of_all_pairs(int k, int length)
    {
        var (rows, width) = Rows(k, length);
        var gram = new double[k * k];
        RowProducts.Gram(rows, width, k, gram);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var expected = Enumerable.Range(0, length).Sum(t => (double)rows[(i * width) + t] * rows[(j * width) + t]);
                Assert.Equal(expected, gram[(i * k) + j], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(5, 40)]
    [InlineData(96, 202)]
    public void Combine_adds_the_rows_up_by_their_coefficients(int k, int length)
    {
        var (rows, width) = Rows(k, length);
        var random = new Random(3);
        float[] coefficients = [.. Enumerable.Range(0, k * RowProducts.Together).Select(_ => random.NextSingle() - 0.5f)];
        var sums = new float[RowProducts.Together * width];
        RowProducts.Combine(coefficients, rows, width, sums);
        for (var r = 0; r < RowProducts.Together; r++)
        {
            for (var t = 0; t < length; t++)
            {
                var expected = Enumerable.Range(0, k)
                    .Sum(j => (double)coefficients[(j * RowProducts.Together) + r] * rows[(j * width) + t]);
                Assert.Equal(expected, sums[(r * width) + t], 1e-5);
            }
        }
    }

    private static (float[] Rows, int Width) Rows(int k, int length)
    {
        var random = new Random(k);
        var width = RowProducts.Padded(length);
        var rows = new float[k * width];
        for (var i = 0; i < k; i++)
        {
            for (var t = 0; t < length; t++)
                rows[(i * width) + t] = random.NextSingle() - 0.5f;
        }

        return (rows, width);
    }
}
