using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Products of many short rows: of all with one another, and of coefficients with them.</summary>
/// <remarks>
/// <code>
/// Gᵢⱼ = Σₜ xᵢ[t]·xⱼ[t],  j ≤ i                       y_r[t] = Σⱼ c_r[j]·xⱼ[t],  r = 0…3
/// </code>
/// Eight sums at a time stay in registers: alone, each would wait for its own last addition. Rows are padded with zeros to whole vectors.
/// Every sum is taken in the order of its index, so no result depends on the others beside it.
/// </remarks>
internal static class RowProducts
{
    /// <summary>Rows of coefficients that are applied together.</summary>
    public const int Together = 4;

    /// <summary>Returns a row's length with its padding.</summary>
    public static int Padded(int length) => (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Computes G.</summary>
    /// <param name="rows">[k, width].</param>
    /// <param name="width">Samples in a row, whole vectors.</param>
    /// <param name="k">Number of rows.</param>
    /// <param name="gram">G, [k, k]; only the lower triangle is written.</param>
    public static void Gram(ReadOnlySpan<float> rows, int width, int k, Span<double> gram)
    {
        for (var i = 0; i < k; i += 2)
        {
            // An odd last row goes with itself.
            var second = Math.Min(i + 1, k - 1);
            var j = 0;
            for (; j + 4 <= second + 1; j += 4)
                Tile(rows, width, i, second, j, gram, k);
            for (; j <= second; j++)
            {
                if (j <= i)
                    gram[(i * k) + j] = Dot(rows.Slice(i * width, width), rows.Slice(j * width, width));
                gram[(second * k) + j] = Dot(rows.Slice(second * width, width), rows.Slice(j * width, width));
            }
        }
    }

    /// <summary>Returns the inner product of two rows.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sums = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i += Vector<float>.Count)
            sums = Vector.MultiplyAddEstimate(new Vector<float>(x[i..]), new Vector<float>(y[i..]), sums);
        return Vector.Sum(sums);
    }

    /// <summary>Computes y.</summary>
    /// <param name="coefficients">[k, <see cref="Together"/>]: c, those of one row beside each other.</param>
    /// <param name="rows">[k, width].</param>
    /// <param name="width">Samples in a row, whole vectors.</param>
    /// <param name="destination">y, [<see cref="Together"/>, width].</param>
    public static void Combine(ReadOnlySpan<float> coefficients, ReadOnlySpan<float> rows, int width, Span<float> destination)
    {
        var (count, k) = (Vector<float>.Count, coefficients.Length / Together);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, k * width);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Together * width);
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var factor = ref MemoryMarshal.GetReference(coefficients);
        var t = 0;
        for (; t + (2 * count) <= width; t += 2 * count)
        {
            Vector<float> a0 = default, a1 = default, b0 = default, b1 = default;
            Vector<float> c0 = default, c1 = default, d0 = default, d1 = default;
            for (var j = 0; j < k; j++)
            {
                var x0 = Vector.LoadUnsafe(ref source, (nuint)((j * width) + t));
                var x1 = Vector.LoadUnsafe(ref source, (nuint)((j * width) + t + count));
                var f = new Vector<float>(Unsafe.Add(ref factor, j * Together));
                (a0, a1) = (Vector.MultiplyAddEstimate(f, x0, a0), Vector.MultiplyAddEstimate(f, x1, a1));
                f = new Vector<float>(Unsafe.Add(ref factor, (j * Together) + 1));
                (b0, b1) = (Vector.MultiplyAddEstimate(f, x0, b0), Vector.MultiplyAddEstimate(f, x1, b1));
                f = new Vector<float>(Unsafe.Add(ref factor, (j * Together) + 2));
                (c0, c1) = (Vector.MultiplyAddEstimate(f, x0, c0), Vector.MultiplyAddEstimate(f, x1, c1));
                f = new Vector<float>(Unsafe.Add(ref factor, (j * Together) + 3));
                (d0, d1) = (Vector.MultiplyAddEstimate(f, x0, d0), Vector.MultiplyAddEstimate(f, x1, d1));
            }

            Store(destination[t..], a0, a1);
            Store(destination[(width + t)..], b0, b1);
            Store(destination[((2 * width) + t)..], c0, c1);
            Store(destination[((3 * width) + t)..], d0, d1);
        }

        if (t < width)
            CombineLast(coefficients, rows, width, destination, t);
    }

    private static void CombineLast(ReadOnlySpan<float> coefficients, ReadOnlySpan<float> rows, int width, Span<float> destination, int t)
    {
        for (var r = 0; r < Together; r++)
        {
            var sum = Vector<float>.Zero;
            for (var j = 0; j < coefficients.Length / Together; j++)
            {
                var f = new Vector<float>(coefficients[(j * Together) + r]);
                sum = Vector.MultiplyAddEstimate(f, new Vector<float>(rows[((j * width) + t)..]), sum);
            }

            sum.CopyTo(destination[((r * width) + t)..]);
        }
    }

    private static void Store(Span<float> destination, Vector<float> first, Vector<float> second)
    {
        first.CopyTo(destination);
        second.CopyTo(destination[Vector<float>.Count..]);
    }

    /// <summary>Computes the products of two rows with four.</summary>
    private static void Tile(ReadOnlySpan<float> rows, int width, int first, int second, int j, Span<double> gram, int k)
    {
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
        ref var x = ref MemoryMarshal.GetReference(rows.Slice(first * width, width));
        ref var y = ref MemoryMarshal.GetReference(rows.Slice(second * width, width));
        ref var z = ref MemoryMarshal.GetReference(rows.Slice(j * width, 4 * width));
        for (var t = 0; t < width; t += Vector<float>.Count)
        {
            var (left, right) = (Vector.LoadUnsafe(ref x, (nuint)t), Vector.LoadUnsafe(ref y, (nuint)t));
            var other = Vector.LoadUnsafe(ref z, (nuint)t);
            (a0, b0) = (Vector.MultiplyAddEstimate(left, other, a0), Vector.MultiplyAddEstimate(right, other, b0));
            other = Vector.LoadUnsafe(ref z, (nuint)(width + t));
            (a1, b1) = (Vector.MultiplyAddEstimate(left, other, a1), Vector.MultiplyAddEstimate(right, other, b1));
            other = Vector.LoadUnsafe(ref z, (nuint)((2 * width) + t));
            (a2, b2) = (Vector.MultiplyAddEstimate(left, other, a2), Vector.MultiplyAddEstimate(right, other, b2));
            other = Vector.LoadUnsafe(ref z, (nuint)((3 * width) + t));
            (a3, b3) = (Vector.MultiplyAddEstimate(left, other, a3), Vector.MultiplyAddEstimate(right, other, b3));
        }

        Write(gram[((first * k) + j)..], a0, a1, a2, a3);
        Write(gram[((second * k) + j)..], b0, b1, b2, b3);
    }

    private static void Write(Span<double> row, Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth)
    {
        row[0] = Vector.Sum(first);
        row[1] = Vector.Sum(second);
        row[2] = Vector.Sum(third);
        row[3] = Vector.Sum(fourth);
    }
}
