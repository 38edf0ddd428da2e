using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Goes through one lead, window by window, and hands every sample to those that look for something.</summary>
internal sealed class LeadScan
{
    // At a sample a minute a flat line of a second would be one sample; by chance signal stays within one step for 16.
    private const int LeastFlatSamples = 32;

    // A coarse converter is flat between two beats; so many times as long it is not without a reason.
    private const int CoarseFactor = 10;

    private readonly EcgLead _lead;
    private readonly GapFinderOptions _options;
    private readonly List<MissingSpan> _stated = [];
    private readonly FlatStretches? _flat;
    private readonly RepeatedPackets? _repeated;
    private double[] _values = [];
    private int[] _adcUnits = [];
    private long _position;
    private long _missingFrom = -1;
    private int _nextLeftOut;

    public LeadScan(EcgLead lead, GapFinderOptions options)
    {
        _lead = lead;
        _options = options;
        if (!lead.IsVoltage && !options.JudgeAnyUnit)
            return;
        var causes = options.Causes;
        if (causes.Contains(MissingCause.FlatLine))
            _flat = new FlatStretches(LeastFlat(1), dither: lead.AdcUnits is null ? 0 : 1);
        if (causes.Contains(MissingCause.PacketLoss))
        {
            _repeated = new RepeatedPackets(
                Samples(options.ShortestPacketSeconds, RepeatedPackets.LeastSamples), Samples(options.LongestPacketSeconds, RepeatedPackets.LeastSamples));
        }

        if (causes.Contains(MissingCause.PacketLoss) || causes.Contains(MissingCause.Saturation) || causes.Contains(MissingCause.FlatLine))
        {
            Constant = new ConstantRuns(
                lead,
                Samples(options.SaturationSeconds, ConstantRuns.LeastSaturated),
                Samples(options.ShortestPacketSeconds, ConstantRuns.LeastPacket),
                LeastFlat(1));
        }
    }

    public bool IsDone => _position >= _lead.SampleCount;

    public double SamplingFrequencyHz => _lead.SamplingFrequencyHz;

    /// <summary>The spans that the file says are missing; whole once all is read.</summary>
    public IReadOnlyList<MissingSpan> Stated => _stated;

    /// <summary>The runs of one value; null where nobody asked for them.</summary>
    public ConstantRuns? Constant { get; }

    /// <summary>Repetitions of whole packets.</summary>
    public IReadOnlyList<MissingSpan> Repeated => _repeated?.Found ?? [];

    /// <summary>The ADC value, or physical value where there are no ADC units, that stands for nothing: what a lost packet may be filled with.</summary>
    public bool IsFill(double value) => value == 0 || (_lead.AdcUnits is not null && (value == _lead.AdcBaseline || value == _lead.AdcMinimum || value == _lead.AdcMaximum));

    /// <summary>Reads the next window.</summary>
    /// <returns>How many samples that were.</returns>
    public int Advance(int windowLength)
    {
        var count = (int)Math.Min(windowLength, _lead.SampleCount - _position);
        if (count <= 0)
            return 0;
        var values = Read(count);
        for (var i = 0; i < count; i++)
            Take(_position + i, values[i]);
        _position += count;
        if (IsDone)
            Finish();
        return count;
    }

    /// <summary>All spans, once all is read.</summary>
    /// <param name="packets">The lost packets of this lead, in order.</param>
    public IReadOnlyList<MissingSpan> Spans(IReadOnlyList<MissingSpan> packets)
    {
        var layers = new SpanLayers();
        layers.Add(packets, 1);
        if (Constant is not null && _options.Causes.Contains(MissingCause.Saturation))
            layers.Add(Constant.Saturations(), Samples(_options.SaturationSeconds, ConstantRuns.LeastSaturated));
        if (Constant is { IsCoarse: true } && _flat is not null)
            layers.Add(Constant.FlatLines(LeastFlat(CoarseFactor)), LeastFlat(CoarseFactor));
        else if (_flat is not null)
            layers.Add(_flat.Found, LeastFlat(1));
        layers.Add([.. _stated.Where(span => _options.Causes.Contains(span.Cause))], 1);
        return layers.Spans;
    }

    private long LeastFlat(int factor) => Samples(factor * _options.FlatLineSeconds, LeastFlatSamples);

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

    // What the file's structure leaves out has its own cause; what is missing beside it carries the file's mark.
    private void EndMissing(long end)
    {
        if (_missingFrom < 0)
            return;
        var at = _missingFrom;
        _missingFrom = -1;
        for (; _nextLeftOut < _lead.LeftOut.Count && _lead.LeftOut[_nextLeftOut].StartSample < end; _nextLeftOut++)
        {
            var span = _lead.LeftOut[_nextLeftOut];
            var start = Math.Max(at, span.StartSample);
            if (start > at)
                _stated.Add(new MissingSpan(at, start, _lead.MissingMark));
            at = Math.Min(end, span.EndSample);
            _stated.Add(new MissingSpan(start, at, span.Cause));
        }

        if (at < end)
            _stated.Add(new MissingSpan(at, end, _lead.MissingMark));
    }

    private long Samples(double seconds, int least) =>
        (long)Math.Clamp(Math.Ceiling((seconds * _lead.SamplingFrequencyHz) - 1e-9), least, long.MaxValue / 4);
}
