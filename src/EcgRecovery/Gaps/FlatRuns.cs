using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Finds long runs of samples within one value and its neighbour.</summary>
/// <remarks>
/// A neighbour is the converter's next value. The converter's step is known only at the end of the lead, since text may give every value in
/// whole microvolts. So all runs of at most two values that may be neighbours are kept, and <see cref="Found"/> selects those that are.
/// </remarks>
/// <param name="minimum">Samples of the shortest run.</param>
/// <param name="constant">Tracks the smallest step so far; gets every sample first.</param>
internal sealed class FlatRuns(long minimum, ConstantRuns constant)
{
    /// <summary>
    /// Steps between neighbours: text that rounds 4.88 µV has steps of 4 and of 5. Less than two, so a third value is none.
    /// </summary>
    public const double MaximumSteps = 1.5;

    private readonly List<(SampleSpan Span, double Step)> _candidates = [];
    private long _start = -1;
    private long _runStart;
    private double _last;
    private double _other;

    /// <summary>Returns the runs, in order and without overlap; called after the last sample.</summary>
    public IReadOnlyList<MissingSpan> Found() =>
    [
        .. SampleSpan.Merge(_candidates.Where(candidate => IsNeighbour(candidate.Step)).Select(candidate => candidate.Span))
            .Select(span => new MissingSpan(span, MissingCause.FlatLine)),
    ];

    /// <summary>Adds the next sample.</summary>
    public void Next(long t, double value)
    {
        if (_start < 0)
        {
            _start = _runStart = t;
            _last = _other = value;
            return;
        }

        if (value == _last)
            return;
        Keep(new SampleSpan(_runStart, t), 0);
        if (value != _other && _other != _last)
        {
            Keep(new SampleSpan(_start, t), Math.Abs(_other - _last));
            // The last run of one value also belongs to the next run of two.
            _start = _runStart;
        }

        _runStart = t;
        _other = _last;
        _last = value;
    }

    /// <summary>Ends the runs before <paramref name="t"/>, where a sample is missing.</summary>
    public void Break(long t)
    {
        if (_start >= 0)
        {
            Keep(new SampleSpan(_runStart, t), 0);
            Keep(new SampleSpan(_start, t), Math.Abs(_other - _last));
        }

        _start = -1;
    }

    // The smallest step can only decrease, so values that are no neighbours now never will be.
    private void Keep(SampleSpan span, double step)
    {
        if (span.Length >= minimum && IsNeighbour(step))
            _candidates.Add((span, step));
    }

    private bool IsNeighbour(double step) => step <= MaximumSteps * constant.SmallestStep;
}
