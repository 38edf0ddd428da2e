using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural;

/// <summary>Random start weights for training, of the same distributions as in Keras.</summary>
/// <remarks>
/// <code>
/// kernel            uniform in ±√(6 / (rows + columns)) of the whole [I, 4H]; also dense.kernel   (Glorot uniform)
/// recurrent_kernel  H orthonormal rows of length 4H: Q of the QR decomposition of a normal [4H, H], R's diagonal positive, transposed
/// bias              0, but 1 for the forget gate f; dense.bias 0
/// </code>
/// The distributions are those of Keras, the random numbers come from <see cref="SeededRandom"/>.
/// <para>Sources: Glorot and Bengio 2010, proceedings.mlr.press/v9/glorot10a.html; Saxe et al. 2014, arXiv:1312.6120;
/// forget bias: Jozefowicz et al. 2015, proceedings.mlr.press/v37/jozefowicz15.html.</para>
/// </remarks>
public static class NetworkInitializer
{
    /// <summary>Returns every tensor of a network, drawn at random.</summary>
    /// <param name="spec">The shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <returns>The tensors of <see cref="NetworkSpec.TensorShapes"/>, in that order.</returns>
    public static IReadOnlyList<WeightTensor> Initialize(NetworkSpec spec, ulong seed)
    {
        var random = new SeededRandom(seed);
        var tensors = new List<WeightTensor>();
        foreach (var (name, shape) in spec.TensorShapes())
        {
            var values = name switch
            {
                _ when name.EndsWith(".recurrent_kernel", StringComparison.Ordinal) => OrthonormalRows(shape[0], shape[1], random),
                _ when name.EndsWith(".kernel", StringComparison.Ordinal) => GlorotUniform(shape[0], shape[1], random),
                "dense.bias" => new float[shape[0]],
                _ => ForgetBias(shape[0] / 4),
            };
            tensors.Add(new WeightTensor(name, shape, values));
        }

        return tensors;
    }

    private static float[] GlorotUniform(int rows, int columns, SeededRandom random)
    {
        var limit = Math.Sqrt(6.0 / (rows + columns));
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(limit * ((2 * random.NextDouble()) - 1));
        return values;
    }

    /// <summary>Returns a bias [4H], gates i, f, c, o.</summary>
    private static float[] ForgetBias(int units)
    {
        var values = new float[4 * units];
        values.AsSpan(units, units).Fill(1);
        return values;
    }

    /// <summary>Returns orthonormal rows, by Gram and Schmidt's method.</summary>
    /// <remarks>
    /// Scaling by a positive length makes R's diagonal positive; Keras corrects the signs of LAPACK's Q to the same end.
    /// Two passes make the rows orthogonal to rounding: Giraud et al. 2005, doi:10.1007/s00211-005-0615-4.
    /// </remarks>
    private static float[] OrthonormalRows(int rows, int columns, SeededRandom random)
    {
        var matrix = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            var vector = matrix[row] = new double[columns];
            for (var column = 0; column < columns; column++)
                vector[column] = random.NextGaussian();
            for (var pass = 0; pass < 2; pass++)
            {
                for (var before = 0; before < row; before++)
                    AddScaled(vector, matrix[before], -Dot(vector, matrix[before]));
            }

            var length = Math.Sqrt(Dot(vector, vector));
            for (var column = 0; column < columns; column++)
                vector[column] /= length;
        }

        return [.. matrix.SelectMany(row => row).Select(value => (float)value)];
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static void AddScaled(double[] destination, double[] source, double factor)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] += factor * source[i];
    }
}
