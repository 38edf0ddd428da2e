using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Sliding inner products of one signal with four short filters at a time.</summary>
/// <remarks>
/// <code>yᵢ[p] = Σⱼ tapsᵢ[j]·x[p + j],  i = 0…3</code>
/// A tile of three vectors of positions and four filters stays in registers: three loads of x and four of taps serve twelve products. Each
/// sum is taken in the order of j, so a result does not depend on the other filters beside it.
/// </remarks>
internal static class Correlation
{
    /// <summary>Filters that are applied together.</summary>
    public const int Filters = 4;

    private const int TileVectors = 3;

    /// <summary>Samples that are read and written past the end: inputs and outputs must be longer by this much.</summary>
    public static int Padding => TileVectors * Vector<float>.Count;

    /// <summary>Computes the products for consecutive positions.</summary>
    /// <param name="x">The signal, from position 0 on; [count + taps − 1 + <see cref="Padding"/>].</param>
    /// <param name="taps">[taps][4]: the filters, interleaved.</param>
    /// <param name="count">Number of positions.</param>
    /// <param name="outputs">Four outputs, [count + <see cref="Padding"/>] each.</param>
    public static void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> taps, int count, ReadOnlySpan<Memory<float>> outputs)
    {
        Span<float> y0 = outputs[0].Span, y1 = outputs[1].Span, y2 = outputs[2].Span, y3 = outputs[3].Span;
        var width = Vector<float>.Count;
        // The tiles check no bounds.
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, count + (taps.Length / Filters) - 1 + Padding);
        var shortest = Math.Min(Math.Min(y0.Length, y1.Length), Math.Min(y2.Length, y3.Length));
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, count + Padding);
        for (var p = 0; p < count; p += Padding)
        {
            Vector<float> a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
            Vector<float> c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
            ref var source = ref MemoryMarshal.GetReference(x);
            ref var tap = ref MemoryMarshal.GetReference(taps);
            for (int j = 0, k = 0; k < taps.Length; j++, k += Filters)
            {
                var at = (nuint)(p + j);
                var x0 = Vector.LoadUnsafe(ref source, at);
                var x1 = Vector.LoadUnsafe(ref source, at + (nuint)width);
                var x2 = Vector.LoadUnsafe(ref source, at + (nuint)(2 * width));
                var q = new Vector<float>(Unsafe.Add(ref tap, k));
                a0 = Vector.MultiplyAddEstimate(q, x0, a0);
                a1 = Vector.MultiplyAddEstimate(q, x1, a1);
                a2 = Vector.MultiplyAddEstimate(q, x2, a2);
                q = new Vector<float>(Unsafe.Add(ref tap, k + 1));
                b0 = Vector.MultiplyAddEstimate(q, x0, b0);
                b1 = Vector.MultiplyAddEstimate(q, x1, b1);
                b2 = Vector.MultiplyAddEstimate(q, x2, b2);
                q = new Vector<float>(Unsafe.Add(ref tap, k + 2));
                c0 = Vector.MultiplyAddEstimate(q, x0, c0);
                c1 = Vector.MultiplyAddEstimate(q, x1, c1);
                c2 = Vector.MultiplyAddEstimate(q, x2, c2);
                q = new Vector<float>(Unsafe.Add(ref tap, k + 3));
                d0 = Vector.MultiplyAddEstimate(q, x0, d0);
                d1 = Vector.MultiplyAddEstimate(q, x1, d1);
                d2 = Vector.MultiplyAddEstimate(q, x2, d2);
            }

            Store(y0[p..], a0, a1, a2);
            Store(y1[p..], b0, b1, b2);
            Store(y2[p..], c0, c1, c2);
            Store(y3[p..], d0, d1, d2);
        }
    }

    private static void Store(Span<float> destination, Vector<float> first, Vector<float> second, Vector<float> third)
    {
        first.CopyTo(destination);
        second.CopyTo(destination[Vector<float>.Count..]);
        third.CopyTo(destination[(2 * Vector<float>.Count)..]);
    }
}
