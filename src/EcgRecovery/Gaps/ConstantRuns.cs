using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>A run of samples of one value.</summary>
internal readonly record struct ConstantRun(SampleSpan Span, double Value);

/// <summary>Finds the runs of one value in a lead that are too long to be chance, and whether the lead has such runs by chance.</summary>
/// <remarks>
/// Noise soon ends every run of a fine converter. A coarse one, with steps above the noise, holds a value for as long as the signal is
/// quiet: eight bits over 20 mV show nothing between two beats. <see cref="IsCoarse"/> distinguishes the two.
/// </remarks>
internal sealed class ConstantRuns
{
    /// <summary>The smallest number of samples of a saturation, at any sampling frequency.</summary>
    public const int MinimumSaturated = 4;

    /// <summary>The smallest number of samples of a lost packet, at any sampling frequency.</summary>
    public const int MinimumPacket = 10;

    // Noise of a few microvolts crosses steps of this size, but not larger ones.
    private const double LargestFineStepMicroVolts = 20;

    // The noise of a signal that spans fewer steps does not cross them.
    private const int MinimumSteps = 32;

    // Runs between half a packet and a packet are no losses. A fine lead has some 0.01 of them per second, one with steps above its noise 1
    // or more.
    private const double CoarseRunsPerSecond = 0.1;
    private const int MinimumCounted = 6;

    // Limits memory to 24 MiB; a lead with so many runs is coarse.
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

    /// <summary>Prepares the search.</summary>
    /// <param name="lead">The lead, whose converter's range may be known.</param>
    /// <param name="minimumSaturated">Samples of the shortest saturation.</param>
    /// <param name="minimumPacket">Samples of the shortest packet.</param>
    /// <param name="minimumFlat">Samples of the shortest flat line.</param>
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

    /// <summary>The runs at least as long as a packet, in order.</summary>
    public IEnumerable<ConstantRun> OfPackets => _runs.Where(run => run.Span.Length >= _minimumPacket);

    /// <summary>The smallest difference of neighbouring samples so far: the converter's step, whatever the unit in the file.</summary>
    public double SmallestStep { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the converter's steps are above the noise, so that runs of one value are common.</summary>
    public bool IsCoarse => SmallestStep * _microVoltsPerUnit > LargestFineStepMicroVolts
        || _maximum - _minimum < MinimumSteps * SmallestStep
        || _runs.Count >= MaximumRuns
        || _naturalRuns > CoarseRunsPerSecond * _observedSamples / _samplingFrequencyHz;

    /// <summary>Adds the next sample.</summary>
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

    /// <summary>Ends the run before <paramref name="t"/>, where a sample is missing or has another value.</summary>
    public void Break(long t)
    {
        if (_start >= 0)
            End(new ConstantRun(new SampleSpan(_start, t), _value));
        _start = -1;
    }

    /// <summary>Returns the runs at an end of the range.</summary>
    /// <remarks>
    /// The range is the converter's. A lead that holds its own largest or smallest value at least twice is taken to have reached an end as
    /// well: that of an amplifier, or one that the file does not give. In a coarse lead this would be no evidence.
    /// </remarks>
    public IReadOnlyList<MissingSpan> Saturations()
    {
        var bottom = !IsCoarse && IsHeldTwice(_minimum) ? _minimum : double.NegativeInfinity;
        var top = !IsCoarse && IsHeldTwice(_maximum) ? _maximum : double.PositiveInfinity;
        var (low, high) = (Math.Max(bottom, _low), Math.Min(top, _high));
        return Spans(run => run.Span.Length >= _minimumSaturated && (run.Value <= low || run.Value >= high), MissingCause.Saturation);
    }

    /// <summary>Returns the runs of at least <paramref name="minimum"/> samples.</summary>
    public IReadOnlyList<MissingSpan> FlatLines(long minimum) =>
        Spans(run => run.Span.Length >= minimum, MissingCause.FlatLine);

    private IReadOnlyList<MissingSpan> Spans(Func<ConstantRun, bool> predicate, MissingCause cause) =>
        [.. _runs.Where(predicate).Select(run => new MissingSpan(run.Span, cause))];

    private bool IsHeldTwice(double extreme) =>
        _minimum < _maximum && _runs.Where(run => run.Value == extreme && run.Span.Length >= _minimumSaturated).Take(2).Count() == 2;

    private void End(ConstantRun run)
    {
        _observedSamples += run.Span.Length;
        if (run.Span.Length < MinimumSaturated)
            return;
        var isAtAnEnd = run.Value <= _low || run.Value >= _high || run.Value == _minimum || run.Value == _maximum;
        var length = run.Span.Length;
        if (!isAtAnEnd && length < _minimumPacket && length >= Math.Max(MinimumCounted, _minimumPacket / 2))
            _naturalRuns++;
        if (_runs.Count < MaximumRuns && (length >= _minimumKept || (isAtAnEnd && length >= _minimumSaturated)))
            _runs.Add(run);
    }
}
