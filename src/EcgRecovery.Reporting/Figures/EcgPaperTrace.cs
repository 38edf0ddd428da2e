using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A point of a trace.</summary>
/// <param name="Seconds">Seconds since the row's start.</param>
/// <param name="Value">Value in the unit of the drawing.</param>
/// <param name="Origin">Measured, derived or recovered.</param>
/// <param name="IsAfterBreak">Whether samples are missing between the point before and this one, so that no line may join them.</param>
internal readonly record struct TracePoint(float Seconds, float Value, SampleOrigin Origin, bool IsAfterBreak);

/// <summary>A run of samples of one origin, in seconds since the row's start.</summary>
internal readonly record struct TraceSpan(double StartSeconds, double EndSeconds, SampleOrigin Origin);

/// <summary>One lead between two times, reduced to the resolution of the paper.</summary>
/// <remarks>
/// Where more than two samples fall on a column of 0.1 mm, a third of a pen's width, the column keeps the minimum and the maximum of each
/// origin, in their order: no peak is lost, and the paper bounds the number of points at any sampling frequency. Otherwise every sample is
/// a point.
/// </remarks>
internal sealed class EcgPaperTrace
{
    /// <summary>Width of a column.</summary>
    public const double ColumnMillimetres = 0.1;

    /// <summary>The points, in time order.</summary>
    public required IReadOnlyList<TracePoint> Points { get; init; }

    /// <summary>Missing, derived and recovered runs; runs of one origin less than a column apart are joined.</summary>
    public required IReadOnlyList<TraceSpan> Spans { get; init; }

    /// <summary>Minimum; NaN where there is no value.</summary>
    public float Minimum { get; private init; } = float.NaN;

    /// <summary>Maximum; NaN where there is no value.</summary>
    public float Maximum { get; private init; } = float.NaN;

    /// <summary>Median of the points; NaN where there is none.</summary>
    public float Median { get; private init; } = float.NaN;

