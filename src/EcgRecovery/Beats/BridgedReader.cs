namespace EcgRecovery.Beats;

/// <summary>Reads a lead sample by sample, with missing samples on the straight line between their observed neighbours.</summary>
/// <remarks>The lead is passed to every call, so that it may be a span of memory.</remarks>
internal sealed class BridgedReader
{
    private long _position;
    private long _nextObserved = -1;
    private float _nextValue;
    private long _lastObserved = -1;
    private float _lastValue;

    /// <summary>Number of missing samples among those that were read.</summary>
    public long MissingSoFar { get; private set; }

    /// <summary>Returns the next sample; before the first and after the last observed one, the nearest; 0 where there is none.</summary>
    public double Next<TValues>(TValues values)
        where TValues : ILeadValues, allows ref struct
    {
        if (_position > _nextObserved)
            FindObserved(values, _position);
        var t = _position++;
        if (t == _nextObserved && t < values.Count)
        {
            _lastObserved = t;
            return _lastValue = _nextValue;
        }

        if (t < values.Count)
            MissingSoFar++;
        if (_nextObserved >= values.Count)
            return _lastValue;
        if (_lastObserved < 0)
            return _nextValue;
        var share = (double)(t - _lastObserved) / (_nextObserved - _lastObserved);
        return _lastValue + (share * ((double)_nextValue - _lastValue));
    }

    // Each sample is read once, those of a gap when it is reached: a window over a long lead only moves forward.
    private void FindObserved<TValues>(TValues values, long from)
        where TValues : ILeadValues, allows ref struct
    {
        for (_nextObserved = from; _nextObserved < values.Count; _nextObserved++)
        {
            _nextValue = values[_nextObserved];
            if (float.IsFinite(_nextValue))
                return;
        }
    }
}
