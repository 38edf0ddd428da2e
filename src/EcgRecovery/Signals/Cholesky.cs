using System.Numerics;

namespace EcgRecovery.Signals;

/// <summary>Solves A·x = b for small symmetric positive definite A, in place and without allocation: A = L·Lᵀ.</summary>
/// <remarks>
/// Row by row (Cholesky–Banachiewicz), so that every inner product is over consecutive memory. Source: Golub and Van Loan, Matrix
/// Computations, 4.2.
/// </remarks>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of A with L.</summary>
    /// <param name="a">A, [n, n]; only the lower triangle is read and written.</param>
    /// <param name="n">Rows of A.</param>
    /// <exception cref="ArgumentException">A is not positive definite.</exception>
    public static void Factor(Span<double> a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.Slice(i * n, n);
            for (var j = 0; j < i; j++)
            {
                var other = a.Slice(j * n, n);
                row[j] = (row[j] - InnerProduct.Of(row[..j], other[..j])) / other[j];
            }

            var pivot = row[i] - InnerProduct.Of(row[..i], row[..i]);
            if (!(pivot > 0))
                throw new ArgumentException($"The matrix is not positive definite: pivot {i} is {pivot}.", nameof(a));
            row[i] = Math.Sqrt(pivot);
        }
    }

    /// <summary>Replaces b with x.</summary>
    /// <param name="l">L, [n, n], as <see cref="Factor"/> left it.</param>
    /// <param name="n">Rows of L.</param>
    /// <param name="b">b, then x; [n].</param>
    public static void Solve(ReadOnlySpan<double> l, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
            b[i] = (b[i] - InnerProduct.Of(l.Slice(i * n, i), b[..i])) / l[(i * n) + i];
        for (var i = n - 1; i >= 0; i--)
        {
            var x = b[i] / l[(i * n) + i];
            b[i] = x;
            AddScaled(l.Slice(i * n, i), -x, b[..i]);
        }
    }

    /// <summary>Computes A⁻¹ = L⁻ᵀ·L⁻¹.</summary>
    /// <param name="l">L, [n, n], as <see cref="Factor"/> left it.</param>
    /// <param name="n">Rows of L.</param>
    /// <param name="inverse">Receives A⁻¹, [n, n], both triangles.</param>
    public static void Invert(ReadOnlySpan<double> l, int n, Span<double> inverse)
    {
        var lower = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var row = lower.AsSpan(i * n, i + 1);
            row[i] = 1;
            for (var j = 0; j < i; j++)
                AddScaled(lower.AsSpan(j * n, j + 1), -l[(i * n) + j], row);
            foreach (ref var value in row)
                value /= l[(i * n) + i];
        }

        inverse[..(n * n)].Clear();
        for (var m = 0; m < n; m++)
        {
            var row = lower.AsSpan(m * n, m + 1);
            for (var i = 0; i <= m; i++)
                AddScaled(row, row[i], inverse.Slice(i * n, m + 1));
        }
    }

    private static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> destination)
    {
        var scale = new Vector<double>(factor);
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(destination[i..]) + (scale * new Vector<double>(x[i..]))).CopyTo(destination[i..]);
        for (; i < x.Length; i++)
            destination[i] += factor * x[i];
    }
}
