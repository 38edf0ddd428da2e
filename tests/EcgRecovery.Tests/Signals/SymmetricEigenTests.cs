using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices.</summary>
public class SymmetricEigenTests
{
    // By hand: the second difference with fixed ends has the eigenvalues 2 − 2·cos(kπ/4).
    [Fact]
    public void Finds_the_eigenvalues_of_the_second_difference()
    {
        double[] a = [2, -1, 0, -1, 2, -1, 0, -1, 2];
        SymmetricEigen.Decompose(a, new double[9], 3);
        double[] values = [.. new[] { a[0], a[4], a[8] }.Order()];
        for (var k = 0; k < 3; k++)
            Assert.Equal(2 - (2 * Math.Cos((k + 1) * Math.PI / 4)), values[k], 1e-14);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1e-40)]
    [InlineData(16, 1e38)]
    [InlineData(64, 1)]
    public void Vectors_and_values_make_the_matrix(int n, double scale)
    {
        var random = new Random(n);
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
                a[(i * n) + j] = a[(j * n) + i] = scale * (random.NextDouble() - 0.5);
        }

        var (values, vectors) = ((double[])a.Clone(), new double[n * n]);
        SymmetricEigen.Decompose(values, vectors, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var made = Enumerable.Range(0, n).Sum(k => values[(k * n) + k] * vectors[(k * n) + i] * vectors[(k * n) + j]);
                Assert.Equal(a[(i * n) + j], made, 1e-12 * scale);
            }
        }
    }

    [Fact]
    public void Zeros_have_zeros()
    {
        var a = new double[9];
        SymmetricEigen.Decompose(a, new double[9], 3);
        Assert.All(a, value => Assert.Equal(0, value));
    }
}
