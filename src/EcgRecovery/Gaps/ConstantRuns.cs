using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>A run of samples of one value, half-open.</summary>
internal readonly record struct ConstantRun(SampleSpan Span, double Value);

/// <summary>The runs of one value of a lead that are too long to be chance, and whether chance alone makes such runs here.</summary>
/// <remarks>
/// Noise ends every run of a fine converter soon; a coarse one, with steps above the noise, holds a value for as long as the signal is quiet: eight bits
/// over 20 mV show nothing between two beats. <see cref="IsCoarse"/> says which a lead is.
/// </remarks>
internal sealed class ConstantRuns
{
    /// <summary>Fewer samples than this are no saturation, however slow the converter.</summary>
    public const int MinimumSaturated = 4;

    /// <summary>Fewer samples than this are no lost packet, however slow the converter.</summary>
    public const int MinimumPacket = 10;

    // Noise of a few microvolts flickers over steps of this size, not over larger ones.
    private const double LargestFineStepMicroVolts = 20;

    // A signal that spans fewer steps than this has no noise that could flicker over them.
    private const int MinimumSteps = 32;

    // Runs between half a packet and a packet are nobody's loss. A fine lead has some 0.01 of them a second, one with steps above its noise 1 or more.
    private const double CoarseRunsPerSecond = 0.1;
    private const int MinimumCounted = 6;

    // So many runs, 24 MiB, are no losses any more.
    private const int MaximumRuns = 1 << 20;

    private readonly List<ConstantRun> _runs = [];
    private readonly double _samplingFrequencyHz;
    private readonly double? _microVoltsPerUnit;
    private readonly double _low;
    private readonly double _high;
    private readonly long _minimumSaturated;
    private readonly long _minimumPacket;
    private readonly long _minimumKept;
    private long _start = -1;
    private double _value;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _naturalRuns;
    private long _observedSamples;

    /// <param name="lead">Names the ends of the converter's range, where they are known.</param>
    /// <param name="minimumSaturated">The least length, in samples, at an end of the range.</param>
    /// <param name="minimumPacket">The least length, in samples, of a packet.</param>
    /// <param name="minimumFlat">The least length, in samples, of a flat line.</param>
    public ConstantRuns(EcgLead lead, long minimumSaturated, long minimumPacket, long minimumFlat)
    {
        _samplingFrequencyHz = lead.SamplingFrequencyHz;
        _microVoltsPerUnit = lead.MicroVoltsPerUnit;
        _low = lead is { AdcUnits: not null, AdcMinimum: { } low } ? low : double.NegativeInfinity;
        _high = lead is { AdcUnits: not null, AdcMaximum: { } high } ? high : double.PositiveInfinity;
        _minimumSaturated = minimumSaturated;
        _minimumPacket = minimumPacket;
        _minimumKept = Math.Min(minimumPacket, minimumFlat);
    }

    /// <summary>The runs of a packet's length or more, in order.</summary>
    public IEnumerable<ConstantRun> OfPackets => _runs.Where(run => run.Span.Length >= _minimumPacket);

    /// <summary>The least by which neighbouring samples differ so far: the converter's own step, as text may give every value in whole microvolts.</summary>
    public double SmallestStep { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the converter's steps lie above the noise, so that a run of one value says little.</summary>
    public bool IsCoarse => SmallestStep * _microVoltsPerUnit > LargestFineStepMicroVolts
        || _maximum - _minimum < MinimumSteps * SmallestStep
        || _runs.Count >= MaximumRuns
        || _naturalRuns > CoarseRunsPerSecond * _observedSamples / _samplingFrequencyHz;

    public void Next(long t, double value)
    {
        if (_start >= 0 && value == _value)
            return;
        if (_start >= 0)
            SmallestStep = Math.Min(SmallestStep, Math.Abs(value - _value));
        Break(t);
        _start = t;
        _value = value;
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
    }

    /// <summary>No sample at <paramref name="t"/>, or another value.</summary>
    public void Break(long t)
    {
        if (_start >= 0)
            End(new ConstantRun(new SampleSpan(_start, t), _value));
        _start = -1;
    }

    /// <summary>The runs at an end of the range.</summary>
    /// <remarks>
    /// The range's ends are the converter's. A lead that holds its own largest or least value at least twice is taken to have met an end as well: that
    /// of an amplifier, or one that the file does not name; of a coarse lead this would say nothing.
    /// </remarks>
    public IReadOnlyList<MissingSpan> Saturations()
    {
        var bottom = !IsCoarse && IsHeldTwice(_minimum) ? _minimum : double.NegativeInfinity;
        var top = !IsCoarse && IsHeldTwice(_maximum) ? _maximum : double.PositiveInfinity;
        return Spans(run => run.Span.Length >= _minimumSaturated && (run.Value <= Math.Max(bottom, _low) || run.Value >= Math.Min(top, _high)), MissingCause.Saturation);
    }

    /// <summary>The runs of at least so many samples.</summary>
    public IReadOnlyList<MissingSpan> FlatLines(long minimum) => Spans(run => run.Span.Length >= minimum, MissingCause.FlatLine);

    private IReadOnlyList<MissingSpan> Spans(Func<ConstantRun, bool> isMeant, MissingCause cause) =>
        [.. _runs.Where(isMeant).Select(run => new MissingSpan(run.Span, cause))];

    private bool IsHeldTwice(double extreme) =>
        _minimum < _maximum && _runs.Where(run => run.Value == extreme && run.Span.Length >= _minimumSaturated).Take(2).Count() == 2;

    private void End(ConstantRun run)
    {
        _observedSamples += run.Span.Length;
        if (run.Span.Length < MinimumSaturated)
            return;
        var isAtAnEnd = run.Value <= _low || run.Value >= _high || run.Value == _minimum || run.Value == _maximum;
        if (!isAtAnEnd && run.Span.Length < _minimumPacket && run.Span.Length >= Math.Max(MinimumCounted, _minimumPacket / 2))
            _naturalRuns++;
        if (_runs.Count < MaximumRuns && (run.Span.Length >= _minimumKept || (isAtAnEnd && run.Span.Length >= _minimumSaturated)))
            _runs.Add(run);
    }
}
