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

    // A lead of which an electrode is on changes at every QRS complex: at least 2.4 times a second in steps of 100 µV.
    private const double StillChangesPerSecond = 1;

    // One run at the lead's own end, in seconds: 0.012 by chance in a fine lead. In a coarse one a quiet signal may be its own largest
    // value for longer, but then it is near the lead's mean; and 0.17 s if it is not.
    private const double OnceSaturatedSeconds = 0.1;
    private const double OnceSaturatedCoarseSeconds = 0.2;
    private const double FarFromMean = 1.0 / 3;

    // By chance the longest run of a coarse lead with small steps is at most 4.2 times the typical one.
    private const double TimesTypicalRun = 6;

    // Limits memory to 24 MiB; a lead with so many runs is coarse.
    private const int MaximumRuns = 1 << 20;

    private readonly List<ConstantRun> _runs = [];
    private readonly TypicalRun _typical;
    private readonly double _samplingFrequencyHz;
    private readonly double? _microVoltsPerUnit;
    private readonly double _low;
    private readonly double _high;
    private readonly long _minimumSaturated;
    private readonly long _minimumPacket;
    private readonly long _minimumKept;
    private readonly long _minimumFlat;
    private long _start = -1;
    private double _value;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _end;
    private double _sum;
    private long _changes;
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
        _minimumFlat = minimumFlat;
        _typical = new TypicalRun(lead.SamplingFrequencyHz);
    }

    /// <summary>The runs at least as long as a packet, in order.</summary>
    public IEnumerable<ConstantRun> OfPackets => _runs.Where(run => run.Span.Length >= _minimumPacket);

    /// <summary>The run at the first sample of the lead, if it is as long as a packet.</summary>
    public ConstantRun? First => _runs is [{ Span.Start: 0 } first, ..] ? first : null;

    /// <summary>The last run that is as long as a packet.</summary>
    public ConstantRun? Last => _runs is [.., var last] ? last : null;

    /// <summary>The smallest difference of neighbouring samples so far: the converter's step, whatever the unit in the file.</summary>
    public double SmallestStep { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the converter's steps are above the noise, so that runs of one value are common.</summary>
    public bool IsCoarse => !HasSmallSteps
        || _maximum - _minimum < MinimumSteps * SmallestStep
        || _runs.Count >= MaximumRuns
        || _naturalRuns > CoarseRunsPerSecond * _observedSamples / _samplingFrequencyHz;

    /// <summary>Whether the steps are small enough for the noise of a recording to cross them, unless the signal was smoothed.</summary>
    public bool HasSmallSteps => !(SmallestStep * _microVoltsPerUnit > LargestFineStepMicroVolts);

    /// <summary>Whether the lead is coarse although its steps are small: it was smoothed, and holds a value while it changes slowly.
    /// </summary>
    public bool IsSmooth => IsCoarse && HasSmallSteps && _maximum - _minimum >= MinimumSteps * SmallestStep;

    /// <summary>Whether the lead has no signal at all: hardly any sample differs from the one before.</summary>
    public bool IsStill => _changes < StillChangesPerSecond * _observedSamples / _samplingFrequencyHz;

    /// <summary>Whether the whole lead is within one value and its neighbour: the converter's noise alone.</summary>
    public bool IsWithinOneStep => HasSmallSteps && _maximum - _minimum <= FlatRuns.MaximumSteps * SmallestStep;

    /// <summary>Adds the next sample.</summary>
    public void Next(long t, double value)
    {
        if (_start >= 0 && value == _value)
            return;
        if (_start >= 0)
        {
            SmallestStep = Math.Min(SmallestStep, Math.Abs(value - _value));
            _changes++;
        }

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
        {
            End(new ConstantRun(new SampleSpan(_start, t), _value));
            _end = t;
        }

        _start = -1;
    }

    /// <summary>Returns the runs at an end of the range.</summary>
    /// <remarks>
    /// The range is the converter's. A lead that holds its own largest or smallest value twice, or once for long, is taken to have reached
    /// an end as well: that of an amplifier, or one that the file does not give.
    /// </remarks>
    public IReadOnlyList<MissingSpan> Saturations()
    {
        var (bottom, top) = (ShortestAt(_minimum), ShortestAt(_maximum));
        return Spans(run => run.Span.Length >= Shortest(run), MissingCause.Saturation);

        long Shortest(ConstantRun run) =>
            run.Value <= _low || run.Value >= _high ? _minimumSaturated
            // A smoothed lead may begin or end with a quiet stretch.
            : IsCoarse && IsAtEdge(run) ? long.MaxValue
            : run.Value == _minimum ? bottom
            : run.Value == _maximum ? top
            : long.MaxValue;
    }

    /// <summary>Returns the runs that are flat lines in a lead that is coarse.</summary>
    /// <param name="minimum">Samples of the shortest flat line.</param>
    /// <param name="coarseMinimum">Samples of a run that is a flat line in any lead.</param>
    public IReadOnlyList<MissingSpan> FlatLines(long minimum, long coarseMinimum)
    {
        var shortest = IsStill ? minimum
            : IsSmooth ? Math.Clamp((long)(TimesTypicalRun * _typical.Samples), minimum, coarseMinimum)
            : coarseMinimum;
        return Spans(run => run.Span.Length >= shortest, MissingCause.FlatLine);
    }

    private IReadOnlyList<MissingSpan> Spans(Func<ConstantRun, bool> predicate, MissingCause cause) =>
        [.. _runs.Where(predicate).Select(run => new MissingSpan(run.Span, cause))];

    // Returns the samples of the shortest saturation at the lead's own smallest or largest value.
    private long ShortestAt(double extreme)
    {
        if (_minimum == _maximum)
            return long.MaxValue;
        if (IsCoarse)
        {
            var isFar = Math.Abs(extreme - (_sum / _observedSamples)) >= FarFromMean * (_maximum - _minimum);
            return IsSmooth && isFar ? Once(OnceSaturatedCoarseSeconds) : long.MaxValue;
        }

        var held = _runs.Where(run => run.Value == extreme && run.Span.Length >= _minimumSaturated).ToArray();
        // One run that is as long as a flat line is one, zeros in a lead that is positive for example; and at an edge the lead is dead.
        return held.Length > 1
            || held.Any(run => run.Span.Length >= Once(OnceSaturatedSeconds) && run.Span.Length < _minimumFlat && !IsAtEdge(run))
            ? _minimumSaturated
            : long.MaxValue;
    }

    private bool IsAtEdge(ConstantRun run) => run.Span.Start == 0 || run.Span.End == _end;

    private long Once(double seconds) =>
        Math.Max(Math.Max(_minimumSaturated, MinimumPacket), (long)Math.Ceiling((seconds * _samplingFrequencyHz) - 1e-9));

    private void End(ConstantRun run)
    {
        _observedSamples += run.Span.Length;
        _sum += run.Value * run.Span.Length;
        _typical.Next(run.Span);
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
