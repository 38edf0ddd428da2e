using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Inner products of the contexts before, and after, every sample with those of up to four gaps. Buffers are reused.</summary>
internal sealed class ContextProducts
{
    private float[] _padded = [];

    /// <summary>[4][N + padding]; index p: the product with the context that ends before sample p.</summary>
    public float[][] Left { get; } = [[], [], [], []];

    /// <summary>[4][N + padding]; index p: the product with the context that begins at sample p.</summary>
    public float[][] Right { get; } = [[], [], [], []];

    /// <summary>Computes the products at the samples of a span, as if there were zeros outside the signal; others are undefined.</summary>
    /// <param name="x">[N].</param>
    /// <param name="span">The samples.</param>
    /// <param name="left">Up to four filters by distance before the sample, of one length.</param>
    /// <param name="right">As many, after the sample.</param>
    public void Run(ReadOnlySpan<float> x, SampleSpan span, ReadOnlySpan<float[]> left, ReadOnlySpan<float[]> right)
    {
        Grow(x.Length + Correlation.Padding);
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

    private void Grow(int length)
    {
        if (Left[0].Length >= length)
            return;
        foreach (var arrays in new[] { Left, Right })
        {
            for (var i = 0; i < arrays.Length; i++)
                arrays[i] = new float[length];
        }
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
