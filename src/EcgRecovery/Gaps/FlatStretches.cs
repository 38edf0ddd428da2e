using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Stretches that stay within one value and its neighbour for long.</summary>
/// <remarks>
/// A neighbour is the converter's next value, and the converter's step is known only when the whole lead has been seen: text may give every value in whole
/// microvolts. So all stretches of at most two values are kept that could still turn out to be neighbours; <see cref="Found"/> takes those that are.
/// </remarks>
/// <param name="minimum">The least length, in samples.</param>
/// <param name="constant">Knows the smallest step so far; is handed every sample first.</param>
internal sealed class FlatStretches(long minimum, ConstantRuns constant)
{
    // Text that rounds steps of 4.88 µV shows steps of 4 and of 5. Less than two steps, so that a third value is none.
    private const double MaximumSteps = 1.5;

    private readonly List<(SampleSpan Span, double Step)> _candidates = [];
    private long _start = -1;
    private long _runStart;
    private double _last;
    private double _other;

    /// <summary>The stretches, in order, once all is read; none overlap.</summary>
    public IReadOnlyList<MissingSpan> Found() =>
    [
        .. SampleSpan.Merge(_candidates.Where(candidate => IsNeighbour(candidate.Step)).Select(candidate => candidate.Span))
            .Select(span => new MissingSpan(span, MissingCause.FlatLine)),
    ];

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
            // The last run of one value belongs to the next stretch as well.
            _start = _runStart;
        }

        _runStart = t;
        _other = _last;
        _last = value;
    }

    /// <summary>No sample at <paramref name="t"/>.</summary>
    public void Break(long t)
    {
        if (_start >= 0)
        {
            Keep(new SampleSpan(_runStart, t), 0);
            Keep(new SampleSpan(_start, t), Math.Abs(_other - _last));
        }

        _start = -1;
    }

    // The smallest step only becomes smaller: what is no neighbour now will be none.
    private void Keep(SampleSpan span, double step)
    {
        if (span.Length >= minimum && IsNeighbour(step))
            _candidates.Add((span, step));
    }

    private bool IsNeighbour(double step) => step <= MaximumSteps * constant.SmallestStep;
}
