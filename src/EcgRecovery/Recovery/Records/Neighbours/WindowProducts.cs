using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Inner products of the windows around every place with up to four filters of any lengths. Buffers are reused.</summary>
internal sealed class WindowProducts
{
    private float[] _padded = [];

    /// <summary>[4][N + padding]; index p: the product with the window that begins one context before sample p.</summary>
    public float[][] Products { get; } = [[], [], [], []];

    /// <summary>Computes the products at the samples of a span. Outside the signal there are zeros.</summary>
    /// <param name="x">[N].</param>
    /// <param name="span">The samples.</param>
    /// <param name="context">Samples of a window before its place.</param>
    /// <param name="filters">Up to four filters.</param>
    public void Run(ReadOnlySpan<float> x, SampleSpan span, int context, ReadOnlySpan<float[]> filters)
    {
        var longest = 0;
        foreach (var filter in filters)
            longest = Math.Max(longest, filter.Length);
        var (count, start) = ((int)span.Length, (int)span.Start);
        Grow(x.Length + Correlation.Padding, count + longest + Correlation.Padding);
        // Sample start − context of x comes to index 0.
        var padded = _padded.AsSpan(0, count + longest + Correlation.Padding);
        padded.Clear();
        var from = Math.Max(0, start - context);
        var to = Math.Min(x.Length, start - context + count + longest);
        x[from..to].CopyTo(padded[(from - start + context)..]);

        // A shorter filter ends in zeros, which change no sum.
        var taps = new float[longest * Correlation.Filters];
        for (var i = 0; i < filters.Length; i++)
        {
            for (var j = 0; j < filters[i].Length; j++)
                taps[(j * Correlation.Filters) + i] = filters[i][j];
        }

        Correlation.Run(padded, taps, count, Array.ConvertAll(Products, products => products.AsMemory(start)));
    }

    private void Grow(int length, int padded)
    {
        if (_padded.Length < padded)
            _padded = new float[padded];
        for (var i = 0; i < Products.Length; i++)
        {
            if (Products[i].Length < length)
                Products[i] = new float[length];
        }
    }
}
