using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Signals;

/// <summary>Completion of one row by a low rank.</summary>
public class SoftImputeTests
{
    // Independent: in Python, singular values and vectors by power iteration and deflation instead of the Gram matrix's eigenvectors, until
    // the entries change by less than 1e-10 (this code stops at a thousandth):
    //   Z = X with 0 where it is missing; λ = 0.1 * svd(Z)[0][0]
    //   repeat: Y = sum(max(0, s - λ) * u * v for s, u, v in svd(Z)); Z = X with Y where it is missing
    [Fact]
    public void Completes_as_an_independent_implementation()
    {
        double[] x =
        [
            1, 2, 0, 1, 0,
            2, 3, 1, 2, 4,
            -1, 1, 2, 0, 1,
            3, 5, 0, 3, 5,
        ];
        SoftImpute.CompleteFirstRow(x, 4, [2, 4], 0.1);
        Assert.Equal(0.19937067345934834, x[2], 0.005);
        Assert.Equal(1.6999423611116058, x[4], 0.005);
        Assert.Equal([1, 2, 1], new[] { x[0], x[1], x[3] });
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        var x = new double[12];
        SoftImpute.CompleteFirstRow(x, 3, [1, 2], 0.1);
        Assert.All(x, value => Assert.Equal(0, value));
    }
}
