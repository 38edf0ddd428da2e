using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Reads one lead, window by window, and passes every sample to the searches.</summary>
internal sealed class LeadScan
{
    // At one sample per minute a flat line of a second would be one sample; by chance, signal stays within one step for 16.
    private const int MinimumFlatSamples = 32;

    // A coarse converter is flat between two beats, but not for ten times the threshold.
    private const int CoarseFactor = 10;

    private readonly EcgLead _lead;
    private readonly GapFinderOptions _options;
    private readonly List<MissingSpan> _stated = [];
    private readonly FlatRuns? _flat;
    private readonly RepeatedPackets? _repeated;
    private double[] _values = [];
    private int[] _adcUnits = [];
    private long _position;
    private long _missingFrom = -1;
    private int _nextUnrecorded;

    public LeadScan(EcgLead lead, GapFinderOptions options)
    {
        _lead = lead;
        _options = options;
        if (!options.Judges(lead))
            return;
        var causes = options.Causes;
        if (causes.Contains(MissingCause.PacketLoss))
        {
            _repeated = new RepeatedPackets(
                Samples(options.ShortestPacketSeconds, RepeatedPackets.MinimumSamples),
                Samples(options.LongestPacketSeconds, RepeatedPackets.MinimumSamples));
        }

        if (causes.Contains(MissingCause.PacketLoss) || causes.Contains(MissingCause.Saturation) || causes.Contains(MissingCause.FlatLine))
        {
            Constant = new ConstantRuns(
                lead,
                Samples(options.SaturationSeconds, ConstantRuns.MinimumSaturated),
                Samples(options.ShortestPacketSeconds, ConstantRuns.MinimumPacket),
                MinimumFlat(1));
            if (causes.Contains(MissingCause.FlatLine))
                _flat = new FlatRuns(MinimumFlat(1), Constant);
        }
    }

    public bool IsDone => _position >= _lead.SampleCount;

    public double SamplingFrequencyHz => _lead.SamplingFrequencyHz;

    public long SampleCount => _lead.SampleCount;

    /// <summary>The spans that the file states as missing; complete after the last window.</summary>
    public IReadOnlyList<MissingSpan> Stated => _stated;

    /// <summary>The runs of one value; null if no option needs them.</summary>
    public ConstantRuns? Constant { get; }

    /// <summary>The repeated packets.</summary>
    public IReadOnlyList<MissingSpan> Repeated => _repeated?.Found ?? [];

    /// <summary>
    /// Returns whether a value, in ADC units if there are any, may fill a lost packet: 0, or the baseline or an end of the range.
    /// </summary>
    public bool IsFill(double value) =>
        value == 0
        || (_lead.AdcUnits is not null && (value == _lead.AdcBaseline || value == _lead.AdcMinimum || value == _lead.AdcMaximum));

    /// <summary>Position in seconds from the record's start.</summary>
    public double Seconds => _position / _lead.SamplingFrequencyHz;

    /// <summary>Reads the next window, and skips unrecorded spans, which may be years.</summary>
    /// <param name="windowLength">Samples to advance; more if an unrecorded span that begins among them is longer.</param>
    /// <returns>Samples advanced.</returns>
    public long Advance(int windowLength)
    {
        if (IsDone)
            return 0;
        var from = _position;
        var end = from + Math.Min(windowLength, _lead.SampleCount - from);
        while (_position < end)
        {
            if (NextUnrecorded() is { } span && span.Span.Start <= _position)
                Skip(span);
            else
                ReadTo(Math.Min(end, NextUnrecorded()?.Span.Start ?? end));
        }

        if (IsDone)
            Finish();
        return _position - from;
    }

