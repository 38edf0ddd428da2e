namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Weighted sums and sums of squares of every context before, and after, a sample. Outside the signal there are zeros.</summary>
/// <param name="LeftSum">[N + padding]; index p: the context that ends before sample p.</param>
/// <param name="LeftSquares">As <paramref name="LeftSum"/>.</param>
/// <param name="RightSum">[N + padding]; index p: the context that begins at sample p.</param>
/// <param name="RightSquares">As <paramref name="RightSum"/>.</param>
internal sealed record ContextSums(float[] LeftSum, float[] LeftSquares, float[] RightSum, float[] RightSquares)
{
    /// <summary>Computes the sums of a shape, each from the one beside it.</summary>
    /// <remarks>
    /// <code>
    /// s[p] = Σ rʲ·x[p − 1 − j], j = 0…c − 1, r = exp(−1/τ)      s[p + 1] = x[p] + r·s[p] − rᶜ·x[p − c]
    /// </code>
    /// </remarks>
    /// <param name="signal">The signal.</param>
    /// <param name="shape">The contexts' shape.</param>
    public static ContextSums Of(SearchSignal signal, ContextShape shape)
    {
        var ratio = Math.Exp(-1 / (shape.TauSeconds * signal.FrequencyHz));
        var length = shape.Length(signal.FrequencyHz);
        return new ContextSums(
            Left(signal.Samples, length, ratio),
            Left(signal.Squares, length, ratio),
            Right(signal.Samples, length, ratio),
            Right(signal.Squares, length, ratio));
    }

    private static float[] Left(float[] x, int length, double ratio)
    {
        var sums = new float[x.Length + Correlation.Padding];
        var (sum, last) = (0.0, Math.Pow(ratio, length));
        for (var p = 0; p < x.Length; p++)
        {
            sum = x[p] + (ratio * sum) - (p >= length ? last * x[p - length] : 0);
            sums[p + 1] = (float)sum;
        }

        return sums;
    }

    private static float[] Right(float[] x, int length, double ratio)
    {
        var sums = new float[x.Length + Correlation.Padding];
        var (sum, last) = (0.0, Math.Pow(ratio, length));
        for (var p = x.Length - 1; p >= 0; p--)
        {
            sum = x[p] + (ratio * sum) - (p + length < x.Length ? last * x[p + length] : 0);
            sums[p] = (float)sum;
        }

        return sums;
    }
}
