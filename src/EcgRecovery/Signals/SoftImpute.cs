namespace EcgRecovery.Signals;

/// <summary>Completes one row of a matrix from the others by a low rank: soft-impute.</summary>
/// <remarks>
/// The completed matrix Z minimises ½·Σ (X − Z)² over the observed entries + λ·(the sum of Z's singular values). The missing entries of X
/// are taken from Z, and Z is X with its singular values σ made smaller by λ; both in turn until Z changes little:
/// <code>
/// Z ← U·diag(max(0, σ − λ))·Vᵀ = W·X,        W = U·diag(max(0, 1 − λ/σ))·Uᵀ,        X·Xᵀ = U·diag(σ²)·Uᵀ
/// </code>
/// Only the first row has missing entries, so only W's first row is needed, and the decomposed matrix is as small as the number of rows.
/// <para>Source: Mazumder, Hastie and Tibshirani 2010, Journal of Machine Learning Research 11, 2287–2322, algorithm 1 at one λ.</para>
/// </remarks>
internal static class SoftImpute
{
    /// <summary>The norm of a change that is little, as a share of the norm of the missing entries.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>Twice the mean of 50 that windows of an ECG took in low-rank.</summary>
    private const int MaximumIterations = 100;

    /// <summary>Replaces the missing entries of the first row.</summary>
    /// <param name="x">X, [rows, columns]; its missing entries hold a first estimate.</param>
    /// <param name="rows">Number of rows; memory is rows², time rows³ an iteration.</param>
    /// <param name="missing">The columns in which the first row is missing.</param>
    /// <param name="shrinkage">λ as a share of the largest singular value of X as it is given.</param>
    public static void CompleteFirstRow(Span<double> x, int rows, ReadOnlySpan<int> missing, double shrinkage)
    {
        var gram = Gram(x, rows);
        var (squares, vectors) = (new double[rows * rows], new double[rows * rows]);
        var weights = new double[rows];
        var threshold = double.NaN;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            gram.CopyTo(squares, 0);
            SymmetricEigen.Decompose(squares, vectors, rows);
            if (iteration == 0)
                threshold = shrinkage * LargestSingularValue(squares, rows);
            FirstRowOfW(squares, vectors, threshold, weights);
            if (!Replace(x, missing, weights))
                return;
            GramRow(x, rows, 0, gram);
        }
    }

    /// <summary>Writes the weights of X's rows in the first row of Z.</summary>
    /// <param name="squares">[rows, rows]; σ² on the diagonal.</param>
    /// <param name="vectors">Uᵀ, [rows, rows].</param>
    /// <param name="threshold">λ.</param>
    /// <param name="weights">[rows].</param>
    private static void FirstRowOfW(ReadOnlySpan<double> squares, ReadOnlySpan<double> vectors, double threshold, Span<double> weights)
    {
        var rows = weights.Length;
        weights.Clear();
        for (var i = 0; i < rows; i++)
        {
            var sigma = Math.Sqrt(Math.Max(0, squares[(i * rows) + i]));
            if (sigma <= threshold)
                continue;
            var vector = vectors.Slice(i * rows, rows);
            var factor = vector[0] * (1 - (threshold / sigma));
            for (var j = 0; j < rows; j++)
                weights[j] += factor * vector[j];
        }
    }

    /// <summary>Replaces the missing entries once.</summary>
    /// <returns>Whether they changed more than little.</returns>
    private static bool Replace(Span<double> x, ReadOnlySpan<int> missing, ReadOnlySpan<double> weights)
    {
        var columns = x.Length / weights.Length;
        double change = 0, size = 0;
        foreach (var column in missing)
        {
            var z = 0.0;
            for (var j = 0; j < weights.Length; j++)
                z += weights[j] * x[(j * columns) + column];
            change += (z - x[column]) * (z - x[column]);
            size += z * z;
            x[column] = z;
        }

        return change > Tolerance * Tolerance * size;
    }

    private static double LargestSingularValue(ReadOnlySpan<double> squares, int rows)
    {
        var largest = 0.0;
        for (var i = 0; i < rows; i++)
            largest = Math.Max(largest, squares[(i * rows) + i]);
        return Math.Sqrt(largest);
    }

    private static double[] Gram(ReadOnlySpan<double> x, int rows)
    {
        var gram = new double[rows * rows];
        for (var i = 0; i < rows; i++)
            GramRow(x, rows, i, gram);
        return gram;
    }

    private static void GramRow(ReadOnlySpan<double> x, int rows, int i, Span<double> gram)
    {
        var columns = x.Length / rows;
        for (var j = 0; j < rows; j++)
            gram[(i * rows) + j] = gram[(j * rows) + i] = InnerProduct.Of(x.Slice(i * columns, columns), x.Slice(j * columns, columns));
    }
}
