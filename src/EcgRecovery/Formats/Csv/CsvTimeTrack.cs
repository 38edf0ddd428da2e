namespace EcgRecovery.Formats.Csv;

/// <summary>How far the printed times of one column may lie off for rounding.</summary>
/// <remarks>
/// Half a unit of the last decimal; where a program leaves trailing zeros out, its other times of the same size tell how many decimals it prints.
/// </remarks>
internal sealed class CsvTimeRounding
{
    // What sums of steps gather in a double.
    private const double MinimumSeconds = 1e-9;
    private const double MinimumRelative = 1e-12;

    private readonly int[] _decimals = new int[21];

    /// <summary>Learns from a time.</summary>
    public void Add(CsvInstant instant)
    {
        ref var decimals = ref _decimals[instant.WholeDigits];
        decimals = Math.Max(decimals, instant.Decimals);
    }

    /// <summary>Seconds that a time may lie off.</summary>
    /// <param name="instant">The time.</param>
    /// <param name="sinceStart">Seconds from the column's first time.</param>
    public double Of(CsvInstant instant, double sinceStart)
    {
        var decimals = Math.Max(_decimals[instant.WholeDigits], instant.Decimals);
        return (0.5 / CsvNumber.PowerOfTen(decimals)) + MinimumSeconds + (MinimumRelative * Math.Abs(sinceStart));
    }
}

/// <summary>What a row's time says.</summary>
internal enum CsvTimeStep
{
    /// <summary>It is the next sample.</summary>
    Next,

    /// <summary>Samples were left out before it.</summary>
    Jump,

    /// <summary>It is not later than the row before.</summary>
    Back,

    /// <summary>It is neither: the frequency is another.</summary>
    Drift,
}

/// <summary>Puts the times of a column, one after the other, on the grid of a frequency, and keeps the bounds of the period that they allow.</summary>
internal sealed class CsvTimeTrack
{
    private readonly double _frequencyHz;
    private readonly double _jitterSamples;
    private readonly double _longestStep;
    private readonly CsvTimeRounding _rounding;
    private readonly CsvInstant _first;
    private CsvInstant _anchor;
    private CsvInstant _before;
    private double _anchorRounding;
    private long _rows;

    /// <summary>Begins at sample 0.</summary>
    /// <param name="frequencyHz">The grid's.</param>
    /// <param name="jitterSamples">What a time may lie off beside rounding.</param>
    /// <param name="longestStep">The most samples that a step without a jump may span.</param>
    /// <param name="rounding">How far times may lie off for rounding.</param>
    /// <param name="first">The first row's time.</param>
    public CsvTimeTrack(double frequencyHz, double jitterSamples, double longestStep, CsvTimeRounding rounding, CsvInstant first)
    {
        (_frequencyHz, _jitterSamples, _longestStep, _rounding) = (frequencyHz, jitterSamples, longestStep, rounding);
        _first = _anchor = _before = first;
        _anchorRounding = rounding.Of(first, 0);
    }

    /// <summary>The sample of the row added last.</summary>
    public long Sample { get; private set; }

    /// <summary>Jumps whose end is no whole number of samples away.</summary>
    public int JumpsOffGrid { get; private set; }

    /// <summary>Seconds of a period, where times are rounded only.</summary>
    public (double Minimum, double Maximum) Period { get; private set; } = (0, double.MaxValue);

    /// <summary>Seconds of a period, where times lie <see cref="CsvFrequency.JitterSamples"/> off.</summary>
    public (double Minimum, double Maximum) LoosePeriod { get; private set; } = (0, double.MaxValue);

    /// <summary>Takes the next row's time.</summary>
    public CsvTimeStep Add(CsvInstant instant)
    {
        var step = instant.Since(_before);
        var own = _rounding.Of(instant, instant.Since(_first));
        var slack = own + _anchorRounding;
        // Where two roundings are a whole sample, neighbours may print alike.
        if (step < 0 || (step == 0 && slack * _frequencyHz <= 1.001))
            return CsvTimeStep.Back;
        _rounding.Add(instant);
        _before = instant;
        _rows++;
        var elapsed = instant.Since(_anchor);
        var off = (elapsed * _frequencyHz) - _rows;
        var allowed = (slack * _frequencyHz) + _jitterSamples;
        if ((step * _frequencyHz > _longestStep || off > allowed + 0.5) && Math.Round(off) >= 1)
            return Jump(instant, own, off, allowed);
        if (Math.Abs(off) > allowed)
            return CsvTimeStep.Drift;
        Period = Narrow(Period, elapsed, slack);
        LoosePeriod = Narrow(LoosePeriod, elapsed, slack + (2 * CsvFrequency.JitterSamples / _frequencyHz));
        Sample++;
        return CsvTimeStep.Next;
    }

    /// <summary>Lets a time that drifted narrow the bounds, too: they say then which frequency it would fit.</summary>
    public void Admit(CsvInstant instant)
    {
        var elapsed = instant.Since(_anchor);
        var slack = _rounding.Of(instant, instant.Since(_first)) + _anchorRounding;
        Period = Narrow(Period, elapsed, slack);
        LoosePeriod = Narrow(LoosePeriod, elapsed, slack + (2 * CsvFrequency.JitterSamples / _frequencyHz));
    }

    private CsvTimeStep Jump(CsvInstant instant, double own, double off, double allowed)
    {
        var missing = Math.Round(off);
        if (Math.Abs(off - missing) > allowed)
            JumpsOffGrid++;
        Sample += 1 + (long)Math.Min(missing, 1e15);
        _anchor = instant;
        _anchorRounding = own;
        _rows = 0;
        return CsvTimeStep.Jump;
    }

    private (double Minimum, double Maximum) Narrow((double Minimum, double Maximum) period, double elapsed, double slack) =>
        (Math.Max(period.Minimum, (elapsed - slack) / _rows), Math.Min(period.Maximum, (elapsed + slack) / _rows));
}
