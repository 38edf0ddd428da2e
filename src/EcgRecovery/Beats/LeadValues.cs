using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>The values of a lead for <see cref="RPeakDetector"/>, read forward, with short steps back. NaN or infinite = missing.</summary>
internal interface ILeadValues
{
    /// <summary>Number of samples.</summary>
    long Count { get; }

    /// <summary>Gets the value of a sample, 0…<see cref="Count"/> − 1.</summary>
    float this[long sample] { get; }
}

/// <summary>The values of a lead in memory.</summary>
internal readonly ref struct SpanValues(ReadOnlySpan<float> values) : ILeadValues
{
    private readonly ReadOnlySpan<float> _values = values;

    public long Count => _values.Length;

    public float this[long sample] => _values[(int)sample];
}

/// <summary>The values of a lead of any length, with one window in memory.</summary>
internal readonly struct WindowedValues(LeadWindow window) : ILeadValues
{
    public long Count => window.Count;

    public float this[long sample] => window.Value(sample);
}

/// <summary>The window of <see cref="WindowedValues"/>, which moves on demand.</summary>
/// <remarks>
/// Values are in mV, with the same bits as from <see cref="EcgLead.ToMilliVolts"/>; leads that are no voltages are in their unit.
/// </remarks>
/// <param name="lead">The lead.</param>
/// <param name="length">Samples in memory.</param>
/// <param name="cancellationToken">Checked with every move.</param>
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
        // More steps back may follow, so a quarter of the window is before the sample.
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
