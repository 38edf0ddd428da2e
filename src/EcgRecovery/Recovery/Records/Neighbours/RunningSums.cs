using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Sums and sums of squares over any span of a signal at the search's rate, from the sums of all samples before each.</summary>
internal sealed class RunningSums
{
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly int[] _observed;

    /// <summary>Adds up a signal; missing samples count 0.</summary>
    public RunningSums(SearchSignal signal)
    {
        var length = signal.Length;
        (_sums, _squares, _observed) = (new double[length + 1], new double[length + 1], new int[length + 1]);
        for (var t = 0; t < length; t++)
        {
            _sums[t + 1] = _sums[t] + signal.Samples[t];
            _squares[t + 1] = _squares[t] + signal.Squares[t];
            _observed[t + 1] = _observed[t] + (signal.IsMissing[t] ? 0 : 1);
        }
    }

    /// <summary>Returns the variance of the observed samples of a span within the signal; 0 without any.</summary>
    public double Variance(SampleSpan span)
    {
        var (start, end) = ((int)span.Start, (int)span.End);
        var count = _observed[end] - _observed[start];
        if (count == 0)
            return 0;
        var mean = (_sums[end] - _sums[start]) / count;
        return Math.Max(0, ((_squares[end] - _squares[start]) / count) - (mean * mean));
    }

    /// <summary>Computes the sums over all spans of one length that lie within the signal.</summary>
    /// <param name="starts">The spans' first samples.</param>
    /// <param name="length">Their length.</param>
    /// <param name="sums">Receives the sums, by first sample.</param>
    /// <param name="squares">Receives the sums of squares, by first sample.</param>
    public void Of(SampleSpan starts, int length, float[] sums, float[] squares)
    {
        var end = Math.Min((int)starts.End, _sums.Length - length);
        for (var p = (int)starts.Start; p < end; p++)
        {
            sums[p] = (float)(_sums[p + length] - _sums[p]);
            squares[p] = (float)(_squares[p + length] - _squares[p]);
        }
    }
}
