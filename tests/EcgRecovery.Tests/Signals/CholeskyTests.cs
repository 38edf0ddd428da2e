using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

public class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19)]
    public void The_inverse_times_the_matrix_is_the_identity(int n)
    {
        var random = new Random(n);
        var root = Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5).ToArray();
        var a = new double[n * n];
        for (var i = 0; i < n * n; i++)
            a[i] = Enumerable.Range(0, n).Sum(k => root[(i / n * n) + k] * root[(i % n * n) + k]) + (i / n == i % n ? 0.5 : 0);
        var (l, inverse) = ((double[])a.Clone(), new double[n * n]);
        Cholesky.Factor(l, n);
        Cholesky.Invert(l, n, inverse);
        for (var i = 0; i < n * n; i++)
            Assert.Equal(i / n == i % n ? 1 : 0, Enumerable.Range(0, n).Sum(k => a[(i / n * n) + k] * inverse[(k * n) + (i % n)]), 1e-10);
    }
}