    /// <summary>Reads a lead between two times.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="provenance">Spans of the lead.</param>
    /// <param name="startSeconds">Start, in seconds since the record's start.</param>
    /// <param name="endSeconds">End, in seconds since the record's start.</param>
    /// <param name="millimetresPerSecond">Speed of the paper.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static EcgPaperTrace Read(
        EcgLead lead,
        IEnumerable<ProvenanceSpan> provenance,
        double startSeconds,
        double endSeconds,
        double millimetresPerSecond,
        CancellationToken cancellationToken = default)
    {
        var (start, end) = (LeadWindows.SampleAt(lead, startSeconds), LeadWindows.SampleAt(lead, endSeconds));
        var samplesPerColumn = lead.SamplingFrequencyHz * ColumnMillimetres / millimetresPerSecond;
        var points = new ColumnPoints(samplesPerColumn);
        var spans = new SpanList(ColumnMillimetres / millimetresPerSecond);
        var origins = new OriginCursor(provenance);
        foreach (var (from, values) in LeadWindows.Read(lead, start, end, cancellationToken))
        {
            for (var t = 0; t < values.Length; t++)
            {
                var value = values.Span[t];
                var seconds = ((from + t) / lead.SamplingFrequencyHz) - startSeconds;
                var origin = float.IsFinite(value) ? origins.At(from + t) : SampleOrigin.Missing;
                if (origin == SampleOrigin.Missing)
                    points.Break(from + t - start);
                else
                    points.Add(from + t - start, (float)seconds, value, origin);
                if (origin != SampleOrigin.Measured)
                    spans.Add(seconds - (0.5 / lead.SamplingFrequencyHz), seconds + (0.5 / lead.SamplingFrequencyHz), origin);
            }
        }

        // After the end of a lead that is shorter than the record.
        var ended = Math.Max(0, (end / lead.SamplingFrequencyHz) - startSeconds);
        if (end == lead.SampleCount && endSeconds - startSeconds - ended > 1 / lead.SamplingFrequencyHz)
            spans.Add(ended, endSeconds - startSeconds, SampleOrigin.Missing);
        return Create(points.Finish(), spans.Finish(endSeconds - startSeconds));
    }

    private static EcgPaperTrace Create(List<TracePoint> points, IReadOnlyList<TraceSpan> spans)
    {
        if (points.Count == 0)
            return new EcgPaperTrace { Points = points, Spans = spans };
        var values = points.Select(point => point.Value).Order().ToArray();
        return new EcgPaperTrace
        {
            Points = points,
            Spans = spans,
            Minimum = values[0],
            Maximum = values[^1],
            Median = values[values.Length / 2],
        };
    }

    /// <summary>Points, reduced column by column where samples are dense.</summary>
    private sealed class ColumnPoints(double samplesPerColumn)
    {
        private readonly List<TracePoint> _points = [];
        private readonly List<Extremes> _column = [];
        private long _columnIndex = -1;
        private bool _breaksBefore;
        private bool _breaksInside;

        private bool IsDense => samplesPerColumn > 2;

        public void Add(long index, float seconds, float value, SampleOrigin origin)
        {
            var point = new TracePoint(seconds, value, origin, IsAfterBreak: false);
            if (!IsDense)
            {
                _points.Add(point with { IsAfterBreak = _breaksBefore });
                _breaksBefore = false;
                return;
            }

            GoTo(index);
            if (_column.FirstOrDefault(extremes => extremes.Minimum.Origin == origin) is { } known)
                known.Add(point);
            else
                _column.Add(new Extremes(point));
        }

        public void Break(long index)
        {
            if (IsDense)
                GoTo(index);
            if (_column.Count > 0)
                _breaksInside = true;
            else
                _breaksBefore = true;
        }

        public List<TracePoint> Finish()
        {
            EndColumn();
            return _points;
        }

        private void GoTo(long index)
        {
            // Half a sample later, so that the start of a column of a whole number of samples does not depend on rounding.
            var column = (long)((index + 0.5) / samplesPerColumn);
            if (column != _columnIndex)
                EndColumn();
            _columnIndex = column;
        }

        // In a column with missing samples it is not known on which side of them a point lies: its points become dots.
        private void EndColumn()
        {
            foreach (var extremes in _column)
            {
                foreach (var point in extremes.InOrder())
                {
                    _points.Add(point with { IsAfterBreak = _breaksBefore || _breaksInside });
                    _breaksBefore = false;
                }
            }

            _breaksBefore |= _breaksInside;
            _breaksInside = false;
            _column.Clear();
        }
    }

    private sealed class Extremes(TracePoint first)
    {
        public TracePoint Minimum { get; private set; } = first;

        public TracePoint Maximum { get; private set; } = first;

        public void Add(TracePoint point)
        {
            if (point.Value < Minimum.Value)
                Minimum = point;
            if (point.Value > Maximum.Value)
                Maximum = point;
        }

        public TracePoint[] InOrder() =>
            Minimum == Maximum ? [Minimum] : Minimum.Seconds <= Maximum.Seconds ? [Minimum, Maximum] : [Maximum, Minimum];
    }

    /// <summary>Spans, joined from samples for each origin.</summary>
    private sealed class SpanList(double columnSeconds)
    {
        private readonly List<TraceSpan> _spans = [];
        private readonly Dictionary<SampleOrigin, int> _last = [];

        public void Add(double start, double end, SampleOrigin origin)
        {
            if (_last.TryGetValue(origin, out var last) && start - _spans[last].EndSeconds < columnSeconds)
            {
                _spans[last] = _spans[last] with { EndSeconds = end };
                return;
            }

            _last[origin] = _spans.Count;
            _spans.Add(new TraceSpan(start, end, origin));
        }

        public IReadOnlyList<TraceSpan> Finish(double seconds) =>
        [
            .. _spans.Select(span => span with
            {
                StartSeconds = Math.Max(0, span.StartSeconds),
                EndSeconds = Math.Min(seconds, span.EndSeconds),
            }),
        ];
    }
}
