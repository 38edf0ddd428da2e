namespace EcgRecovery.Signals;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, by cyclic Jacobi rotations.</summary>
/// <remarks>
/// Each rotation makes one pair of off-diagonal elements 0; sweeps over all pairs converge quadratically. Source: Golub and Van Loan,
/// Matrix Computations, 8.5.
/// </remarks>
internal static class SymmetricEigen
{
    /// <summary>A bound; convergence is quadratic and ends the sweeps before.</summary>
    private const int MaximumSweeps = 30;

    /// <summary>Finds A = Σᵢ λᵢ·vᵢ·vᵢᵀ.</summary>
    /// <param name="a">A, [n, n], symmetric; receives the eigenvalues λ on its diagonal.</param>
    /// <param name="vectors">[n, n]; receives vᵢ as row i. The order is that of the diagonal.</param>
    /// <param name="n">Rows of A.</param>
    public static void Decompose(Span<double> a, Span<double> vectors, int n)
    {
        vectors.Clear();
        for (var i = 0; i < n; i++)
            vectors[(i * n) + i] = 1;
        var total = Squares(a);
        for (var sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            var offDiagonal = OffDiagonalSquares(a, n);
            if (!(offDiagonal > 1e-28 * total))
                return;
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                    Rotate(a, vectors, n, p, q);
            }
        }
    }

    private static void Rotate(Span<double> a, Span<double> vectors, int n, int p, int q)
    {
        var apq = a[(p * n) + q];
        if (apq == 0)
            return;
        // The smaller of the two angles: tan of it is the smaller root of t² + 2τt − 1.
        var tau = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        RotateRows(a.Slice(p * n, n), a.Slice(q * n, n), c, s);
        for (var i = 0; i < n; i++)
        {
            var row = a.Slice(i * n, n);
            (row[p], row[q]) = ((c * row[p]) - (s * row[q]), (s * row[p]) + (c * row[q]));
        }

        RotateRows(vectors.Slice(p * n, n), vectors.Slice(q * n, n), c, s);
    }

    private static void RotateRows(Span<double> x, Span<double> y, double c, double s)
    {
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
    }

    private static double Squares(ReadOnlySpan<double> a)
    {
        var sum = 0.0;
        foreach (var value in a)
            sum += value * value;
        return sum;
    }

    private static double OffDiagonalSquares(ReadOnlySpan<double> a, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                sum += i == j ? 0 : a[(i * n) + j] * a[(i * n) + j];
        }

        return sum;
    }
}
