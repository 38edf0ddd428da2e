using System.Numerics;

namespace EcgRecovery.Signals;

/// <summary>The inner product of two vectors.</summary>
internal static class InnerProduct
{
    /// <summary>Returns Σᵢ xᵢ·yᵢ.</summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
