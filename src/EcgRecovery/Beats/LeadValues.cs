using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>A lead as the passes of <see cref="RPeakDetector"/> read it: forward, with short steps back. NaN or infinite = missing.</summary>
internal interface ILeadValues
{
    /// <summary>How many samples.</summary>
    long Count { get; }

    /// <summary>The value of a sample of 0…<see cref="Count"/> − 1.</summary>
    float this[long sample] { get; }
}

/// <summary>A lead that lies in memory.</summary>
internal readonly ref struct SpanValues(ReadOnlySpan<float> values) : ILeadValues
{
    private readonly ReadOnlySpan<float> _values = values;

    public long Count => _values.Length;

    public float this[long sample] => _values[(int)sample];
}

/// <summary>A lead of any length, of which one window is in memory.</summary>
internal readonly struct WindowedValues(LeadWindow window) : ILeadValues
{
    public long Count => window.Count;

    public float this[long sample] => window.Value(sample);
}

/// <summary>The window of <see cref="WindowedValues"/>; it moves to where it is asked for.</summary>
/// <remarks>Values are in mV, so that they have the same bits as <see cref="EcgLead.ToMilliVolts"/>; those of other units are in their unit.</remarks>
/// <param name="lead">The lead.</param>
/// <param name="length">Samples to hold.</param>
/// <param name="cancellationToken">Looked at with every move.</param>
internal sealed class LeadWindow(EcgLead lead, int length, CancellationToken cancellationToken)
{
    private readonly float[] _values = new float[Math.Min(length, Math.Max(1, lead.SampleCount))];
    private readonly double[] _physical = lead.IsVoltage ? [] : new double[Math.Min(length, Math.Max(1, lead.SampleCount))];
    private long _start;
    private long _end;

    public long Count => lead.SampleCount;

    public float Value(long sample)
    {
        if (sample < _start || sample >= _end)
            Move(sample);
        return _values[sample - _start];
    }

    private void Move(long sample)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A step back from here is followed by more of them: a quarter of the window lies before the sample.
        _start = Math.Clamp(sample - (_values.Length / 4), 0, Math.Max(0, Count - _values.Length));
        _end = Math.Min(Count, _start + _values.Length);
        var values = _values.AsSpan(0, (int)(_end - _start));
        if (lead.IsVoltage)
        {
            lead.ReadMilliVolts(_start, values);
            return;
        }

        lead.ReadPhysicalValues(_start, _physical.AsSpan(0, values.Length));
        for (var t = 0; t < values.Length; t++)
            values[t] = (float)_physical[t];
    }
}
