using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Inner products of the contexts before, and after, every sample with those of up to four gaps.</summary>
internal sealed class ContextProducts
{
    private float[] _padded = [];

    private ContextProducts(float[][] left, float[][] right) => (Left, Right) = (left, right);

    /// <summary>[4][N + padding]; index p: the product with the context that ends before sample p.</summary>
    public float[][] Left { get; }

    /// <summary>[4][N + padding]; index p: the product with the context that begins at sample p.</summary>
    public float[][] Right { get; }

    /// <summary>Makes room for a signal.</summary>
    public static ContextProducts Make(int length)
    {
        return new ContextProducts(Room(), Room());
        float[][] Room() => [.. Enumerable.Range(0, Correlation.Filters).Select(_ => new float[length + Correlation.Padding])];
    }

    /// <summary>Computes the products at the samples of a span. Outside the signal there are zeros.</summary>
    /// <param name="x">[N].</param>
    /// <param name="span">The samples.</param>
    /// <param name="left">Up to four filters by distance before the sample, of one length.</param>
    /// <param name="right">As many, after the sample.</param>
    public void Run(ReadOnlySpan<float> x, SampleSpan span, ReadOnlySpan<float[]> left, ReadOnlySpan<float[]> right)
    {
        var (length, count, start) = (left[0].Length, (int)span.Length, (int)span.Start);
        var needed = count + (2 * length) + Correlation.Padding;
        if (_padded.Length < needed)
            _padded = new float[needed];
        // Sample start of x comes to index length.
        var padded = _padded.AsSpan(0, needed);
        padded.Clear();
        var from = Math.Max(0, start - length);
        var to = Math.Min(x.Length, start + count + length);
        x[from..to].CopyTo(padded[(from - start + length)..]);

        Span<float> taps = new float[length * Correlation.Filters];
        Interleave(left, taps, isReversed: true);
        Correlation.Run(padded, taps, count, Outputs(Left, start));
        Interleave(right, taps, isReversed: false);
        Correlation.Run(padded[length..], taps, count, Outputs(Right, start));
    }

    private static Memory<float>[] Outputs(float[][] arrays, int start) => Array.ConvertAll(arrays, array => array.AsMemory(start));

    private static void Interleave(ReadOnlySpan<float[]> filters, Span<float> taps, bool isReversed)
    {
        taps.Clear();
        for (var i = 0; i < filters.Length; i++)
        {
            var filter = filters[i];
            for (var j = 0; j < filter.Length; j++)
                taps[((isReversed ? filter.Length - 1 - j : j) * Correlation.Filters) + i] = filter[j];
        }
    }
}
