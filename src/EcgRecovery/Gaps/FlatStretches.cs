using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Stretches that stay within one value and its neighbour for long.</summary>
/// <param name="least">The least length, in samples.</param>
/// <param name="dither">How far apart the largest and the least value may lie: 1 ADC unit, the flicker of a converter between two values.</param>
internal sealed class FlatStretches(long least, double dither)
{
    private readonly List<MissingSpan> _found = [];
    private long _start = -1;
    private long _runStart;
    private double _low;
    private double _high;
    private double _last;

    /// <summary>The stretches so far, in order; none overlap.</summary>
    public IReadOnlyList<MissingSpan> Found => _found;

    public void Next(long t, double value)
    {
        if (_start < 0)
        {
            _start = _runStart = t;
            _low = _high = _last = value;
            return;
        }

        if (value == _last)
            return;
        if (Math.Max(_high, value) - Math.Min(_low, value) <= dither)
        {
            _low = Math.Min(_low, value);
            _high = Math.Max(_high, value);
        }
        else
        {
            Close(t);
            // The last run of one value may belong to the next stretch as well.
            var isNear = Math.Abs(value - _last) <= dither;
            _start = isNear ? _runStart : t;
            _low = isNear ? Math.Min(value, _last) : value;
            _high = isNear ? Math.Max(value, _last) : value;
        }

        _runStart = t;
        _last = value;
    }

    /// <summary>No sample at <paramref name="t"/>.</summary>
    public void Break(long t)
    {
        if (_start >= 0)
            Close(t);
        _start = -1;
    }

    private void Close(long end)
    {
        if (end - _start < least)
            return;
        if (_found is [.., var last] && last.EndSample >= _start)
            _found[^1] = last with { EndSample = end };
        else
            _found.Add(new MissingSpan(_start, end, MissingCause.FlatLine));
    }
}
