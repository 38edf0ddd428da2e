using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Recovery.Records;

/// <summary>A lead's test by itself: what its hidden gaps tell about its real ones.</summary>
internal sealed class LeadSelfTest
{
    private const string NoBetterThanLine = "no better than a straight line on this lead";
    private const string TooWide = "interval wider than the signal is high";

    // A line that errs by no more than this share of the signal's height fills the gap: one of a few samples, between two beats.
    private const double MaximumLineShare = 0.05;

    private readonly Dictionary<(GapLength Length, string Method), GapCalibration> _calibrations;
    private readonly RecordRecoveryMethod _method;
    private readonly RecoveryOptions _options;
    private readonly long _sampleCount;
    private readonly double _samplingFrequencyHz;

    private LeadSelfTest(
        IEnumerable<HiddenGapScore> scores, RecordRecoveryMethod method, RecoveryOptions options, LeadSource source)
    {
        _calibrations = scores.GroupBy(score => (score.Length, score.Method))
            .ToDictionary(group => group.Key, group => new GapCalibration([.. group]));
        (_method, _options) = (method, options);
        (_sampleCount, _samplingFrequencyHz) = (source.Samples.Count, source.SamplingFrequencyHz);
    }

    /// <summary>The calibrations, shortest gaps first.</summary>
    public IEnumerable<GapCalibration> Calibrations =>
        _calibrations.OrderBy(pair => pair.Key.Length.Number).ThenBy(pair => pair.Key.Method, StringComparer.Ordinal)
            .Select(pair => pair.Value);

    /// <summary>Recovers hidden gaps and compares them with the truth.</summary>
    /// <param name="source">The lead and those beside it.</param>
    /// <param name="hidden">The hidden gaps.</param>
    /// <param name="method">The method.</param>
    /// <param name="options">The window, the threads and the level.</param>
    /// <param name="done">Receives the number of hidden samples that are done, some at a time; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static LeadSelfTest Run(
        LeadSource source,
        HiddenGaps hidden,
        RecordRecoveryMethod method,
        RecoveryOptions options,
        Action<long>? done,
        CancellationToken cancellationToken)
    {
        var scores = new List<HiddenGapScore>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        foreach (var round in hidden.Rounds)
        {
            LeadRecovery.Run(
                HiddenGaps.Hide(source, round),
                [.. round.Select(gap => gap.Span)],
                method,
                options,
                some =>
                {
                    FilledGap[] tried = [.. some.Where(gap => gap.Outcome.IsFilled && gap.Doubt is null)];
                    var results = new HiddenGapScore[tried.Length];
                    Parallel.For(0, tried.Length, parallel, i => results[i] = HiddenGapScore.Of(source, tried[i]));
                    scores.AddRange(results);
                    done?.Invoke(some.Sum(gap => gap.Span.Length));
                },
                cancellationToken);
        }

        return new LeadSelfTest(scores, method, options, source);
    }

    /// <summary>
    /// Gives a filled gap its intervals, or leaves it missing where the hidden gaps or its surroundings speak against it.
    /// </summary>
    public FilledGap Judge(FilledGap gap)
    {
        if (!gap.Outcome.IsFilled)
            return gap;
        // Its length was allowed because a lead survives, but the method did not use it.
        var reason = _options.ReasonToLeave(gap.Span, _sampleCount, _samplingFrequencyHz, gap.Outcome.UsesOtherLeads);
        if (reason.Length > 0)
            return gap.Leave(reason);
        return _options.SelfTestGaps == 0 ? WithIntervals(gap, gap.Outcome.Intervals ?? []) : JudgeByHiddenGaps(gap);
    }

    private FilledGap JudgeByHiddenGaps(FilledGap gap)
    {
        var calibration = _calibrations.GetValueOrDefault((GapLength.Of(gap.Span, _samplingFrequencyHz), gap.Outcome.Method!));
        var tested = calibration is null ? WithIntervals(gap, gap.Outcome.Intervals ?? []) : WithIntervals(gap, calibration);
        var within = calibration?.PeaksWithinSeconds;
        var peaks = gap.PeaksAround.Where(gap.Span.Contains);
        tested = tested with { RPeaks = [.. peaks.Select(peak => new RecoveredRPeak(peak, within))] };
        if (gap.Doubt is not null)
            return tested.Leave(gap.Doubt);
        if (calibration is null || !_method.MustBeatLine)
            return tested;
        if (calibration.Rmse >= calibration.LineRmse)
            return calibration.LineRmse <= MaximumLineShare * gap.Height ? Line(gap, calibration) : tested.Leave(NoBetterThanLine);
        return tested.Interval is { } interval && interval.Width > gap.Height ? tested.Leave(TooWide) : tested;
    }

    /// <summary>Fills a gap with the straight line, which is as good as the method and good enough.</summary>
    private FilledGap Line(FilledGap gap, GapCalibration calibration) => WithIntervals(
        gap with
        {
            Samples = gap.Line,
            Outcome = new GapOutcome(HiddenGapScore.LinearMethodName, NoBetterThanLine) { UsesOtherLeads = gap.Outcome.UsesOtherLeads },
        },
        calibration.Line);

    private FilledGap WithIntervals(FilledGap gap, GapCalibration calibration)
    {
        var scale = gap.Outcome.ErrorScale ?? Enumerable.Repeat(1f, gap.Samples.Length).ToArray();
        var places = BeatPlaces.Of(gap.Span.Start, gap.Samples.Length, gap.PeaksAround, _samplingFrequencyHz);
        var intervals = new List<GapInterval>();
        foreach (var level in RecoveryOptions.IntervalLevels)
        {
            if (calibration.HalfWidths(level, scale, places) is { } widths)
            {
                intervals.Add(new GapInterval(
                    level,
                    [.. gap.Samples.Select((value, t) => value - widths[t])],
                    [.. gap.Samples.Select((value, t) => value + widths[t])]));
            }
            else if (gap.Outcome.Intervals?.FirstOrDefault(interval => interval.Level == level) is { } own)
            {
                intervals.Add(own);
            }
        }

        return WithIntervals(gap, intervals);
    }

    private FilledGap WithIntervals(FilledGap gap, IReadOnlyList<GapInterval> intervals) =>
        gap with { Intervals = intervals, Interval = intervals.FirstOrDefault(interval => interval.Level == _options.IntervalLevel) };
}