    /// <summary>Returns all spans; called after the last window.</summary>
    /// <param name="packets">The lost packets of this lead, in order.</param>
    /// <param name="deadEnds">The dead start and end of this lead, in order.</param>
    public IReadOnlyList<MissingSpan> Spans(IReadOnlyList<MissingSpan> packets, IReadOnlyList<MissingSpan> deadEnds)
    {
        var layers = new SpanLayers();
        layers.Add(packets, 1);
        if (Constant is not null && _options.Causes.Contains(MissingCause.Saturation))
            layers.Add(Constant.Saturations(), Samples(_options.SaturationSeconds, ConstantRuns.MinimumSaturated));
        if (_flat is not null)
            layers.Add(deadEnds, Samples(_options.ShortestPacketSeconds, ConstantRuns.MinimumPacket));
        if (Constant is { IsCoarse: true, IsWithinOneStep: false } && _flat is not null)
            layers.Add(Constant.FlatLines(MinimumFlat(1), MinimumFlat(CoarseFactor)), MinimumFlat(1));
        else if (_flat is not null)
            layers.Add(_flat.Found(), MinimumFlat(1));
        layers.Add([.. _stated.Where(span => _options.Causes.Contains(span.Cause))], 1);
        return layers.Spans;
    }

    private long MinimumFlat(int factor) => Samples(factor * _options.FlatLineSeconds, MinimumFlatSamples);

    // Returns the first unrecorded span that ends behind the position.
    private MissingSpan? NextUnrecorded()
    {
        while (_nextUnrecorded < _lead.UnrecordedSpans.Count && _lead.UnrecordedSpans[_nextUnrecorded].Span.End <= _position)
            _nextUnrecorded++;
        return _nextUnrecorded < _lead.UnrecordedSpans.Count ? _lead.UnrecordedSpans[_nextUnrecorded] : null;
    }

    // An unrecorded span has a cause of its own and is missing whatever a read returns.
    private void Skip(MissingSpan span)
    {
        EndMissing(_position);
        Break(_position);
        var end = Math.Min(span.Span.End, _lead.SampleCount);
        _stated.Add(new MissingSpan(new SampleSpan(_position, end), span.Cause));
        _position = end;
    }

    private void ReadTo(long end)
    {
        var values = Read((int)(end - _position));
        for (var i = 0; i < values.Length; i++)
            Take(_position + i, values[i]);
        _position = end;
    }

    private ReadOnlySpan<double> Read(int count)
    {
        if (_values.Length < count)
            _values = new double[count];
        var values = _values.AsSpan(0, count);
        if (_lead.AdcUnits is null)
        {
            _lead.ReadPhysicalValues(_position, values);
            return values;
        }

        if (_adcUnits.Length < count)
            _adcUnits = new int[count];
        var adcUnits = _adcUnits.AsSpan(0, count);
        _lead.ReadAdcUnits(_position, adcUnits);
        for (var i = 0; i < count; i++)
            values[i] = adcUnits[i] == EcgLead.MissingAdcUnits ? double.NaN : adcUnits[i];
        return values;
    }

    private void Take(long t, double value)
    {
        if (double.IsNaN(value))
        {
            if (_missingFrom < 0)
            {
                Break(t);
                _missingFrom = t;
            }

            return;
        }

        EndMissing(t);
        Constant?.Next(t, value);
        _flat?.Next(t, value);
        _repeated?.Next(t, value);
    }

    private void Finish()
    {
        if (_missingFrom < 0)
            Break(_position);
        EndMissing(_position);
    }

    private void Break(long t)
    {
        Constant?.Break(t);
        _flat?.Break(t);
        _repeated?.Break(t);
    }

    private void EndMissing(long end)
    {
        if (_missingFrom >= 0)
            _stated.Add(new MissingSpan(new SampleSpan(_missingFrom, end), _lead.MissingMark));
        _missingFrom = -1;
    }

    private long Samples(double seconds, int minimum) =>
        (long)Math.Clamp(Math.Ceiling((seconds * _lead.SamplingFrequencyHz) - 1e-9), minimum, long.MaxValue / 4);
}
