using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>The step from one row's time to the next.</summary>
internal enum CsvTimeStep
{
    /// <summary>To the next sample.</summary>
    Next,

    /// <summary>Over samples that are missing.</summary>
    Jump,

    /// <summary>To a time that is not later.</summary>
    Back,

    /// <summary>None of these: the frequency is another.</summary>
    Drift,
}

/// <summary>
/// Assigns the times of a column, in order, to samples of a frequency, and tracks the bounds of the period that they allow.
/// </summary>
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
    /// <param name="frequencyHz">The frequency.</param>
    /// <param name="jitterSamples">Samples by which a time may be off besides rounding.</param>
    /// <param name="longestStep">The longest step without a jump, in samples.</param>
    /// <param name="rounding">The rounding errors.</param>
    /// <param name="first">The first row's time.</param>
    public CsvTimeTrack(double frequencyHz, double jitterSamples, double longestStep, CsvTimeRounding rounding, CsvInstant first)
    {
        (_frequencyHz, _jitterSamples, _longestStep, _rounding) = (frequencyHz, jitterSamples, longestStep, rounding);
        _first = _anchor = _before = first;
        _anchorRounding = rounding.Of(first, 0);
    }

    /// <summary>The sample of the last row.</summary>
    public long Sample { get; private set; }

    /// <summary>Number of jumps that are no whole number of samples.</summary>
    public int JumpsOffGrid { get; private set; }

    /// <summary>Bounds of the period in seconds, if times are only rounded.</summary>
    public (double Minimum, double Maximum) Period { get; private set; } = (0, double.MaxValue);

    /// <summary>Bounds of the period in seconds, if times are off by up to <see cref="CsvFrequency.JitterSamples"/>.</summary>
    public (double Minimum, double Maximum) LoosePeriod { get; private set; } = (0, double.MaxValue);

    /// <summary>Adds the next row's time.</summary>
    public CsvTimeStep Add(CsvInstant instant)
    {
        var step = instant.Since(_before);
        var own = _rounding.Of(instant, instant.Since(_first));
        var slack = own + _anchorRounding;
        // If two rounding errors make a whole sample, the times of neighbours may be printed alike.
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

    /// <summary>Narrows the bounds by a time that does not fit, to find the frequency that it would fit.</summary>
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
